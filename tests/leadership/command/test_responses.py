"""A response is put in force, raised, widened, noted and stood down; whom it reaches and who is told."""

import pytest
from django.db import IntegrityError, transaction

from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import units
from wuli.leadership.command.actions import extents, following, responses, standing_down
from wuli.leadership.command.models import Extent, Note, Response
from wuli.leadership.command.queries import responses as queries
from wuli.leadership.command.queries import timeline

from .conftest import DAY, HOUR, MINUTE, MORNING, TODAY, fresh

AT = MORNING + HOUR


def told(response):
    return set(Notice.objects.filter(kind="response.force").values_list("person__name", flat=True))


def test_who_heads_a_unit_there_is_told_once(response):
    assert told(response) == {"诺敏", "周舟", "石强"}
    assert Notice.objects.count() == 3
    event = Event.objects.get(verb="response.activated")
    assert event.changes["level"] == [None, "1"]
    assert event.changes["told"] == [None, 3]


@pytest.mark.parametrize(
    ("who", "issuer", "roots", "done"),
    [
        ("顾岚", "G", ["G"], True), ("顾岚", "SOUTH", ["WORKS-3"], True), ("诺敏", "NORTH", ["NORTH"], True),
        ("诺敏", "NORTH", ["SOUTH"], False), ("诺敏", "G", ["NORTH"], False), ("林河", "WORKS-1", ["WORKS-1"], False),
        ("顾岚", "G", ["G", "P"], True), ("诺敏", "NORTH", ["NORTH", "P"], False), ("顾岚", "G", [], False),
    ],
)  # fmt: skip
def test_who_may_activate_where(activate, world, who, issuer, roots, done):
    if done:
        assert activate(by=who, issuer=issuer, roots=roots).is_active
        return
    with pytest.raises(Refused):
        activate(by=who, issuer=issuer, roots=roots)
    assert not Response.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("shift", "done"), [(-MINUTE, True), (-7 * DAY, True), (-8 * DAY, False), (MINUTE, False)])
def test_an_order_may_be_entered_up_to_a_week_later(activate, shift, done):
    if done:
        assert activate(activated_at=MORNING + shift).activated_at == MORNING + shift
    else:
        with pytest.raises(Refused):
            activate(activated_at=MORNING + shift)


def test_a_level_has_its_day_its_reason_and_its_measures(response, world):
    by = world.user("顾岚")
    with pytest.raises(Refused):
        responses.change_level(response=response, level=1, measures="每日报告", reason="没有变", by=by, at=AT)
    with pytest.raises(Refused):
        responses.change_level(response=response, level=2, measures="每周报告", reason=" ", by=by, at=AT)
    responses.change_level(response=response, level=2, measures="每周报告", reason="形势好转", by=by, at=AT)

    assert [(one.level, one.reason) for one in response.levels.order_by("at")] == [(1, ""), (2, "形势好转")]
    assert (fresh(response).level, fresh(response).measures) == (2, "每周报告")
    assert Notice.objects.filter(person__name="诺敏").count() == 2


def test_widening_tells_only_those_who_were_not_in_it(activate, world):
    response = activate(roots=["NORTH"])
    by = world.user("顾岚")
    with pytest.raises(Refused, match="已经在响应范围内"):
        extents.widen(response=response, root=world.unit("WORKS-1"), reason="扩大", by=by, at=AT)
    extents.widen(response=response, root=world.unit("SOUTH"), reason="南方也出现病例", by=by, at=AT)

    assert Notice.objects.filter(person__name="石强").count() == 1
    assert Notice.objects.filter(person__name="诺敏").count() == 1
    assert {one.name for one in queries.units_led(fresh(response), TODAY)} == {
        "北方板块", "南方板块", "一厂", "二厂", "三厂"}  # fmt: skip


