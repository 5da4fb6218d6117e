"""Keepers appointed in place of one another, and handed over all at once."""

from datetime import date

import pytest

from tests.world import START
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import people
from wuli.kernel.orgs.models import Posting
from wuli.leadership.grid.actions import cells, keepers
from wuli.leadership.grid.queries import keeping

FEB, MARCH = date(2020, 2, 1), date(2020, 3, 1)


def appoint(world, *, keeper=None, deputy=None, unit="W1-T1", on=FEB, by="诺敏"):
    who = {"keeper": keeper and world.person(keeper), "deputy": deputy and world.person(deputy)}
    keepers.appoint(unit=world.unit(unit), on=on, reason="换班", by=world.user(by), at=START, **who)


def hand_over(world, by, mine, inner, on):
    """All that 才让 keeps, to 林河."""
    who = {"person": world.person("才让"), "to": world.person("林河"), "by": by, "at": START}
    return keepers.hand_over(held=mine, inner=inner, on=on, reason="调离", **who)


def held(unit, on):
    rows = Posting.objects.on(on).filter(unit__code=unit, duty__in=["grid_keeper", "deputy_keeper"])
    return {(one.duty, one.person.name) for one in rows}


def test_a_new_keeper_takes_the_place_of_the_old_from_that_day(world):
    appoint(world, keeper="林河", deputy="欧阳")

    assert held("W1-T1", date(2020, 1, 31)) == {("grid_keeper", "才让")}
    assert held("W1-T1", FEB) == {("grid_keeper", "林河"), ("deputy_keeper", "欧阳")}
    given = Event.objects.filter(verb__startswith="posting.", at=START, reason="换班")
    assert sorted(given.values_list("verb", flat=True)) == ["posting.ended", "posting.given", "posting.given"]


def test_a_deputy_moves_up(world):
    appoint(world, deputy="林河")
    appoint(world, keeper="林河", on=MARCH)

    assert held("W1-T1", MARCH) == {("grid_keeper", "林河")}


def test_what_is_left_out_stays(world):
    appoint(world, deputy="林河")

    assert held("W1-T1", FEB) == {("grid_keeper", "才让"), ("deputy_keeper", "林河")}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({}, "请填写网格员或副网格员"),
        ({"keeper": "林河", "deputy": "林河"}, "不能是同一个人"),
        ({"keeper": "才让"}, "没有需要保存的改动"),
        ({"keeper": "林河", "unit": "WORKS-1"}, "不能设在企业"),
        ({"keeper": "林河", "by": "才让"}, "您不能在电解一班任命"),
        ({"keeper": "石强", "unit": "W3-T1"}, "您不能在采矿班任命"),
    ],
)
def test_refusals_change_nothing(world, said, refusal):
    before = list(Posting.objects.values())
    with pytest.raises(Refused, match=refusal):
        appoint(world, **said)
    assert list(Posting.objects.values()) == before


def test_all_that_someone_keeps_goes_to_another_at_once(world, join):
    join("W1-T2", "电解", "出铝工")
    by = world.user("诺敏")
    appoint(world, keeper="才让", unit="W1-T2")
    cell = cells.cut(unit=world.unit("W1-T2"), process_step="电解", post="", on=FEB, reason="", by=by, at=START)
    cells.keep(cell=cell, role="keeper", person=world.person("才让"), on=FEB, reason="", by=by, at=START)

    mine, inner = keeping.kept_by(world.person("才让"), MARCH, granted_by=by)
    number = hand_over(world, by, mine, inner, MARCH)

    assert number == 3
    assert held("W1-T1", MARCH) == held("W1-T2", MARCH) == {("grid_keeper", "林河")}
    assert [one.person.name for one in cell.keepers.on(MARCH)] == ["林河"]
    assert held("W1-T1", FEB) == {("grid_keeper", "才让")}


def test_nobody_hands_over_what_lies_outside_their_reach(world):
    assert keeping.kept_by(world.person("才让"), FEB, granted_by=world.user("石强")) == ([], [])
    with pytest.raises(Refused, match="没有可移交的网格"):
        hand_over(world, world.user("石强"), [], [], FEB)


def test_a_keeper_who_left_leaves_a_gap_and_can_be_followed(world):
    people.leave(person=world.person("才让"), on=FEB, by=world.user("欧阳"), at=START)
    assert held("W1-T1", FEB) == set()

    appoint(world, keeper="林河")
    assert held("W1-T1", FEB) == {("grid_keeper", "林河")}
