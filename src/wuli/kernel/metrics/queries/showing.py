"""What a page shows of a metric at a unit on a day: the number, what it was before, the children, the curve."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wuli.base.clock import today
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models import Placement, Unit
from wuli.kernel.orgs.queries.units import path_on

from ..models import Reading
from ..rules.addresses import page_of
from ..rules.metrics import Metric, parts_of
from ..rules.numbers import Change, Number, change, day_before, fixed, year_before
from . import numbers, readings

DAYS = 31
"""How many days a curve shows, the one looked at last."""


@dataclass(frozen=True)
class Shown:
    """A number as it stands on a page: what was read of a past day if it was, else what its rows say."""

    metric: Metric
    unit: int
    name: str
    on: date
    counted: Number
    reading: Reading | None = None
    opens: bool = True
    """Whether the reader may open it into its rows."""

    @property
    def value(self) -> Number:
        return self.reading.value if self.reading else self.counted

    @property
    def restated(self) -> bool:
        """Whether the rows have changed since the number was read."""
        return bool(self.reading and self.metric.keeps_past and fixed(self.counted) != self.reading.value)

    @property
    def words(self) -> str:
        return self.metric.words(self.value)

    @property
    def counted_words(self) -> str:
        return self.metric.words(self.counted)

    @property
    def url(self) -> str:
        return page_of(self.metric.code, self.unit, self.on) if self.opens else ""


def shown(metric: Metric, unit: Unit, on: date, *, opens: bool = True) -> Shown:
    """The number of `unit` on a day: of today and of days nobody read, counted."""
    path = path_on(unit, on)
    reading = readings.reading_of(metric, unit, on) if metric.reading and on < today() else None
    counted = numbers.value(metric, Part(path, on))
    return Shown(metric, unit.pk, unit.name, on, counted, reading, opens)


def parts(metric: Metric, unit: Unit, on: date) -> list[Shown]:
    return [shown(one, unit, on) for one in parts_of(metric)] if metric.is_ratio else []


@dataclass(frozen=True)
class Below:
    """The children that a unit had that day, and what hung on the unit itself, under none of them."""

    children: list[Shown]
    direct: Number


def below(metric: Metric, unit: Unit, on: date, reachable: Iterable[int]) -> Below:
    """By the names of that day, each with its number: of past days what was read, where it was."""
    path = path_on(unit, on)
    told, counted = numbers.is_told(metric, path, on), numbers.by_child(metric, path, on)
    placed = list(_children(unit, on))
    read = readings.readings_of(metric, [one.unit_id for one in placed], on) if on < today() else {}
    nothing, open_to = numbers.nothing_of(metric) if told else None, set(reachable)
    children = [
        Shown(
            metric, one.unit_id, one.name, on, counted.get(one.path, nothing), read.get(one.unit_id),
            one.unit_id in open_to,
        )
        for one in placed
    ]  # fmt: skip
    return Below(children, None if metric.is_ratio else counted.get(path))


@dataclass(frozen=True)
class Beside:
    """The number of an earlier day beside the one shown."""

    on: date
    change: Change
    url: str


def beside(now: Shown, unit: Unit) -> tuple[Beside, Beside]:
    """The day before, and the same day of the year before."""
    return _beside(now, unit, day_before(now.on)), _beside(now, unit, year_before(now.on))


def days(metric: Metric, unit: Unit, until: date) -> Sequence[tuple[date, Reading | None]]:
    """What was read on each of the last days before `until`; None where nobody read."""
    start = until - timedelta(days=DAYS)
    found = readings.series(metric, unit, start, until)
    return [(day, found.get(day)) for day in (start + timedelta(days=n) for n in range(DAYS))]


def _beside(now: Shown, unit: Unit, on: date) -> Beside:
    reading = readings.reading_of(now.metric, unit, on) if now.metric.reading else None
    then = reading.value if reading else numbers.value(now.metric, Part(path_on(unit, on), on))
    return Beside(on, change(now.value, then), page_of(now.metric.code, unit.pk, on))


def _children(unit: Unit, on: date) -> Iterable[Placement]:
    return Placement.objects.on(on).filter(parent=unit).order_by("unit__kind", "unit__code", "pk")
