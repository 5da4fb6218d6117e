"""Each unit sets up its leading group; who leaves the company leaves it; who has none is counted."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.metrics.recount import by_hand
from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.journal.models import Event
from wuli.kernel.metrics.queries import numbers
from wuli.kernel.metrics.rules.metrics import known
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people
from wuli.kernel.orgs.models import Unit
from wuli.leadership.command.actions import groups, standing_down
from wuli.leadership.command.actions.groups import Place
from wuli.leadership.command.models import LeadingGroup, Member
from wuli.leadership.command.queries import groups as queries
from wuli.leadership.command.queries.shares import Share, whole
from wuli.leadership.command.rules.groups import lacks_leader

from .conftest import DAY, HOUR, MORNING, TODAY, fresh

AT = MORNING + HOUR


def names(members):
    return [one.person.name for one in members]


def test_a_group_has_its_leaders_first(response, world, set_up):
    group = set_up("G", "顾岚", "党宁")
    groups.appoint(group=group, person=world.person("诺敏"), role="leader", by=world.user("顾岚"), at=AT)

    assert names(queries.members(response, on=TODAY)) == ["顾岚", "诺敏", "党宁"]
    assert queries.members(response, world.unit("NORTH"), on=TODAY) == []
    assert Event.objects.filter(verb__startswith="leading_group.").count() == 2


@pytest.mark.parametrize(
    ("who", "unit", "places", "words"),
    [
        ("诺敏", "NORTH", [("诺敏", "leader")], ""),
        ("诺敏", "SOUTH", [("诺敏", "leader")], "不能为"),
        ("林河", "WORKS-1", [("林河", "leader")], "不能为"),
        ("诺敏", "NORTH", [("诺敏", "member")], "至少要有一名组长"),
    ],
)
def test_who_may_set_up_a_group_and_with_whom(response, world, who, unit, places, words):
    said = [Place(world.person(name), role) for name, role in places]
    todo = {"response": response, "unit": world.unit(unit), "places": said, "by": world.user(who), "at": AT}
    if not words:
        assert groups.set_up(**todo).members.count() == 1
        with pytest.raises(Refused, match="已经成立"):
            groups.set_up(**todo)
    else:
        with pytest.raises(Refused, match=words):
            groups.set_up(**todo)
        assert not LeadingGroup.objects.exists()


def test_a_unit_outside_the_response_has_no_group_of_it(activate, world):
    said = [Place(world.person("石强"), "leader")]
    with pytest.raises(Refused, match="不在"):
        groups.set_up(
            response=activate(roots=["NORTH"]), unit=world.unit("SOUTH"), places=said, by=world.user("石强"), at=AT
        )  # fmt: skip


def test_a_working_group_has_duties_and_people_of_its_own(world, set_up):
    group, by = set_up(), world.user("顾岚")
    part = groups.divide(group=group, name="物资保障组", duties="采购口罩", by=by, at=AT)
    groups.appoint(group=group, person=world.person("顾岚"), role="leader", working_group=part, by=by, at=AT)
    with pytest.raises(Refused, match="已经在这个组里"):
        groups.appoint(group=group, person=world.person("顾岚"), role="member", working_group=part, by=by, at=AT)
    with pytest.raises(Refused, match="已经有叫"):
        groups.divide(group=group, name="物资保障组", duties="再设", by=by, at=AT)

    assert [one.working_group_id for one in queries.members_of(group, TODAY)] == [None, part.pk]


def test_who_leaves_the_company_leaves_the_group_and_the_gap_is_told(world, set_up, response):
    group = set_up("WORKS-2", "周舟", "林河")
    people.leave(person=world.person("林河"), on=TODAY + 2 * DAY, by=world.user("赵系"), at=AT)

    assert names(queries.members_of(group, TODAY + DAY)) == ["周舟", "林河"]
    assert names(queries.members_of(group, TODAY + 2 * DAY)) == ["周舟"], "before any tick"
    assert [groups.let_go_left(at=MORNING + n * DAY) for n in (1, 2, 3)] == [0, 1, 0]
    gone = Member.objects.get(person__name="林河")
    assert (gone.until_date, gone.ended_reason) == (TODAY + 2 * DAY, "离册")
    assert Notice.objects.get(kind="response.group").person.name == "周舟"


def test_a_group_without_a_leader_says_so(world, set_up):
    group = set_up("WORKS-2", "周舟", "林河")
    member = Member.objects.select_related("group__unit", "group__response").get(person__name="周舟")
    with pytest.raises(Refused, match="原因"):
        groups.relieve(member=member, reason=" ", by=world.user("顾岚"), at=AT)
    groups.relieve(member=member, reason="调离", by=world.user("顾岚"), at=AT + DAY)

    assert lacks_leader(queries.members_of(group, TODAY + DAY))
    assert [one.ended_reason for one in queries.former_members(group, TODAY + DAY)] == ["调离"]


def test_groups_end_with_the_response(world, set_up, response):
    group, by = set_up(), world.user("顾岚")
    standing_down.stand_down(response=response, reason="结束", conclusion="", by=by, at=AT)

    with pytest.raises(Refused, match="已终止"):
        groups.appoint(group=group, person=world.person("党宁"), role="member", by=by, at=AT)
    assert group.members.count() == 1


def test_a_head_is_told_which_of_their_units_has_none(world, set_up, response):
    north = world.user("诺敏")
    assert [one.code for one in queries.lacking(north, response, TODAY)] == ["NORTH"]
    set_up("NORTH", "诺敏")
    assert queries.lacking(north, response, TODAY) == []


def told(code, unit):
    return numbers.value(known()[f"command.{code}"], Part(unit.path, TODAY))


def test_the_numbers_open_into_their_units(world, response, set_up, clock):
    for unit, leader in (("G", "顾岚"), ("NORTH", "诺敏"), ("WORKS-2", "周舟")):
        set_up(unit, leader)
    found = {code: [told(code, world.unit(unit)) for unit in ("G", "NORTH", "SOUTH", "WORKS-2")]
             for code in ("units", "with_group", "no_group", "group_share")}  # fmt: skip

    assert found["units"] == [6, 3, 2, 1]
    assert found["with_group"] == [3, 2, 0, 1]
    assert found["no_group"] == [3, 1, 2, 0]
    assert found["group_share"] == [Decimal(50), Decimal(200) / 3, 0, 100]


def test_a_unit_with_two_responses_needs_two_groups(world, response, set_up, activate, clock):
    set_up("WORKS-2", "周舟")
    flood = activate("防汛", kind="disaster", roots=["WORKS-2"])
    assert (told("units", world.unit("WORKS-2")), told("with_group", world.unit("WORKS-2"))) == (1, 0)
    set_up("WORKS-2", "周舟", of=flood)
    assert told("with_group", world.unit("WORKS-2")) == 1


CODES = ["G", "NORTH", "SOUTH", "WORKS-1", "WORKS-2", "WORKS-3"]


@given(have=st.sets(st.sampled_from(CODES)), root=st.sampled_from(["G", "NORTH", "WORKS-3"]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_children_add_up_to_their_parent_and_to_the_rows(world, activate, clock, have, root):
    with transaction.atomic():
        of = activate(f"{root}{sorted(have)}", issuer=root, roots=[root])
        for code in have:
            unit = world.unit(code)
            if unit.is_under(world.unit(root)):
                LeadingGroup.objects.create(response=of, unit=unit, set_up_at=AT)
        for unit in Unit.objects.filter(code__in=CODES):
            lines = queries.lines(of, unit, TODAY)
            top = whole(lines)
            assert top.missing == queries.without_group(of, TODAY).under(unit).count()
            below = [whole(queries.lines(of, line.unit, TODAY)) for line in lines if not line.is_own]
            own = [line.share for line in lines if line.is_own]
            assert sum([*below, *own], Share()) == top
            for code in ("units", "with_group", "no_group", "group_share"):
                part, metric = Part(unit.path, TODAY), known()[f"command.{code}"]
                assert numbers.value(metric, part) == by_hand(metric, part)
        transaction.set_rollback(True)


def test_members_are_kept_when_the_response_is_gone_from_sight(response, set_up, world):
    set_up("G", "顾岚")
    assert [one.role for one in queries.members(fresh(response), on=TODAY)] == ["leader"]
    assert queries.members(fresh(response), on=TODAY - DAY) == []


def test_who_leaves_the_group_leaves_its_working_groups_too(world, response, set_up):
    group, by = set_up("NORTH", "诺敏", "才让"), world.user("诺敏")
    part = groups.divide(group=group, name="物资组", duties="采购", by=by, at=AT)
    groups.appoint(group=group, person=world.person("才让"), role="leader", working_group=part, by=by, at=AT)
    whole = Member.objects.get(group=group, person__name="才让", working_group=None)
    groups.relieve(member=whole, reason="调走", by=by, at=AT + DAY)

    ended = Member.objects.filter(person__name="才让")
    assert {(one.until_date, one.ended_reason) for one in ended} == {(TODAY + DAY, "调走")}
    assert ended.count() == 2


def test_who_leaves_a_working_group_stays_in_the_group(world, response, set_up):
    group, by = set_up("NORTH", "诺敏", "才让"), world.user("诺敏")
    part = groups.divide(group=group, name="物资组", duties="采购", by=by, at=AT)
    member = groups.appoint(group=group, person=world.person("才让"), role="leader", working_group=part, by=by, at=AT)
    groups.relieve(member=member, reason="换人", by=by, at=AT + DAY)
    assert Member.objects.get(group=group, person__name="才让", working_group=None).is_open_ended
