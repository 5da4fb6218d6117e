"""Cells inside teams and workshops divide their people: nobody in two, nobody lost, on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world import DAY_ONE, START
from wuli.base.clock import today
from wuli.base.errors import Refused
from wuli.kernel.orgs.actions import people
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import Assignment
from wuli.kernel.orgs.queries import blind_spots
from wuli.kernel.orgs.queries.blind_spots import Spot
from wuli.leadership.grid.actions import cells
from wuli.leadership.grid.models import Cell
from wuli.leadership.grid.queries.cells import cut_of, is_inside, people_of

FEB, MARCH = date(2020, 2, 1), date(2020, 3, 1)


def cut(world, step, post="", *, unit="W1-T1", on=FEB, by="诺敏"):
    who = {"by": world.user(by), "at": START}
    return cells.cut(unit=world.unit(unit), process_step=step, post=post, on=on, reason="人多", **who)


def counted(world, on, unit="W1-T1"):
    found = cut_of(world.unit(unit), on)
    return {str(one.cell): one.heads.people for one in found.cells}, found.uncut.people, found.whole.people


def test_people_are_in_the_cell_of_their_step_and_the_rest_is_told(world, join):
    for post in ("出铝工", "换极工", "换极工"):
        join("W1-T1", "电解", post)
    cut(world, "电解")

    assert counted(world, FEB) == ({"电解": 3}, 3, 6)
    assert counted(world, DAY_ONE) == ({}, 6, 6)


def test_a_cell_of_one_post_leaves_the_others_of_the_step(world, join):
    for post in ("出铝工", "换极工"):
        join("W1-T1", "电解", post)
    cell = cut(world, "电解", "换极工")

    assert counted(world, FEB) == ({"电解 · 换极工": 1}, 4, 5)
    assert [one.post.name for one in people_of(cell, FEB)] == ["换极工"]


@pytest.mark.parametrize(
    ("first", "second", "said", "refusal"),
    [
        (("电解", ""), ("电解", ""), {}, "已经是一格"),
        (("电解", ""), ("电解", "出铝工"), {}, "已经是一格"),
        (("电解", "出铝工"), ("电解", ""), {}, "已经是一格"),
        (("电解", ""), ("", ""), {}, "请选择工序或岗位"),
        (("电解", ""), ("铸造", ""), {"unit": "WORKS-1"}, "只有班组和车间"),
        (("电解", ""), ("铸造", ""), {"by": "才让"}, "您不能安排"),
        (("电解", ""), ("铸造", ""), {"on": date(2019, 1, 1)}, "不是开办中"),
    ],
)
def test_cells_that_overlap_or_make_no_sense_are_refused(world, first, second, said, refusal):
    cut(world, *first)
    with pytest.raises(Refused, match=refusal):
        cut(world, *second, **said)
    assert Cell.objects.count() == 1


def test_a_cell_given_up_is_past_and_can_be_cut_anew(world, join):
    join("W1-T1", "电解", "出铝工")
    cell = cut(world, "电解")
    cells.keep(
        cell=cell, role="keeper", person=world.person("林河"), on=FEB, reason="", by=world.user("诺敏"), at=START
    )
    cells.uncut(cell=cell, on=MARCH, reason="并回班组", by=world.user("诺敏"), at=START)
    cut(world, "电解", "出铝工", on=MARCH)

    assert counted(world, FEB)[0] == {"电解": 1}
    assert counted(world, MARCH)[0] == {"电解 · 出铝工": 1}
    assert cell.keepers.get().until_date == MARCH
    with pytest.raises(Refused, match="已于 2020-03-01 取消"):
        cells.uncut(cell=cell, on=MARCH, reason="", by=world.user("诺敏"), at=START)


def test_the_cell_of_a_workshop_is_a_cell_of_whom_it_holds(world, join):
    join("W1-SHOP", "净化", "巡检工", name="巡检")
    join("W1-SHOP", name="无岗")
    unit = world.unit("W1-SHOP")
    assert {str(one) for one in blind_spots.listed(Spot.NO_CELL, unit, today())} == {"巡检", "无岗"}

    cut(world, "净化", unit="W1-SHOP")

    assert [str(one) for one in blind_spots.listed(Spot.NO_CELL, unit, today())] == ["无岗"]


def test_a_large_team_cut_into_cells_is_no_longer_too_large(world, join):
    for number in range(34):
        join("W3-T1", "掘进" if number % 2 else "支护", "工人")
    unit = world.unit("SOUTH")
    assert [str(one) for one in blind_spots.listed(Spot.TOO_LARGE, unit, today())] == ["采矿班"]

    cut(world, "掘进", unit="W3-T1", by="石强")

    assert list(blind_spots.listed(Spot.TOO_LARGE, unit, today())) == []


def test_someone_not_on_the_roll_cannot_keep_a_cell(world):
    cell = cut(world, "电解")
    people.leave(person=world.person("林河"), on=FEB, by=world.user("欧阳"), at=START)
    with pytest.raises(Refused, match="不在册"):
        cells.keep(
            cell=cell, role="keeper", person=world.person("林河"), on=FEB, reason="", by=world.user("诺敏"), at=START
        )
    assert not cell.keepers.exists()


def test_keeper_and_deputy_of_a_cell_change_places(world):
    cell, by = cut(world, "电解"), world.user("诺敏")
    who = {"reason": "", "by": by, "at": START}
    cells.appoint(cell=cell, keeper=world.person("林河"), deputy=world.person("欧阳"), on=FEB, **who)
    cells.appoint(cell=cell, keeper=world.person("欧阳"), deputy=world.person("林河"), on=MARCH, **who)

    def keeping(on):
        return {one.role: one.person.name for one in cell.keepers.on(on)}

    assert keeping(FEB) == {"keeper": "林河", "deputy": "欧阳"}
    assert keeping(MARCH) == {"keeper": "欧阳", "deputy": "林河"}


STEPS, POSTS = ["电解", "铸造", ""], ["出铝工", "浇铸工"]
DAYS = [DAY_ONE + timedelta(days=n) for n in (0, 20, 40, 60)]
work = st.tuples(st.sampled_from(STEPS), st.sampled_from([*POSTS, ""]))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    folk=st.lists(st.tuples(work, work, st.sampled_from(DAYS)), max_size=6),
    cuts=st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from([*POSTS, ""]), st.sampled_from(DAYS)), max_size=5),
    ends=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(DAYS)), max_size=2),
)
def test_cells_and_the_rest_add_up_to_the_roll_on_every_day(world, folk, cuts, ends):
    """People join, change posts; cells are cut and given up as the rules let them; every day adds up."""
    from django.db import transaction

    with transaction.atomic():
        _live(world, folk, cuts, ends)
        for day in DAYS:
            found = cut_of(world.unit("W1-T1"), day)
            roll = Assignment.objects.on(day).filter(unit=world.unit("W1-T1"))
            assert sum(one.heads.people for one in found.cells) + found.uncut.people == roll.count()
            assert found.whole.people == roll.count()
            assert roll.filter(is_inside(day)).count() == roll.count() - found.uncut.people
            for one in found.cells:
                assert people_of(one.cell, day).count() == one.heads.people
        transaction.set_rollback(True)


def _live(world, folk, cuts, ends):
    by, unit = world.user("诺敏"), world.unit("W1-T1")
    for number, ((step, post), (next_step, next_post), moves) in enumerate(folk):
        first, then = (
            Place(unit, world.unit("WORKS-1"), process_step=a if b else "", post=b)
            for a, b in ((step, post), (next_step, next_post))
        )
        person = people.join(number=f"P{number}", name="某人", place=first, on=DAY_ONE, by=None, at=START)
        try:
            people.transfer(person=person, place=then, on=moves, by=by, at=START)
        except Refused:
            continue
    made = []
    for step, post, on in cuts:
        try:
            made.append(cells.cut(unit=unit, process_step=step, post=post, on=on, reason="", by=by, at=START))
        except Refused:
            continue
    for which, on in ends:
        try:
            cells.uncut(cell=made[which % len(made)], on=on, reason="", by=by, at=START) if made else None
        except Refused:
            continue
