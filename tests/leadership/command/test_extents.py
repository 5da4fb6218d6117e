"""Where a response is in force: widened, narrowed from a day on, and known for any past day."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.models import Unit
from wuli.leadership.command.actions import extents, following, groups, presence, responses
from wuli.leadership.command.models import Extent, KeyPerson
from wuli.leadership.command.queries import extents as queries
from wuli.leadership.command.queries import responses as found
from wuli.leadership.command.queries import timeline
from wuli.leadership.command.queries.responses import LED
from wuli.leadership.command.rules.extents import ground

from .conftest import DAY, HOUR, MORNING, TODAY, fresh

LATER = MORNING + 5 * DAY
THEN = TODAY + 5 * DAY


@pytest.fixture
def narrow(world, response):
    def do(unit="NORTH", from_date=THEN, *, by="顾岚", at=LATER, **more):
        return extents.narrow(
            response=response, root=world.unit(unit), from_date=from_date, by=world.user(by), at=at,
            **{"reason": "当地解除"} | more,
        )  # fmt: skip

    return do


@pytest.fixture
def widen(world, response):
    def do(unit, *, at=LATER + HOUR, by="顾岚", **more):
        return extents.widen(
            response=response, root=world.unit(unit), reason="又有病例", by=world.user(by), at=at, **more
        )  # fmt: skip

    return do


def in_force(response, on=THEN):
    return {one.code for one in found.units_led(fresh(response), on)}


ALL = {"G", "NORTH", "SOUTH", "WORKS-1", "WORKS-2", "WORKS-3"}
PATHS = st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map(lambda steps: "".join(f"000{one}" for one in steps))


@given(words=st.lists(st.tuples(PATHS, st.booleans()), max_size=9), path=PATHS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_last_word_on_a_place_or_one_above_it_holds(words, path):
    said = [inside for place, inside in words if path.startswith(place)]
    assert ground(words).covers(path) == (said[-1] if said else False)


def test_what_is_taken_out_is_not_in_force_and_was_before(response, world, narrow, widen):
    narrow("NORTH", reason="当地解除")
    assert in_force(response) == {"G", "SOUTH", "WORKS-3"}
    assert in_force(response, THEN - DAY) == ALL

    widen("WORKS-1")
    assert in_force(response) == {"G", "SOUTH", "WORKS-1", "WORKS-3"}
    assert found.active_at(world.unit("W2-T1"), THEN) == []
    assert found.active_at(world.unit("W2-T1"), THEN - DAY) == [response]
    narrow("NORTH", THEN + DAY, at=LATER + DAY)
    assert in_force(response, THEN + DAY) == {"G", "SOUTH", "WORKS-3"}
    assert in_force(response, THEN) == {"G", "SOUTH", "WORKS-1", "WORKS-3"}
    assert {one.code for one in Unit.objects.filter(queries.ground_of(fresh(response), THEN).units())} == {
        "G", "G-OFFICE", "SOUTH", "WORKS-3", "W3-T1", "WORKS-1", "W1-SHOP", "W1-T1", "W1-T2"}  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "days", "reason", "words"),
    [
        ("NORTH", 0, " ", "原因"), ("G", 0, "完", "请终止响应"), ("NORTH", -6, "完", "不早于"),
        ("NORTH", 32, "完", "最多在"),
        ("P", 0, "完", "不在"), ("NORTH", -5, "补录", None), ("WORKS-1", 31, "预告", None),
    ],
)  # fmt: skip
def test_what_may_be_taken_out_and_from_when(response, narrow, unit, days, reason, words):
    before = (Extent.objects.count(), Notice.objects.count(), Event.objects.count())
    if words is None:
        assert narrow(unit, THEN + days * DAY, reason=reason).inside is False
        return
    with pytest.raises(Refused, match=words):
        narrow(unit, THEN + days * DAY, reason=reason)
    assert (Extent.objects.count(), Notice.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize("who", ["诺敏", "石强", "林河"])
def test_only_the_unit_that_activated_it_narrows_it(response, narrow, who):
    with pytest.raises(Refused):
        narrow("NORTH", by=who)
    assert Extent.objects.count() == 1


def test_those_who_lead_what_leaves_are_told_and_nobody_else(response, narrow):
    Notice.objects.all().delete()
    narrow("NORTH", THEN + 2 * DAY)
    told = Notice.objects.get(person__name="诺敏")
    assert told.text == "新冠肺炎疫情防控自 2020-02-03 起不再在北方板块执行：当地解除"
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"诺敏", "周舟"}
    assert Event.objects.get(verb="response.narrowed").changes["told"] == [None, 2]


def test_nobody_is_expected_and_no_group_changes_where_it_is_no_longer_in_force(response, world, narrow, set_up, widen):
    group = set_up("NORTH", "诺敏", "才让", by="诺敏")
    presence.name(
        response=response, person=world.person("林河"), unit=world.unit("WORKS-1"), post="调度", by=world.user("顾岚"),
        at=MORNING + HOUR,
    )  # fmt: skip
    narrow("NORTH", THEN + DAY)
    assert KeyPerson.objects.expected().filter(person__name="诺敏").exists(), "not before its day"
    presence.follow_all(at=LATER + DAY)

    assert {one.person.name for one in KeyPerson.objects.expected()} == {"石强"}
    with pytest.raises(Refused, match="不在.*范围内"):
        groups.divide(group=group, name="物资组", duties="采购", by=world.user("诺敏"), at=LATER + DAY)
    widen("NORTH", at=LATER + 2 * DAY)
    assert {one.person.name for one in KeyPerson.objects.expected()} == {"石强", "诺敏", "才让", "周舟"}
    assert groups.divide(group=group, name="物资组", duties="采购", by=world.user("诺敏"), at=LATER + 2 * DAY)


def test_what_was_to_leave_is_kept_by_widening_and_those_told_are_told_again(response, narrow, widen):
    narrow("NORTH", THEN + 9 * DAY)
    Notice.objects.all().delete()
    widen("NORTH")
    assert in_force(response, THEN + 20 * DAY) == ALL
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"诺敏", "周舟"}


def test_the_same_unit_may_leave_and_come_back_and_is_told_each_time(response, narrow, widen):
    for n in range(2):
        narrow("SOUTH", THEN + n * DAY, at=LATER + n * DAY)
        widen("SOUTH", at=LATER + n * DAY + HOUR)
    assert Notice.objects.filter(person__name="石强").count() == 5
    assert in_force(response, THEN + DAY) == ALL


def test_widening_tells_only_those_who_were_not_in_it(activate, world):
    response = activate(roots=["WORKS-2"])
    extents.widen(response=response, root=world.unit("NORTH"), reason="扩大", by=world.user("顾岚"), at=MORNING + HOUR)
    assert Notice.objects.filter(person__name="周舟").count() == 1
    assert Notice.objects.filter(person__name="诺敏").count() == 1


def test_the_party_body_goes_with_its_unit(activate, world):
    response = activate(roots=["G", "P"])
    said = {"response": response, "root": world.unit("NORTH"), "by": world.user("顾岚"), "with_party": True}
    extents.narrow(**said, from_date=THEN, reason="解除", at=LATER)
    assert not queries.ground_of(fresh(response), THEN).covers(world.unit("P-W2").path)
    extents.widen(**said, reason="又有病例", at=LATER + HOUR)
    assert queries.ground_of(fresh(response), THEN).covers(world.unit("P-W2").path)


def test_the_log_says_what_left_and_what_came(response, narrow, widen):
    narrow("NORTH", THEN + DAY)
    widen("WORKS-1", at=LATER + 2 * DAY)
    said = [one.sentence for one in timeline.timeline(fresh(response), LATER + 3 * DAY)]
    assert said == ["范围扩大到一厂", "范围缩小：北方板块自 2020-02-02 起不再响应", "同舟集团启动一级响应"]


def test_a_past_day_is_answered_in_the_tree_of_that_day(response, world, narrow):
    units.move_unit(
        unit=world.unit("WORKS-2"), target=world.unit("SOUTH"), on=THEN - DAY, by=world.user("赵系"),
        at=LATER - DAY,
    )  # fmt: skip
    narrow("SOUTH")
    by = world.user("顾岚")

    def then(day):
        return {(one.unit.code, one.name) for one in queries.places_led(by, fresh(response), day, LED)}

    assert {code for code, _name in then(THEN)} == {"G", "NORTH", "WORKS-1"}
    assert ("WORKS-2", "二厂") in then(THEN - timedelta(days=2))
    assert {code for code, _name in then(THEN - timedelta(days=2))} == ALL


def test_a_unit_taken_out_does_not_come_back_through_a_merger(activate, world):
    response = activate(roots=["WORKS-2", "WORKS-3"])
    extents.narrow(
        response=response, root=world.unit("NORTH"), from_date=TODAY, reason="解除", by=world.user("顾岚"), at=MORNING
    )  # fmt: skip
    units.merge_unit(
        unit=world.unit("WORKS-2"), target=world.unit("WORKS-1"), on=TODAY, by=world.user("赵系"), at=MORNING
    )  # fmt: skip
    assert [following.follow_units(at=MORNING + n * HOUR) for n in (1, 2)] == [1, 0]
    assert in_force(response, TODAY) == {"WORKS-3"}


def test_whom_it_no_longer_reaches_may_still_read_it(response, world, narrow, signed_in, clock):
    narrow("NORTH")
    clock(LATER + HOUR)
    assert found.active_for(world.user("才让"), THEN) == []
    assert found.active_for(world.user("马力"), THEN) == [response]
    assert signed_in("才让").get(f"/command/{response.pk}/").status_code == 200
    assert "一级响应" not in signed_in("才让").get("/").content.decode()


def test_a_commander_narrows_on_a_page_and_asks_any_day(response, signed_in, clock, django_assert_num_queries):
    clock(LATER)
    client = signed_in("顾岚")
    turn = f"/command/{response.pk}/turn/narrow/"
    assert client.post(turn, {"root": "G", "from_date": THEN, "reason": "完"}).status_code == 422
    said = {"root": "NORTH", "from_date": THEN, "reason": "解除", "with_party": "on"}
    assert client.post(turn, said).status_code == 302
    page = client.get(f"/command/{response.pk}/").content.decode()
    assert "（不含北方板块）" in page
    now, before = (client.get(f"/command/{response.pk}/extent/", {"on": day}) for day in (THEN, THEN - DAY))
    assert ["在 3 个单位生效" in now.content.decode(), "在 6 个单位生效" in before.content.decode()] == [True, True]
    assert signed_in("才让").get(f"/command/{response.pk}/extent/").status_code == 404


def test_an_order_of_the_unit_that_serves_a_party_body_can_be_changed_by_it(activate, world):
    response = activate(issuer="P", roots=["P"])
    responses.change_level(
        response=response, level=2, measures="每周", reason="好转", by=world.user("顾岚"), at=MORNING + HOUR
    )  # fmt: skip
    assert fresh(response).level == 2
