"""A series begins, changes for meetings to come, and ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Seat, Series
from ..rules import agenda as points_of
from ..rules.agenda import Point
from ..rules.series import why_not_end, why_not_over, why_not_series
from . import planning

MOST_SEATS = 100


@dataclass(frozen=True)
class Plan:
    """When, where and with whom a series meets. `ends_on` is the first day without it."""

    title: str
    cadence: str
    starts_at: time
    minutes: int
    chair: Person
    secretary: Person
    starts_on: date
    ends_on: date = FOREVER
    weekdays: Sequence[int] = ()
    place: str = ""
    link: str = ""
    figures_of: str = Series.FiguresOf.DAY_BEFORE


@dataclass(frozen=True)
class Place:
    """A seat: for a person, for whoever holds `duty` at `unit` or at all units of `kind` below it, or for the leading
    group of `unit`."""

    person: Person | None = None
    duty: str = ""
    unit: Unit | None = None
    kind: str = ""
    leading_group: bool = False


@dataclass(frozen=True)
class NewSeries:
    unit: Unit
    kind: str
    plan: Plan
    agenda: Sequence[Point] = ()
    """Empty: the one that is shipped for the kind."""
    places: Sequence[Place] = field(default_factory=tuple)


@transaction.atomic
def begin(new: NewSeries, *, by: User | None, at: datetime) -> Series:
    """Begin a series and plan its first meetings. Raises Refused."""
    _refuse_beyond_reach(by, new.unit)
    _refuse_plan(new.plan, new.unit, business_date(at, new.unit.zone), starts_anew=True)
    points = list(new.agenda) or points_of.template_for(new.kind)
    refuse(points_of.why_not_agenda(points))
    series = Series(
        unit=new.unit, kind=new.kind, agenda=points_of.written(points), changed_by=by, changed_at=at,
        **vars(new.plan) | {"weekdays": sorted(new.plan.weekdays)},
    )  # fmt: skip
    _save(series, force_insert=True)
    _seat(series, new.places)
    seats = series.seats.select_related("person", "unit").order_by("pk")
    changes = {"seats": [None, [str(seat) for seat in seats]]}
    journal.record("series.begun", subject=series, unit=series.unit, changes=changes, by=by, at=at)
    planning.plan_ahead(series, at=at)
    return series


@transaction.atomic
def change(*, series: Series, plan: Plan, by: User, at: datetime, seen: int | None = None) -> Series:
    """From the next meeting on it is as `plan` says; meetings that somebody arranged by hand stay. Raises Refused.

    `seen` is the edition that whoever asks has looked at: nobody undoes what another has just changed.
    """
    series = _held(series, by)
    refuse(why_not_over(series, seen))
    _refuse_plan(plan, series.unit, business_date(at, series.unit.zone), starts_anew=False)
    told = vars(plan) | {"weekdays": sorted(plan.weekdays)}
    changes = {name: [_word(getattr(series, name)), _word(value)] for name, value in told.items()
               if getattr(series, name) != value}  # fmt: skip
    _change(series, "series.changed", told, changes, by=by, at=at)
    return series


@transaction.atomic
def set_agenda(
    *, series: Series, points: Sequence[Point], by: User, at: datetime, seen: int | None = None
) -> Series:  # fmt: skip
    """Other points, for meetings to come. Raises Refused, also where another has changed the series since `seen`."""
    series = _held(series, by)
    refuse(why_not_over(series, seen) or points_of.why_not_agenda(points))
    changes = {"points": [[one["title"] for one in series.agenda], [point.title for point in points]]}
    _change(series, "series.agenda_set", {"agenda": points_of.written(points)}, changes, by=by, at=at)
    return series


@transaction.atomic
def add_seats(*, series: Series, places: Sequence[Place], by: User, at: datetime) -> Series:
    """Ask more people or duties, from the next meeting on. Raises Refused."""
    series = _held(series, by)
    _seat(series, places)
    changes = {"seats": [None, [_place_words(one) for one in places]]}
    _change(series, "series.seated", {}, changes, by=by, at=at)
    return series


@transaction.atomic
def remove_seat(*, series: Series, seat: Seat, by: User, at: datetime) -> Series:
    """Ask them no more, from the next meeting on. Raises Refused."""
    series = _held(series, by)
    words = str(seat)
    series.seats.filter(pk=seat.pk).delete()
    _change(series, "series.seated", {}, {"seats": [[words], None]}, by=by, at=at)
    return series


@transaction.atomic
def end(*, series: Series, by: User, at: datetime, reason: str) -> Series:
    """No more meetings from now on; those that nobody touched are dropped. Raises Refused."""
    series = _held(series, by)
    today = business_date(at, series.unit.zone)
    refuse(why_not_end(series, today))
    ends_on = max(today, series.starts_on)
    series.ends_on, series.changed_by, series.changed_at = ends_on, by, at
    series.edition += 1
    series.save(update_fields=["ends_on", "changed_by", "changed_at", "edition"])
    changes = {"ends_on": [None, str(ends_on)], "dropped": [None, planning.drop(series, at=at)]}
    journal.record("series.ended", subject=series, unit=series.unit, changes=changes, reason=reason, by=by, at=at)
    return series


def _change(
    series: Series, verb: str, values: dict[str, Any], changes: dict[str, Any], *, by: User, at: datetime
) -> None:  # fmt: skip
    told = values | {"changed_by": by, "changed_at": at, "edition": series.edition + 1}
    for name, value in told.items():
        setattr(series, name, value)
    _save(series, update_fields=list(told))
    changes["dropped"] = [None, planning.drop(series, at=at)]
    journal.record(verb, subject=series, unit=series.unit, changes=changes, by=by, at=at)
    planning.plan_ahead(series, at=at)


def _held(series: Series, by: User) -> Series:
    rows = Series.objects.select_for_update(of=("self",)).select_related("unit", "chair", "secretary", "changed_by")
    held = rows.get(pk=series.pk)
    _refuse_beyond_reach(by, held.unit)
    return held


def _save(series: Series, **how: Any) -> None:
    try:
        with transaction.atomic():
            series.save(**how)
    except IntegrityError as twice:
        if Series.objects.filter(unit=series.unit, title=series.title, ends_on=FOREVER).exclude(pk=series.pk).exists():
            raise Refused(
                _("%(unit)s已有名为“%(title)s”的例会") % {"unit": series.unit.name, "title": series.title},
                field="title",
            ) from twice
        raise


def _seat(series: Series, places: Iterable[Place]) -> None:
    places = list(places)
    if series.seats.count() + len(places) > MOST_SEATS:
        raise Refused(_("参会人和职责最多 %(most)d 条") % {"most": MOST_SEATS})
    for place in places:
        if place.unit and not place.unit.is_under(series.unit):
            raise Refused(_("%(unit)s不在%(of)s之下") % {"unit": place.unit.name, "of": series.unit.name}, field="unit")
        Seat.objects.get_or_create(series=series, **vars(place))


def _place_words(place: Place) -> str:
    return str(Seat(**vars(place)))


def _refuse_plan(plan: Plan, unit: Unit, today: date, *, starts_anew: bool) -> None:
    if why_not := why_not_series(unit=unit, today=today, starts_anew=starts_anew, **{
        name: getattr(plan, name) for name in ("cadence", "weekdays", "starts_on", "ends_on", "chair", "secretary",
                                               "link", "minutes")}):  # fmt: skip
        raise Refused(why_not[1], field=why_not[0])


def _refuse_beyond_reach(by: User | None, unit: Unit) -> None:
    if by and not may(by, Perm.MEETING_ARRANGE, unit):
        raise Refused(_("您没有在%(unit)s安排会议的职责") % {"unit": unit.name}, code="beyond_reach", field="unit")


def _word(value: Any) -> str:
    return str(value)
