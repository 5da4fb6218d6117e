"""The house's own metrics in the named world."""

from decimal import Decimal

import pytest
from django.db.models import F

from tests.kernel.cascade import asking
from tests.world import START
from wuli.kernel.cascade.models import Slot
from wuli.kernel.cascade.rules import sources
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.ledger.actions.items import open_item
from wuli.kernel.metrics import registry
from wuli.kernel.metrics.queries import numbers
from wuli.kernel.metrics.queries.evidence.spots import ROWS
from wuli.kernel.metrics.rules import metrics
from wuli.kernel.metrics.rules.metrics import Metric, Rolls
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries import blind_spots
from wuli.kernel.orgs.rules.duties import Perm

from .conftest import DAY, TODAY, metric

NUMBERS = {
    # code                G   NORTH  SOUTH  P-W1
    "orgs.people":       (12, 5, 2, 2),
    "orgs.employees":    (12, 5, 2, None),
    "orgs.contractors":  (0, 0, 0, None),
    "orgs.members":      (3, 3, 0, 2),
    "orgs.teams":        (5, 3, 1, None),
    "orgs.enterprises":  (3, 2, 1, None),
    "orgs.branches":     (None, None, None, 1),
    "orgs.no_cell":      (0, 0, 0, None),
    "orgs.no_post":      (12, 5, 2, None),
    "orgs.no_keeper":    (4, 2, 1, None),
    "orgs.no_head":      (2, 1, 1, None),
    "orgs.no_reporter":  (2, 1, 1, None),
    "orgs.too_large":    (0, 0, 0, None),
    "orgs.two_cells":    (0, 0, 0, None),
    "ledger.open":       (0, 0, 0, 0),
    "cascade.expected":  (0, 0, 0, 0),
    "cascade.coverage":  (None, None, None, None),
}  # fmt: skip


def told(code, unit, on=TODAY, without=()):
    return numbers.value(metric(code), Part(unit.path, on, without))


@pytest.mark.parametrize("code", NUMBERS)
def test_the_numbers_of_the_world(world, clock, code):
    assert tuple(told(code, world.unit(unit)) for unit in ("G", "NORTH", "SOUTH", "P-W1")) == NUMBERS[code]


@pytest.mark.parametrize("spot", blind_spots.Spot)
def test_blind_spots_are_those_that_their_page_lists_today(world, clock, spot):
    by = world.user("赵系")
    for name in ("马力", "林河"):
        people.amend(person=world.person(name), by=by, at=START, identity="11010519491231002X")
    when = {"on": TODAY - DAY, "by": by, "at": START}
    people.transfer(person=world.person("才让"), place=Place(world.unit("NORTH"), world.unit("WORKS-1")), **when)
    crowd = Place(world.unit("W3-T1"), world.unit("WORKS-3"))
    for n in range(31):
        people.join(number=f"9{n}", name=f"新{n}", place=crowd, **when)
    for code in ("G", "NORTH", "WORKS-1", "SOUTH"):
        unit = world.unit(code)
        assert ROWS[spot](Part(unit.path, TODAY)).count() == blind_spots.totals(unit, TODAY)[spot]
    assert spot not in ("two_cells", "no_cell", "too_large") or told(f"orgs.{spot}", world.unit("G"))


def test_a_past_day_has_its_tree_its_names_and_its_roll(world, clock):
    by = {"by": world.user("赵系"), "at": START}
    units.rename_unit(unit=world.unit("W1-T2"), name="新二班", on=TODAY - 5 * DAY, **by)
    units.move_unit(unit=world.unit("WORKS-1"), target=world.unit("SOUTH"), on=TODAY - 4 * DAY, **by)
    people.leave(person=world.person("林河"), on=TODAY - 3 * DAY, **by)

    days = [TODAY - n * DAY for n in (6, 5, 4, 3)]
    assert [told("orgs.people", world.unit("NORTH"), day) for day in days] == [5, 5, 1, 1]
    assert [told("orgs.people", world.unit("G"), day) for day in days] == [12, 12, 12, 11]
    rows = [numbers.rows(metric("orgs.people"), Part(_path(world, "W1-T2", day), day)) for day in days]
    assert [[row.place_name for row in found] for found in rows] == [["电解二班"], ["新二班"], ["新二班"], []]


