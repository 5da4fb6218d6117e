"""Cells follow their units: a merger carries them over with their keepers, a closing ends them, a move keeps them."""

from datetime import UTC, date, datetime

import pytest

from tests.world import DAY_ONE, START
from wuli.base.clock import FOREVER
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.leadership.grid.actions import boards, cells
from wuli.leadership.grid.actions.following import end_left, follow_units
from wuli.leadership.grid.models import Cell, CellKeeper, Instructor
from wuli.leadership.grid.queries.cells import cut_of

FEB, MARCH, APRIL = date(2020, 2, 1), date(2020, 3, 1), date(2020, 4, 1)


@pytest.fixture
def cut(world):
    def made(step, post="", *, unit="W1-T2", keeper="", deputy="", on=FEB):
        who = {"by": world.user("诺敏"), "at": START}
        cell = cells.cut(unit=world.unit(unit), process_step=step, post=post, on=on, reason="", **who)
        for role, name in (("keeper", keeper), ("deputy", deputy)):
            if name:
                cells.keep(cell=cell, role=role, person=world.person(name), on=on, reason="", **who)
        return cell

    return made


def merge(world, unit="W1-T2", target="W1-T1", on=MARCH):
    units.merge_unit(unit=world.unit(unit), target=world.unit(target), on=on, by=None, at=START)


def told(world, unit, on):
    """Of a unit's cells that day: how many people, who keeps it, who is deputy; and how many are in no cell."""
    found = cut_of(world.unit(unit), on)
    rows = {
        str(one.cell): (one.heads.people, [k.person.name for k in one.keepers], [k.person.name for k in one.deputies])
        for one in found.cells
    }
    return rows, found.uncut.people


def test_a_merger_carries_cells_and_keepers_over_from_its_day(world, join, cut):
    join("W1-T2", "铸造", "浇铸工")
    cut("铸造", keeper="林河", deputy="欧阳")
    merge(world)

    assert follow_units(at=START) == 1

    assert told(world, "W1-T2", date(2020, 2, 29)) == ({"铸造": (1, ["林河"], ["欧阳"])}, 1)
    assert told(world, "W1-T1", date(2020, 2, 29)) == ({}, 3)
    assert told(world, "W1-T1", MARCH) == ({"铸造": (1, ["林河"], ["欧阳"])}, 4)
    assert Event.objects.get(verb="grid.carried").changes["unit"] == ["电解二班", "电解一班"]
    assert {notice.person.name for notice in Notice.objects.filter(kind="grid.carried")} == {"林河", "欧阳"}
    assert not Notice.objects.filter(kind="grid.to_settle").exists()


def test_a_second_tick_finds_nothing_to_do(world, cut):
    cut("铸造", keeper="林河")
    merge(world)
    follow_units(at=START)
    before = Event.objects.count(), list(Cell.objects.values()), list(CellKeeper.objects.values())

    assert follow_units(at=START) == 0
    assert (Event.objects.count(), list(Cell.objects.values()), list(CellKeeper.objects.values())) == before


@pytest.mark.parametrize(
    ("theirs", "has", "then", "settle"),
    [
        (("铸造", ""), {"keeper": "才让"}, (["才让"], []), ""),
        (("铸造", ""), {}, (["林河"], []), ""),
        (("铸造", "浇铸工"), {"keeper": "才让"}, (["才让"], []), "里只有“铸造 · 浇铸工”划成了网格"),
    ],
)
def test_a_cell_that_is_there_already_keeps_its_keeper_or_takes_the_one_who_comes(
    world, join, cut, theirs, has, then, settle
):
    join("W1-T2", "铸造", "浇铸工")
    cut("铸造", keeper="林河")
    cut(*theirs, unit="W1-T1", **has)
    merge(world)
    follow_units(at=START)

    (row,) = told(world, "W1-T1", MARCH)[0].values()
    assert row == (1, *then)
    assert [n.person.name for n in Notice.objects.filter(kind="grid.carried")] == ["林河"]
    assert ("结束" in Notice.objects.get(kind="grid.carried").text) == bool(has)
    waiting = set(Notice.objects.filter(kind="grid.to_settle").values_list("text", flat=True))
    assert [settle in text for text in waiting] == ([True] if settle else [])


