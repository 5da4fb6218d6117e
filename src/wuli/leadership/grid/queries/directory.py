"""All grids below a unit, one line each: for a page of them, and for a file of all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

from django.db.models import Count, QuerySet

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.evidence.people import on_roll
from wuli.kernel.orgs.models import Assignment, Placement, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.models.unit import way_to
from wuli.kernel.orgs.queries.units import path_on

from ..rules.boards import GRIDS
from ..rules.chain import Holder
from .boards import grids_below
from .holders import SHOWN, ByDuty, all_of, held_at, holders, phones_of

AT_ONCE = 500


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
    there = Assignment.objects.on(on).filter(unit__in=[placed.unit_id for placed in placements])
    counted = dict(there.values_list("unit").annotate(n=Count("pk")).order_by())
    above = _names(on, {path for placed in placements for path in way_to(placed.path)[:-1] if len(path) > len(within)})
    people = {placed.path: counted.get(placed.unit_id, 0) for placed in placements}
    return list(_entries(placements, on, above, people, seen_by))


def exported(unit: Unit, on: date) -> QuerySet[Placement]:
    return grids_below(unit, on, list(GRIDS))


def lines(unit: Unit, rows: QuerySet[Placement], on: date, *, seen_by: User) -> Iterator[Entry]:
    """All of `rows`, some at a time in memory."""
    top = path_on(unit, on)
    above, people = _names(on, set(way_to(top)[:-1])), _folded(top, on)
    for some in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE, strict=False):
        above |= {placed.path: placed.name for placed in some}
        yield from _entries(some, on, above, people, seen_by)


def _entries(
    some: Sequence[Placement], on: date, above: Mapping[str, str], people: Mapping[str, int], reader: User
) -> Iterator[Entry]:
    held = held_at([placed.unit_id for placed in some], on, SHOWN)
    phones = phones_of(reader, all_of(held))
    for placed in some:
        by_duty: ByDuty = held.get(placed.unit_id, {})
        who = {duty.value: holders(by_duty.get(duty, []), phones) for duty in SHOWN}
        names = [above[path] for path in way_to(placed.path)[:-1] if path in above]
        yield Entry(placed, " / ".join(names), people.get(placed.path, 0), who)


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