def test_a_unit_that_was_not_there_has_no_number(world, clock):
    assert numbers.value(metric("orgs.people"), Part("", TODAY)) is None
    assert numbers.by_child(metric("orgs.people"), "", TODAY) == {}


def test_coverage_is_divided_from_its_parts_and_never_added_up(world, asked, clock):
    group = world.unit("G")
    at = {
        code: told(f"cascade.{code}", group, asking.DAY) for code in ("expected", "asked", "answered", "zero", "late")
    }

    assert at == {"expected": 11, "asked": 11, "answered": 2, "zero": 1, "late": 1}
    assert told("cascade.missing", group, asking.DAY) == 9
    assert told("cascade.coverage", group, asking.DAY) == Decimal(200) / 11
    below = numbers.by_child(metric("cascade.coverage"), group.path, asking.DAY)
    assert below[world.unit("NORTH").path] == Decimal(200) / 7
    assert below[world.unit("SOUTH").path] == 0


def test_a_part_leaves_out_what_answers_for_itself(world, asked, clock):
    shop, teams = world.unit("W1-SHOP"), [world.unit(code).path for code in ("W1-T1", "W1-T2")]
    assert told("orgs.people", shop) == 4
    assert told("orgs.people", shop, without=(teams[0],)) == 1
    assert told("orgs.people", shop, without=tuple(teams)) == 0


def test_every_metric_that_counts_things_is_offered_to_forms(world, asked, clock):
    offered = {code for code in sources.known() if code in metrics.known()}
    assert offered == {code for code, one in metrics.known().items() if one.rolls == Rolls.SUM}

    source, shop = sources.known()["orgs.people"], world.unit("W1-SHOP")
    part = Part(shop.path, asking.DAY, (world.unit("W1-T1").path,))
    assert source.count(part) == 1
    assert source.url(part) == f"/metrics/orgs.people/?unit={shop.pk}&on=2020-02-03&without={part.without[0][-4:]}"


def test_a_register_without_a_past_is_offered_as_it_is_now(world, clock):
    group = world.unit("G")
    open_item(title="整改", unit=group, owner=world.person("顾岚"), by=None, at=START, due_on=TODAY - DAY)

    assert sources.known()["ledger.open"].count(Part(group.path, TODAY - 9 * DAY)) == 1
    assert told("ledger.open", group, TODAY - 9 * DAY) is None
    assert (told("ledger.open", group), told("ledger.overdue", group)) == (1, 1)


def test_an_owner_of_two_items_counts_once(world, clock):
    for unit, who in (("WORKS-1", "林河"), ("WORKS-2", "林河"), ("WORKS-2", "周舟")):
        open_item(title="整改", unit=world.unit(unit), owner=world.person(who), by=None, at=START)

    north = world.unit("NORTH").path
    assert told("ledger.owners", world.unit("NORTH")) == 2
    below = numbers.by_child(metric("ledger.owners"), north, TODAY)
    assert below == {world.unit("WORKS-1").path: 1, world.unit("WORKS-2").path: 2}
    assert numbers.by_node(metric("ledger.owners"), TODAY, [north], [north, *below]) == {north: 2, **below}


@pytest.fixture
def latest():
    """Of each unit the newest slot there is, added up by how many were late."""
    added = Metric(
        code="tests.latest", title="最近一期", unit="份", group="测试", meaning="", counting="", owner=Duty.HEAD,
        perm=Perm.CALL_VIEW, rolls=Rolls.LATEST, key="unit", newest="round__on",
        rows=lambda part: Slot.objects.filter(part.rows(), round__on__lte=part.on).annotate(place=F("path")),
    )  # fmt: skip
    registry.add(added)
    yield added
    metrics.forget("tests.latest")


def test_of_what_is_told_again_only_the_newest_counts(world, asked, clock, latest):
    from wuli.kernel.cascade.actions import rounds

    rounds.open_round(call=asked.call, on=asking.DAY + DAY, at=asking.MORNING)
    group = world.unit("G")

    assert told("tests.latest", group, asking.DAY) == told("tests.latest", group, TODAY) == 11
    assert {row.round.on for row in numbers.rows(latest, Part(group.path, TODAY))} == {asking.DAY + DAY}
    assert told("tests.latest", group, asking.DAY - DAY) is None


def _path(world, code, day):
    return world.unit(code).placements.on(day).get().path
