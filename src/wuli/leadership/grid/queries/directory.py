"""All grids below a unit, one line each: for a page of them, and for a file of all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, QuerySet

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.evidence.people import on_roll
from wuli.kernel.metrics.queries.evidence.placing import placed
from wuli.kernel.orgs.models import Assignment, Placement, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.models.unit import way_to
from wuli.kernel.orgs.queries.units import path_on

from ..rules.boards import GRIDS
from ..rules.chain import Holder
from ..rules.directory import Line
from .boards import grids_below
from .contacts import shown, work_phone
from .holders import SHOWN, ByDuty, all_of, held_at, holders, in_force, phones_of

AT_ONCE = 2000
NOBODY: tuple[str, Iterable[Any]] = ("", ())


@dataclass(frozen=True)
class Entry:
    """A grid with its people and who keeps it. `people` counts all below it."""

    placed: Placement
    above: str
    people: int
    held: Mapping[str, Sequence[Holder]]

    @property
    def keeper(self) -> Sequence[Holder]:
        return self.held[Duty.GRID_KEEPER]

    @property
    def deputy(self) -> Sequence[Holder]:
        return self.held[Duty.DEPUTY_KEEPER]


def told(placements: Sequence[Placement], on: date, *, within: str, seen_by: User) -> list[Entry]:
    """These teams with their people, keepers and the units between `within` and them, in a fixed number of queries."""
    there = Assignment.objects.on(on).filter(unit__in=[grid.unit_id for grid in placements])
    counted = dict(there.values_list("unit").annotate(n=Count("pk")).order_by())
    above = _names(on, {path for grid in placements for path in way_to(grid.path)[:-1] if len(path) > len(within)})
    people = {grid.path: counted.get(grid.unit_id, 0) for grid in placements}
    return list(_entries(placements, on, above, people, seen_by))


def exported(unit: Unit, on: date) -> QuerySet[Placement]:
    return grids_below(unit, on, list(GRIDS))


def lines(unit: Unit, on: date) -> Iterator[Line]:
    """Every grid at and below `unit` in the order of the tree: two readings side by side, little of them in memory."""
    top = path_on(unit, on)
    people, held = _folded(top, on), groupby(_held_in_order(top, on), key=itemgetter(0))
    place, some = next(held, NOBODY)
    way: list[tuple[str, str]] = sorted(_names(on, set(way_to(top)[:-1])).items())
    grids = exported(unit, on).values_list("path", "unit__code", "name", "unit__kind")
    for path, code, name, kind in grids.iterator(chunk_size=AT_ONCE):
        while way and not path.startswith(way[-1][0]):
            way.pop()
        here: dict[str, list[tuple[str, str]]] = {}
        if place == path:
            for _place, duty, who, phone, published in some:
                here.setdefault(duty, []).append((who, shown(published, phone)))
            place, some = next(held, NOBODY)
        yield Line(code, name, kind, [step for _path, step in way], people.get(path, 0), here)
        way.append((path, name))


def _held_in_order(top: str, on: date) -> Iterator[tuple[str, ...]]:
    """Where, which duty, whose, with both numbers, in the order in which the grids come."""
    rows: QuerySet[Any] = placed(in_force(on, SHOWN), "unit", Part(top, on))
    rows = rows.annotate(published=work_phone("person")).select_related(None).order_by("place", "from_date", "pk")
    told = rows.values_list("place", "duty", "person__name", "person__phone", "published")
    return told.iterator(chunk_size=AT_ONCE)


def _entries(
    some: Sequence[Placement], on: date, above: Mapping[str, str], people: Mapping[str, int], reader: User
) -> Iterator[Entry]:
    held = held_at([grid.unit_id for grid in some], on, SHOWN)
    phones = phones_of(reader, all_of(held))
    for grid in some:
        by_duty: ByDuty = held.get(grid.unit_id, {})
        who = {duty.value: holders(by_duty.get(duty, []), phones) for duty in SHOWN}
        names = [above[path] for path in way_to(grid.path)[:-1] if path in above]
        yield Entry(grid, " / ".join(names), people.get(grid.path, 0), who)


def _names(on: date, paths: set[str]) -> dict[str, str]:
    return dict(Placement.objects.on(on).filter(path__in=paths).values_list("path", "name"))


def _folded(top: str, on: date) -> dict[str, int]:
    """People at and below every place under `top`, from one reading of the roll."""
    sums: dict[str, int] = {}
    roll: QuerySet[Any] = on_roll(Part(top, on)).order_by()
    for place, number in roll.values_list("place").annotate(n=Count("pk")).iterator(chunk_size=2000):
        for path in way_to(place):
            sums[path] = sums.get(path, 0) + number
    return sums
