"""Where nobody answers: each kind is found, and the counts of children add up to the parent's."""

from datetime import date

import pytest

from tests.world import DAY_ONE, START
from wuli.base.clock import today
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import Posting, Unit
from wuli.kernel.orgs.queries import blind_spots
from wuli.kernel.orgs.queries.blind_spots import Spot

IDENTITY = "11010519491231002X"


def join(world, number, unit, **more):
    place = Place(world.unit(unit), world.unit("WORKS-1"), post=more.pop("post", ""))
    return people.join(number=number, name=f"人{number}", place=place, on=DAY_ONE, by=None, at=START, **more)


def listed(world, spot, unit="G"):
    return [str(row) for row in blind_spots.listed(spot, world.unit(unit), today())]


def test_someone_hung_on_an_enterprise_has_no_cell(world):
    join(world, "901", "WORKS-1")

    assert listed(world, Spot.NO_CELL) == listed(world, Spot.NO_CELL, "WORKS-1") == ["人901"]
    assert listed(world, Spot.NO_CELL, "SOUTH") == []


def test_one_identity_on_two_rolls_is_listed_twice(world):
    join(world, "901", "W1-T1", identity=IDENTITY)
    join(world, "902", "W3-T1", identity=IDENTITY)

    assert listed(world, Spot.TWO_CELLS) == ["人901", "人902"]
    assert listed(world, Spot.TWO_CELLS, "SOUTH") == ["人902"]


def test_a_post_fills_the_hole(world):
    join(world, "901", "W1-T1", post="电解工")

    assert "人901" not in listed(world, Spot.NO_POST)
    assert "才让" in listed(world, Spot.NO_POST)


def test_teams_and_enterprises_without_someone_to_answer(world):
    assert listed(world, Spot.NO_KEEPER) == ["集团办公室", "电解二班", "铸造班", "采矿班"]
    assert listed(world, Spot.NO_HEAD) == ["一厂", "三厂"]
    assert listed(world, Spot.NO_REPORTER) == ["二厂", "三厂"]


def test_a_keeper_whose_days_are_over_leaves_a_hole(world):
    held = Posting.objects.get(duty="grid_keeper")
    postings.end_posting(posting=held, on=date(2020, 2, 1), by=world.user("钱安"), at=START)

    assert "电解一班" in listed(world, Spot.NO_KEEPER)


@pytest.mark.parametrize(("people_in_it", "too_large"), [(30, []), (31, ["采矿班"])])
def test_a_cell_of_more_than_thirty_is_too_large(world, people_in_it, too_large):
    for number in range(people_in_it - 2):
        join(world, f"9{number:03}", "W3-T1")

    assert listed(world, Spot.TOO_LARGE) == too_large


def test_counts_of_children_add_up_at_every_level(world):
    join(world, "901", "WORKS-1", identity=IDENTITY)
    join(world, "902", "W1-T1", identity=IDENTITY)

    for unit in Unit.objects.filter(line="operations"):
        for spot, by_child in blind_spots.counted(unit, today()).items():
            assert sum(by_child.values()) == len(listed(world, spot, unit.code)), (unit, spot)
            for path, number in by_child.items():
                if path != unit.path:
                    child = Unit.objects.get(path=path)
                    assert number == len(listed(world, spot, child.code))
