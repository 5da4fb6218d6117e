"""Duties: what they reach, who may hold them, standing in, and the three administrators."""

from datetime import date

import pytest

from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import people, postings, units
from wuli.kernel.orgs.models import Posting
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.scope import grantable, may, people_where, reach, units_where
from wuli.kernel.orgs.rules.duties import Perm

FEB, MARCH = date(2020, 2, 1), date(2020, 3, 1)


@pytest.fixture
def guard(world):
    return world.user("钱安")


def sees(world, name):
    return {person.name for person in people_where(world.user(name), Perm.PERSON_VIEW)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("顾岚", {"顾岚", "赵系", "钱安", "孙审", "党宁", "诺敏", "欧阳", "才让", "林河", "周舟", "石强", "马力"}),
        ("诺敏", {"诺敏", "欧阳", "才让", "林河", "周舟"}),
        ("才让", {"诺敏", "欧阳", "才让"}),
        ("党宁", {"诺敏", "才让", "周舟"}),
        ("石强", {"石强", "马力"}),
        ("马力", set()),
        ("孙审", set()),
    ],
)
def test_a_duty_reaches_its_unit_and_all_below_in_its_own_line(world, name, expected):
    assert sees(world, name) == expected


def test_someone_without_duties_sees_the_chain_above_and_nobody_in_it(world):
    seen = units_where(world.user("马力"), Perm.UNIT_VIEW)

    assert {unit.name for unit in seen} == {"同舟集团", "南方板块", "三厂", "采矿班"}


@pytest.mark.parametrize(
    ("person", "duty", "unit", "from_date", "says"),
    [
        pytest.param("马力", "grid_keeper", "SOUTH", FEB, "不能设在业务板块", id="where the duty is not held"),
        pytest.param("才让", "grid_keeper", "W1-T1", FEB, "已经是", id="twice"),
        pytest.param("马力", "head", "WORKS-3", date(2019, 1, 1), "不是开办中", id="before the unit opened"),
        pytest.param("赵系", "security_admin", "G", FEB, "三员分立", id="system and security"),
        pytest.param("孙审", "system_admin", "G", FEB, "三员分立", id="audit and system"),
        pytest.param("马力", "party_secretary", "W3-T1", FEB, "不能设在班组", id="Party duty in operations"),
    ],
)
def test_a_duty_that_cannot_be_held_is_refused_and_nothing_changes(world, guard, person, duty, unit, from_date, says):
    before = (Posting.objects.count(), Event.objects.count())

    with pytest.raises(Refused, match=says):
        postings.post(
            person=world.person(person), duty=duty, unit=world.unit(unit), from_date=from_date, by=guard, at=START
        )

    assert (Posting.objects.count(), Event.objects.count()) == before


def test_a_duty_over_a_closed_unit_is_refused(world, guard):
    units.merge_unit(unit=world.unit("W1-T1"), target=world.unit("W1-T2"), on=FEB, by=guard, at=START)

    with pytest.raises(Refused, match="不是开办中的单位"):
        postings.post(
            person=world.person("马力"), duty="grid_keeper", unit=world.unit("W1-T1"), from_date=MARCH, by=guard,
            at=START,
        )  # fmt: skip


def test_a_stand_in_may_do_the_same_for_those_days_and_no_longer(world, guard, monkeypatch):
    held = Posting.objects.get(duty="head", unit__code="NORTH")
    postings.delegate(posting=held, to=world.person("马力"), from_date=FEB, until_date=MARCH, by=guard, at=START)

    for day, expected in [(date(2020, 1, 31), set()), (FEB, sees(world, "诺敏")), (MARCH, set())]:
        monkeypatch.setattr("wuli.kernel.orgs.queries.scope.today", lambda day=day: day)
        assert sees(world, "马力") == expected, day


def test_a_stand_in_ends_with_the_duty(world, guard):
    held = Posting.objects.get(duty="head", unit__code="NORTH")
    postings.delegate(
        posting=held, to=world.person("马力"), from_date=FEB, until_date=date(2020, 6, 1), by=guard, at=START
    )

    postings.end_posting(posting=held, on=MARCH, by=guard, at=START)

    assert set(Posting.objects.filter(duty="head", unit__code="NORTH").values_list("until_date", flat=True)) == {MARCH}


@pytest.mark.parametrize(
    ("duty", "to", "days", "says"),
    [
        pytest.param("system_admin", "马力", (FEB, MARCH), "三员职责不能委托", id="an administrator's"),
        pytest.param("head", "诺敏", (FEB, MARCH), "不能委托给本人", id="to oneself"),
        pytest.param("head", "马力", (MARCH, FEB), "应晚于开始", id="backwards"),
        pytest.param("head", "马力", (date(2019, 1, 1), MARCH), "任职期间之内", id="outside the duty"),
    ],
)
def test_a_delegation_that_makes_no_sense_is_refused(world, guard, duty, to, days, says):
    held = Posting.objects.filter(duty=duty).order_by("pk")[0]

    with pytest.raises(Refused, match=says):
        postings.delegate(
            posting=held, to=world.person(to), from_date=days[0], until_date=days[1], by=guard, at=START
        )  # fmt: skip


def test_someone_who_left_reaches_nothing(world, guard):
    people.leave(person=world.person("诺敏"), on=FEB, by=guard, at=START)

    assert not reach(world.user("诺敏"), Perm.PERSON_VIEW)


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("钱安", "WORKS-1", set(Duty)),
        ("钱安", "P-W1-A", set(Duty)),
        ("赵系", "P", set()),
        ("诺敏", "WORKS-1", {"deputy", "grid_keeper", "deputy_keeper", "reporter", "reviewer", "tracker"}),
        ("诺敏", "WORKS-3", set()),
        ("党宁", "P-W1", {"party_secretary"}),
        ("才让", "W1-T1", set()),
    ],
)
def test_who_may_hand_out_which_duties_where(world, name, unit, expected):
    assert grantable(world.user(name), world.unit(unit)) == expected


def test_the_world_begins_on_its_first_day(world):
    assert set(Posting.objects.values_list("from_date", flat=True)) == {DAY_ONE}


@pytest.mark.parametrize(
    ("name", "perm"), [("赵系", Perm.UNIT_CHANGE), ("钱安", Perm.POSTING_GRANT), ("孙审", Perm.EVENT_VIEW)]
)
def test_the_three_administrators_serve_both_lines(world, name, perm):
    reached = {unit.code for unit in units_where(world.user(name), perm)}

    assert {"G", "W1-T1", "P", "P-W1-A"} <= reached


def test_a_commander_stays_in_the_line_of_the_duty(world):
    assert not may(world.user("顾岚"), Perm.PERSON_VIEW, world.unit("P"))