def test_whoever_has_left_is_not_carried_over_and_the_nearest_appointer_is_told(world, cut):
    cut("铸造", keeper="林河")
    people.leave(person=world.person("林河"), on=date(2020, 2, 20), by=world.user("欧阳"), at=START)
    merge(world)
    follow_units(at=START)

    assert told(world, "W1-T1", MARCH)[0] == {"铸造": (0, [], [])}
    notice = Notice.objects.filter(kind="grid.to_settle").order_by("person__name")
    assert {one.person.name for one in notice} == {"诺敏", "欧阳"}
    assert "“铸造”没有网格员" in notice[0].text


def test_cells_pass_on_where_the_unit_that_took_over_was_merged_in_turn(world, join, cut):
    units.open_units([NewUnit("W1-T3", "team", "电解三班", "W1-SHOP")], on=DAY_ONE, by=None, at=START)
    join("W1-T2", "铸造", "浇铸工")
    cut("铸造", keeper="林河")
    merge(world, "W1-T2", "W1-T1", MARCH)
    merge(world, "W1-T1", "W1-T3", APRIL)

    follow_units(at=START)

    held = Cell.objects.filter(process_step="铸造").order_by("from_date").values_list("unit__code", "until_date")
    assert list(held) == [("W1-T2", MARCH), ("W1-T1", APRIL), ("W1-T3", FOREVER)]
    assert told(world, "W1-T3", APRIL)[0] == {"铸造": (1, ["林河"], [])}


def test_a_keeper_who_is_to_follow_later_still_does(world, cut):
    cell = cut("铸造", keeper="林河")
    who = {"by": world.user("诺敏"), "at": START}
    cells.keep(cell=cell, role="keeper", person=world.person("才让"), on=APRIL, reason="", **who)
    merge(world)
    follow_units(at=START)

    assert told(world, "W1-T1", MARCH)[0]["铸造"][1] == ["林河"]
    assert told(world, "W1-T1", APRIL)[0]["铸造"][1] == ["才让"]


def test_a_closed_unit_leaves_no_cell_and_no_instructor_behind(world, cut):
    units.open_units([NewUnit("W1-T4", "team", "电解四班", "W1-SHOP")], on=DAY_ONE, by=None, at=START)
    cut("铸造", unit="W1-T4", keeper="林河")
    boards.give_instructor(
        unit=world.unit("W1-T4"), person=None, name="马医生", organisation="疾控中心", phone="", on=FEB, reason="",
        by=None, at=START,
    )  # fmt: skip
    units.close_unit(unit=world.unit("W1-T4"), on=MARCH, by=None, at=START)
    follow_units(at=START)

    assert Cell.objects.get().until_date == CellKeeper.objects.get().until_date == MARCH
    assert Instructor.objects.get().until_date == MARCH
    assert Event.objects.filter(verb__in=["grid.uncut", "grid.keeper_ended", "grid.instructor_ended"]).count() == 3


def test_a_unit_that_moves_takes_its_cells_along(world, join, cut):
    join("W1-T2", "铸造", "浇铸工")
    cut("铸造", keeper="林河")
    units.move_unit(unit=world.unit("W1-T2"), target=world.unit("WORKS-2"), on=MARCH, by=None, at=START)

    assert follow_units(at=START) == 0
    assert told(world, "W1-T2", MARCH)[0] == {"铸造": (1, ["林河"], [])}


def test_whoever_left_keeps_no_cell_and_gets_it_not_back_with_their_place(world, cut):
    cut("铸造", keeper="林河", deputy="欧阳")
    people.leave(person=world.person("林河"), on=MARCH, by=world.user("欧阳"), at=START)

    assert end_left(at=datetime(2020, 2, 28, tzinfo=UTC)) == 0
    assert end_left(at=datetime(2020, 3, 2, tzinfo=UTC)) == 1
    assert end_left(at=datetime(2020, 3, 2, tzinfo=UTC)) == 0
    held = dict(CellKeeper.objects.values_list("person__name", "until_date"))
    assert held == {"林河": MARCH, "欧阳": FOREVER}
    assert Event.objects.get(verb="grid.keeper_ended").subject_name == "林河"
