"""Who was in time for whom: over some business dates of a call, each level against its own due time and against the
hour at which each level above fixed its figure.

A cell counts the expected answers of one kind of unit, without the exempt, whose moment has passed: *in time* at or
before the moment, *late* after it, *missing* not at all. The three add up. Its median is the minutes from the moment to
the first answer, so negative is early; who is missing has none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Q

from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.unit import Kind, under, way_to

from ..models import Call, Figure, Review, Slot

DUE = "due"
"""The column of a level's own due time; the others are named by the kind that fixes its figure."""
MOST_DAYS = 31
WORST = 100
BOTTOM_UP = list(reversed(Kind.values))
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Span:
    """The business dates that are looked at, both included, of a unit with all below it; what is due by `at` counts."""

    call: Call
    unit: Unit
    first: date
    last: date
    at: datetime


@dataclass
class Cell:
    in_time: int = 0
    missing: int = 0
    minutes: list[int] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return len(self.minutes) + self.missing

    @property
    def late(self) -> int:
        return len(self.minutes) - self.in_time

    @property
    def median(self) -> int | None:
        return round(median(self.minutes)) if self.minutes else None

    @property
    def in_time_percent(self) -> float:
        return 100 * self.in_time / self.asked

    @property
    def late_percent(self) -> float:
        return 100 * self.late / self.asked

    @property
    def missing_percent(self) -> float:
        return 100 * self.missing / self.asked

    def add(self, answered: datetime | None, moment: datetime) -> None:
        if answered is None:
            self.missing += 1
            return
        self.in_time += answered <= moment
        self.minutes.append((answered - moment) // MINUTE)


@dataclass(frozen=True)
class Reviewed:
    """How long the level above took to look at answers of one kind."""

    count: int
    median: int


@dataclass(frozen=True)
class Matrix:
    """`rows` from the bottom up: a kind, its cell for each of `columns` (None: nobody waits there), its reviews."""

    columns: list[str]
    rows: list[tuple[str, list[Cell | None], Reviewed | None]]


@dataclass(frozen=True)
class _Expected:
    kind: str
    unit: int
    path: str
    round: int
    due_at: datetime
    answered: datetime | None


def matrix(span: Span) -> Matrix:
    cells: dict[tuple[str, str], Cell] = defaultdict(Cell)
    for one, column, moment in _moments(span):
        cells[one.kind, column].add(one.answered, moment)
    asked = [kind for kind in BOTTOM_UP if (kind, DUE) in cells]
    waiting = [kind for kind in BOTTOM_UP if any((row, kind) in cells for row in asked)]
    columns, reviewed = [DUE, *waiting], _reviewed(span)
    return Matrix(columns, [(row, [cells.get((row, one)) for one in columns], reviewed.get(row)) for row in asked])


def worst(span: Span, row: str, column: str) -> list[tuple[Unit, Cell]]:
    """The units behind one cell, those who were most often late or missing first; at most `WORST`."""
    cells: dict[int, Cell] = defaultdict(Cell)
    for one, of, moment in _moments(span, kind=row):
        if of == column:
            cells[one.unit].add(one.answered, moment)
    ordered = sorted(cells.items(), key=lambda pair: (pair[1].in_time - pair[1].asked, pair[0]))[:WORST]
    units = Unit.objects.in_bulk([unit for unit, _cell in ordered])
    return [(units[unit], cell) for unit, cell in ordered]


def _moments(span: Span, kind: str = "") -> Iterator[tuple[_Expected, str, datetime]]:
    """Each expected answer with each moment by which somebody waited for it; those to come are left out."""
    fixed = _fixed(span)
    for one in _expected(span, kind):
        moments = {DUE: one.due_at}
        for step in way_to(one.path)[:-1]:  # the nearest of a kind is the last on the way down
            moments |= fixed.get((one.round, step), {})
        for column, moment in moments.items():
            if moment <= span.at:
                yield one, column, moment


def _expected(span: Span, kind: str) -> Iterable[_Expected]:
    slots = Slot.objects.filter(_inside(span, ""), round__call=span.call, round__on__range=(span.first, span.last))
    slots = slots.filter(kind=kind) if kind else slots
    asked = slots.exclude(state=Slot.State.EXEMPT).order_by()
    rows = asked.values_list("kind", "unit", "path", "round", "due_at", "replied_at")
    return (_Expected(*row) for row in rows.iterator(5000))


def _fixed(span: Span) -> dict[tuple[int, str], dict[str, datetime]]:
    """By round and path: the kind of the level there, and when its figure is fixed."""
    figures = Figure.objects.filter(round__call=span.call, round__on__range=(span.first, span.last)).order_by()
    rows = figures.values_list("round", "path", "unit__kind", "freeze_at")
    return {(of, path): {kind: moment} for of, path, kind, moment in rows}


def _reviewed(span: Span) -> dict[str, Reviewed]:
    minutes: dict[str, list[int]] = defaultdict(list)
    slot = "reply__slot__"
    period = {f"{slot}round__call": span.call, f"{slot}round__on__range": (span.first, span.last)}
    found = Review.objects.filter(_inside(span, slot), **period).order_by()
    for kind, filed, reviewed in found.values_list(f"{slot}kind", "reply__at", "at").iterator(5000):
        minutes[kind].append((reviewed - filed) // MINUTE)
    return {kind: Reviewed(len(some), round(median(some))) for kind, some in minutes.items()}


def _inside(span: Span, to: str) -> Q:
    """At and below the unit, wherever it hung on each date."""
    inside = Q(pk__in=[])
    hung = span.unit.placements.filter(from_date__lte=span.last, until_date__gt=span.first)
    for path, start, until in hung.values_list("path", "from_date", "until_date").order_by("from_date"):
        inside |= under(path, f"{to}path") & Q(**{f"{to}round__on__gte": start, f"{to}round__on__lt": until})
    return inside
