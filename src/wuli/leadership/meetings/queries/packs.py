"""What a pack tells: the figures of each point for the unit and day, who was silent, what is still open."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from wuli.base.clock import business_date
from wuli.base.figures import kept as remembered
from wuli.kernel.cascade.models import Round
from wuli.kernel.cascade.queries.coverage import coverage_by_child, total
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries import numbers, showing
from wuli.kernel.metrics.queries.reach import may_at
from wuli.kernel.metrics.rules.metrics import Metric, known
from wuli.kernel.metrics.rules.numbers import Number, day_before
from wuli.kernel.orgs.models import Placement, Unit, User
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.queries.units import path_on
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Meeting, Series
from ..rules import agenda
from ..rules.agenda import EVERY_CALL, Point
from ..rules.packs import NAMED, WORST, Answers, Child, Contents, Figure, Fixed, Told, may_be_told, worst_first
from . import decisions

DAYS_BACK = 7
"""A round older than this says nothing of the day."""


def day_of(meeting: Meeting) -> date:
    """The day that the figures are of."""
    return meeting.on if meeting.series.figures_of == Series.FiguresOf.SAME_DAY else day_before(meeting.on)


def contents(meeting: Meeting, at: datetime) -> Contents:
    unit, on = meeting.unit, day_of(meeting)
    told = {point.key: _told(point, unit, on, at) for point in agenda.read(meeting.agenda)}
    return Contents(told, tuple(_open(meeting)), decisions.closed_since(meeting))


def now(told: Contents, unit: Unit) -> dict[str, Number]:
    """What each figure of a pack counts at present, kept for some seconds."""
    figures = [figure for point in told.points.values() for figure in point.figures if figure.metric]
    return {
        one.code: remembered(f"meetings.{one.code}.{unit.pk}.{one.on}", partial(_count, one, unit)) for one in figures
    }


def open_to(user: User, told: Contents, unit: Unit) -> set[str]:
    """The codes whose rows `user` may open at the unit; "calls" if they may open the boards."""
    metrics = [figure.metric for point in told.points.values() for figure in point.figures if figure.metric]
    codes = {metric.code for metric in metrics if may_at(user, metric.perm, unit)}
    return codes | ({"calls"} if reach(user, Perm.CALL_VIEW).covers(unit.path) else set())


def _count(figure: Figure, unit: Unit) -> Number:
    assert figure.metric is not None
    return numbers.value(figure.metric, Part(path_on(unit, figure.on), figure.on))


def _told(point: Point, unit: Unit, on: date, at: datetime) -> Told:
    metrics = {code: metric for code, metric in known().items() if may_be_told(metric, unit)}
    figures = tuple(_figure(metrics[code], unit, on, at) for code in agenda.chosen(point, metrics))
    return Told(figures, tuple(_answers(point, unit, on)), tuple(agenda.lacking(point, metrics)))


def _figure(metric: Metric, unit: Unit, on: date, at: datetime) -> Figure:
    """Of what keeps no past and was not read that day: as it is now."""
    shown = showing.shown(metric, unit, on)
    today = business_date(at)
    if shown.value is None and not metric.keeps_past and on < today:
        on, shown = today, showing.shown(metric, unit, today)
    earlier = showing.shown(metric, unit, day_before(on)).value
    children = worst_first(metric, showing.below(metric, unit, on, ()).children)[:WORST]
    return Figure(
        metric.code, str(metric.title), str(metric.unit), unit.pk, on, shown.value, earlier,
        tuple(Child(one.unit, one.name, one.value, one.words) for one in children), metric,
    )  # fmt: skip


def _answers(point: Point, unit: Unit, on: date) -> Iterator[Answers]:
    for of in _rounds(point, unit, on):
        path = path_on(unit, of.on)
        by_child = coverage_by_child(of, path) if path else {}
        counts = total(by_child.values())
        if counts.expected:
            silent = sorted(
                ((child, one.missing) for child, one in by_child.items() if one.missing),
                key=lambda pair: (-pair[1], pair[0]),
            )
            names = dict(
                Placement.objects.on(of.on).filter(path__in=[child for child, _n in silent[:NAMED]])
                .values_list("path", "name")
            )  # fmt: skip
            yield Answers(
                of.call_id, of.pk, of.call.title, of.on, counts.expected, counts.asked, counts.answered, counts.late,
                counts.missing, tuple((names.get(child, ""), n) for child, n in silent[:NAMED]),
                max(0, len(silent) - NAMED),
            )  # fmt: skip


def _rounds(point: Point, unit: Unit, on: date) -> list[Round]:
    """The newest round up to the day, of each call that the point names, if it asks anyone here."""
    if not point.calls:
        return []
    rounds = Round.objects.filter(on__lte=on, on__gt=on - timedelta(days=DAYS_BACK))
    if EVERY_CALL not in point.calls:
        rounds = rounds.filter(call__in=[int(key) for key in point.calls if key.isdecimal()])
    newest: dict[int, Round] = {}
    asking = rounds.filter(under(unit.path, "slots__path")).distinct()
    for one in asking.select_related("call").order_by("on", "pk"):
        newest[one.call_id] = one
    return sorted(newest.values(), key=lambda one: (one.call.title, one.pk))


def _open(meeting: Meeting) -> Iterator[Fixed]:
    for one in decisions.with_last(decisions.open_of(meeting.series, but=meeting)):
        item = one.item
        followed = business_date(one.followed_at, item.unit.zone) if one.followed_at else None
        yield Fixed(
            one.pk, item.pk, one.text, item.owner.name, item.unit.name, item.due_on or one.due_on, item.status,
            item.stage, followed, (one.followed or "")[:400],
        )  # fmt: skip
