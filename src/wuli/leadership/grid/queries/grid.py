"""The grid of a unit on a day: the grids below it, who keeps them, how many are in them. Children and rest add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from wuli.base.clock import today
from wuli.base.figures import kept
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.evidence.placing import units as units_on
from wuli.kernel.metrics.queries.evidence.spots import ROWS
from wuli.kernel.orgs.models import Kind, Placement, Unit, User
from wuli.kernel.orgs.models.unit import STEP
from wuli.kernel.orgs.queries import units
from wuli.kernel.orgs.queries.blind_spots import Spot
from wuli.kernel.orgs.queries.lines import Piece
from wuli.kernel.orgs.queries.units import LARGE, Heads, Node

from ..models import Cell
from ..rules.chain import Holder
from . import evidence
from .holders import SHOWN, ByDuty, all_of, held_at, holders, phones_of

PAGE = 50
COUNTED = {
    "teams": lambda part: units_on(part, Kind.TEAM), "unkept": ROWS[Spot.NO_KEEPER], "crowded": ROWS[Spot.TOO_LARGE],
    "inner": evidence.inner, "inner_unkept": evidence.inner_unkept, "inner_crowded": evidence.inner_crowded,
}  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """Cells at one place: teams, cells inside teams and workshops; those without keeper, those of too many people."""

    teams: int = 0
    unkept: int = 0
    crowded: int = 0
    inner: int = 0
    inner_unkept: int = 0
    inner_crowded: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in COUNTED})

    @property
    def cells(self) -> int:
        return self.teams + self.inner

    @property
    def without_keeper(self) -> int:
        return self.unkept + self.inner_unkept

    @property
    def too_large(self) -> int:
        return self.crowded + self.inner_crowded


@dataclass(frozen=True)
class Row:
    """A grid below another. Heads and counts are not told to someone whose duties do not reach all of it."""

    node: Node
    counts: Counts
    people: Mapping[str, Sequence[Holder]] = field(default_factory=dict)

    @property
    def heads(self) -> Heads | None:
        return self.node.heads


@dataclass(frozen=True)
class Grid:
    """A unit as a grid: the page of rows that is shown, and the sums of all."""

    rows: Piece[Row]
    number: int
    heads: Heads | None
    direct: Heads | None
    counts: Counts
    people: Mapping[str, Sequence[Holder]]


def grid_of(unit: Unit, on: date, *, seen_by: User, after: str = "") -> Grid:
    """The grid of `unit`: those below with the most cells without keeper first, `after` rows into them."""
    held = units.subtree(unit, on, seen_by=seen_by)
    path = units.path_on(unit, on)
    counts = counts_by_child(path, on) if path else {}
    nodes = sorted(held.children, key=lambda node: _most_urgent(node, counts))
    shown = _piece(nodes, after)
    who = held_at({node.unit.pk for node in shown.rows} | {unit.pk}, on, SHOWN)
    phones = phones_of(seen_by, all_of(who))

    def told(unit_id: int) -> dict[str, list[Holder]]:
        by_duty: ByDuty = who.get(unit_id, {})
        return {duty.value: holders(by_duty.get(duty, []), phones) for duty in SHOWN}

    rows = [Row(node, counts.get(node.path, Counts()), told(node.unit.pk)) for node in shown.rows]
    return Grid(
        Piece(rows, shown.next, shown.previous), len(nodes), held.heads, held.direct,
        sum(counts.values(), Counts()), told(unit.pk),
    )  # fmt: skip


def counts_by_child(path: str, on: date) -> dict[str, Counts]:
    """Cells under `path` by the child they are under; under `path` itself the unit's own."""
    if len(path) > LARGE or on != today():
        return _counted(path, on)
    return kept(f"grid.counts.{path}.{on}", lambda: _counted(path, on))


def cells_under(unit: Unit, on: date, *, only: str = "") -> QuerySet[Any]:
    """The teams below `unit` as they were placed that day; `only` those "unkept" or "crowded"."""
    path = units.path_on(unit, on)
    rows: QuerySet[Any] = COUNTED[only if only in ("unkept", "crowded") else "teams"](Part(path, on))
    return (rows if path else Placement.objects.none()).select_related("unit").order_by("path", "pk")


def inner_under(unit: Unit, on: date, *, only: str = "") -> QuerySet[Any]:
    """The cells inside teams and workshops below `unit` that day, chosen in the same way."""
    if not (path := units.path_on(unit, on)):
        return Cell.objects.none()
    which = {"unkept": "inner_unkept", "crowded": "inner_crowded"}.get(only, "inner")
    rows: QuerySet[Any] = COUNTED[which](Part(path, on))
    return rows.order_by("place", "process_step", "post", "pk")


def _counted(path: str, on: date) -> dict[str, Counts]:
    found: dict[str, dict[str, int]] = {}
    for name, rows in COUNTED.items():
        child = Substr("place", 1, len(path) + STEP)
        by_child = rows(Part(path, on)).order_by().annotate(child=child).values_list("child").annotate(n=Count("pk"))
        for place, number in by_child:
            found.setdefault(place, {})[name] = number
    return {place: Counts(**numbers) for place, numbers in found.items()}


def _most_urgent(node: Node, counts: Mapping[str, Counts]) -> tuple[int, int, str]:
    own = counts.get(node.path, Counts())
    return -own.without_keeper, -own.too_large, node.unit.code


def _piece(nodes: list[Node], after: str) -> Piece[Node]:
    start = min(int(after), max(0, len(nodes) - 1)) if after.isdecimal() and len(after) < 8 else 0
    some = nodes[start : start + PAGE]
    following = str(start + PAGE) if start + PAGE < len(nodes) else ""
    preceding = str(max(0, start - PAGE)) if start else ""
    return Piece(some, following, preceding)