@pytest.mark.parametrize("act", ["level", "widen", "stand_down"])
@pytest.mark.parametrize("who", ["诺敏", "林河", "石强"])
def test_only_the_unit_that_activated_it_changes_it(response, world, act, who):
    said = {"response": response, "by": world.user(who), "at": AT, "reason": "想改"}
    before = (Response.objects.values().get(), Extent.objects.count(), Event.objects.count())
    todo = {
        "level": lambda: responses.change_level(level=2, measures="放松", **said),
        "widen": lambda: extents.widen(root=world.unit("SOUTH"), **said),
        "stand_down": lambda: standing_down.stand_down(conclusion="", **said),
    }
    with pytest.raises(Refused):
        todo[act]()
    assert (Response.objects.values().get(), Extent.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize(
    ("name", "reached"),
    [("顾岚", True), ("诺敏", True), ("林河", True), ("才让", True), ("周舟", False), ("石强", False), ("马力", False)],
)
def test_a_response_reaches_those_above_below_and_inside_it(activate, world, name, reached):
    response = activate(issuer="WORKS-1", roots=["WORKS-1"])
    user = world.user(name)

    assert (response in queries.active_for(user, TODAY)) == reached
    assert (response in queries.responses_for(user)) == reached


def test_a_unit_knows_what_is_in_force_there_the_gravest_first(activate, world):
    flood = activate("防汛", kind="disaster", level=3, issuer="NORTH", roots=["WORKS-1"])
    plague = activate()

    assert queries.active_at(world.unit("W1-T1"), TODAY) == [plague, flood]
    assert queries.active_at(world.unit("WORKS-3"), TODAY) == [plague]


def test_a_note_is_of_the_minute_at_which_it_happened(response, world):
    said = {"response": response, "unit": world.unit("NORTH"), "by": world.user("诺敏"), "at": AT}
    with pytest.raises(Refused, match="早于响应启动"):
        responses.write_note(happened_at=MORNING - MINUTE, text="预备", **said)
    with pytest.raises(Refused, match="还没有发生"):
        responses.write_note(happened_at=AT + MINUTE, text="将来", **said)
    for _twice in range(2):
        responses.write_note(happened_at=MORNING + MINUTE, text="电话通知各厂", key="same", **said)

    assert Note.objects.count() == 1
    moments = timeline.timeline(fresh(response), AT)
    assert [(one.at, one.sentence) for one in moments] == [
        (MORNING + MINUTE, "电话通知各厂"), (MORNING, "同舟集团启动一级响应")]  # fmt: skip


def test_where_a_unit_was_merged_the_response_is_in_force_in_the_other(activate, world):
    response = activate(issuer="G", roots=["WORKS-2"])
    units.merge_unit(
        unit=world.unit("WORKS-2"), target=world.unit("WORKS-1"), on=TODAY, by=world.user("赵系"), at=MORNING
    )  # fmt: skip

    assert [following.follow_units(at=AT), following.follow_units(at=AT)] == [1, 0]
    assert {one.code for one in queries.units_led(fresh(response), TODAY)} == {"WORKS-1"}


def test_the_same_order_entered_twice_is_one_response(response, activate):
    with pytest.raises(Refused, match="已经启动"):
        activate()
    assert Response.objects.count() == 1


def test_what_is_stood_down_stays_so(response, world, set_up):
    set_up()
    standing_down.stand_down(
        response=response, reason="疫情结束", conclusion="平稳", by=world.user("顾岚"), at=MORNING + 38 * DAY
    )  # fmt: skip
    ended = fresh(response)

    assert ended.summary["figures"]["response.days"] == 39
    assert (ended.summary["figures"]["command.units"], ended.summary["figures"]["command.with_group"]) == (6, 1)
    assert queries.active_for(world.user("林河"), TODAY) == []
    assert Notice.objects.filter(text__startswith="同舟集团终止应急响应").count() == 3
    with pytest.raises(Refused, match="已终止"):
        responses.change_level(response=ended, level=2, measures="再来", reason="再来", by=world.user("顾岚"), at=AT)


def test_the_summary_keeps_the_numbers_of_its_moment(response, world, set_up):
    at = MORNING + 3 * DAY
    standing_down.stand_down(response=response, reason="结束", conclusion="", by=world.user("顾岚"), at=at)
    before = fresh(response).summary
    units.merge_unit(
        unit=world.unit("WORKS-2"), target=world.unit("WORKS-1"), on=TODAY, by=world.user("赵系"), at=MORNING
    )  # fmt: skip

    assert fresh(response).summary == before
    assert before["figures"]["cascade.coverage"] is None, "nothing was asked: that is not 0 %"


def test_the_database_refuses_a_half_ended_response(response):
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(status="stood_down")
