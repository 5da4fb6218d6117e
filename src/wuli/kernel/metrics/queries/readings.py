"""Readings: which are due, what was fixed, and whether the rows of that day still say so."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet

from wuli.kernel.cascade.models import Figure, Round
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models import Kind, Placement, Unit, User
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.scope import NOTHING, reach
from wuli.kernel.orgs.queries.units import path_on

from ..models import Reading, ReadingQuerySet
from ..rules.metrics import Metric, known
from ..rules.nights import days_ended, is_nightly, may_be_read
from ..rules.numbers import Number, fixed
from .numbers import value

READ = (Kind.GROUP, Kind.SEGMENT, Kind.ENTERPRISE, Kind.PARTY_GROUP, Kind.PARTY_COMMITTEE)
"""Of which units readings are taken; the others are counted when somebody asks."""


def due(at: datetime) -> Iterator[tuple[date, list[Metric]]]:
    """The days that have ended with the metrics whose readings of that day have still to be taken."""
    asking = [metric for metric in known().values() if metric.reading]
    tops = list(Unit.objects.filter(parent__isnull=True))
    days = [day for day in days_ended(at) if any(top.is_open(day) for top in tops)]
    done = set(Reading.objects.filter(unit__in=tops, on__in=days).values_list("metric", "on"))
    frozen = _frozen(days)
    for day in days:
        lines = {top.line for top in tops if top.is_open(day)}
        metrics = [
            metric
            for metric in asking
            if (metric.code, day) not in done and lines & set(metric.lines) and may_be_read(metric, day, at)
            if is_nightly(metric) or day in frozen
        ]
        if metrics:
            yield day, metrics


def nodes_on(day: date) -> QuerySet[Placement]:
    """The units of which readings are taken, as they were placed that day."""
    return Placement.objects.on(day).filter(unit__kind__in=READ).select_related("unit").order_by("path")


def reading_of(metric: Metric, unit: Unit, on: date) -> Reading | None:
    return Reading.objects.of(metric.code).filter(unit=unit, on=on).first()


def readings_of(metric: Metric, units: Iterable[int], on: date) -> dict[int, Reading]:
    found = Reading.objects.of(metric.code).filter(unit__in=units, on=on)
    return {reading.unit_id: reading for reading in found}


def series(metric: Metric, unit: Unit, start: date, until: date) -> Mapping[date, Reading]:
    return {one.on: one for one in Reading.objects.of(metric.code).filter(unit=unit).between(start, until)}


def recount(reading: Reading) -> Number:
    """What the rows say today of the day of `reading`, in the tree and by the roll of that day."""
    return fixed(value(known()[reading.metric], Part(path_on(reading.unit, reading.on), reading.on)))


def restated(reading: Reading) -> bool:
    """Whether the rows of that day no longer say what was read. Of what keeps no past nobody can tell."""
    metric = known().get(reading.metric)
    return metric is not None and metric.keeps_past and recount(reading) != reading.value


def readings_for(user: User) -> ReadingQuerySet:
    """The readings that `user` may see: by the permission of each metric, of units that they reach as a whole."""
    inside = NOTHING
    for perm in sorted({metric.perm for metric in known().values()}):
        codes = [metric.code for metric in known().values() if metric.perm == perm]
        for root, _line in reach(user, perm).roots:
            inside |= Q(metric__in=codes) & under(root, "unit__path")
    return Reading.objects.filter(inside).select_related("unit")


def _frozen(days: list[date]) -> set[date]:
    """The days on which something was asked and every level has told its figure."""
    rounds = set(Round.objects.filter(on__in=days, version__isnull=False).values_list("on", flat=True))
    waiting = Figure.objects.filter(round__on__in=days, frozen_at__isnull=True).values_list("round__on", flat=True)
    return rounds - set(waiting)
