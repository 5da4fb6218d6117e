"""Meetings are made ahead by the tick, and by hand. Done twice it does no harm; what an outage let pass stays past."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.queries.items import FARTHEST_AHEAD
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.calendars import WorkCalendar
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Meeting, Series
from ..models.meeting import Status
from ..queries.rhythm import calendar_at, days_ahead, horizon
from ..rules.series import why_not_extra
from ..rules.times import DAY, moments, span
from . import inviting, telling

AT_ONCE = 500


@dataclass(frozen=True)
class Extra:
    """A meeting by hand: when, and what of the series is otherwise this time."""

    on: date
    starts_at: time
    minutes: int
    title: str = ""
    place: str = ""
    link: str = ""


def make_due(*, at: datetime) -> int:
    """Make the meetings of the coming days, ask who holds the duties today, end those of closed units."""
    until = horizon(at)
    behind = Q(planned_to__isnull=True) | Q(planned_to__lt=until)
    going = Series.objects.going(business_date(at) - 2 * DAY).filter(behind, starts_on__lte=until)
    going = going.exclude(cadence=Series.Cadence.ON_CALL).order_by("pk")[:AT_ONCE]
    calendar = calendar_at(at)
    made = sum(plan_ahead(series, at=at, calendar=calendar) for series in going)
    return made + _ask_anew(at) + _cancel_of_closed(at) + _end_of_closed(at)


@transaction.atomic
def plan_ahead(series: Series, *, at: datetime, calendar: WorkCalendar | None = None) -> int:
    """Make what the rhythm asks for in the coming days and is not there yet."""
    series = _held(series)
    there = set(series.meetings.filter(stands_for__isnull=False).values_list("stands_for", flat=True))
    days = [day for day in days_ahead(series, at, calendar or calendar_at(at)) if day not in there]
    made = [_make(series, day, at) for day in days]
    journal.record_all((journal.Entry("meeting.planned", one, series.unit) for one in made), at=at)
    series.planned_to = horizon(at)
    series.save(update_fields=["planned_to"])
    return len(made)


@transaction.atomic
def call_extra(*, series: Series, extra: Extra, by: User, at: datetime) -> Meeting:
    """Hold one more, outside the rhythm, and tell everyone. Raises Refused."""
    series = (
        Series.objects.select_for_update(of=("self",)).select_related("unit", "chair", "secretary").get(pk=series.pk)
    )
    if not may(by, Perm.MEETING_ARRANGE, series.unit):
        raise Refused(_("您没有在%(unit)s安排会议的职责") % {"unit": series.unit.name}, code="beyond_reach")
    starts_at, ends_at = span(extra.on, extra.starts_at, extra.minutes, series.unit.zone)
    if why_not := why_not_extra(series, extra.on, business_date(at, series.unit.zone)):
        raise Refused(why_not, field="on")
    if starts_at <= at:
        raise Refused(_("开始时间已经过去，请选以后的时间"), field="starts_at")
    meeting = Meeting.objects.create(
        **_like(series) | {"title": extra.title or series.title}, on=extra.on, starts_at=starts_at, ends_at=ends_at,
        venue=extra.place or series.place, link=extra.link or series.link, touched=True,
    )  # fmt: skip
    inviting.invite(meeting, at=at)
    journal.record("meeting.called", subject=meeting, unit=series.unit, by=by, at=at)
    telling.tell_called(meeting, by=by, at=at)
    return meeting


def drop(series: Series, *, at: datetime) -> int:
    """Forget plans that only follow the series, so that they can be made anew as it is now."""
    ahead = series.meetings.untouched().filter(starts_at__gt=at)
    count = ahead.count()
    ahead.delete()
    return count


def _held(series: Series) -> Series:
    rows = Series.objects.select_for_update(of=("self",)).select_related("unit", "chair", "secretary")
    return rows.get(pk=series.pk)


def _make(series: Series, day: date, at: datetime) -> Meeting:
    starts_at, ends_at = moments(series, day)
    meeting = Meeting.objects.create(
        **_like(series), stands_for=day, on=day, starts_at=starts_at, ends_at=ends_at, venue=series.place,
        link=series.link,
    )  # fmt: skip
    inviting.invite(meeting, at=at)
    return meeting


def _like(series: Series) -> dict[str, object]:
    return {
        "series": series, "title": series.title, "chair": series.chair, "secretary": series.secretary,
        "agenda": series.agenda, "sequence": series.edition,
    }  # fmt: skip


def _ask_anew(at: datetime) -> int:
    """On the day of a meeting, once: whoever holds the duties then."""
    latest = business_date(at, FARTHEST_AHEAD)
    near = Meeting.objects.planned().filter(on__gte=latest - 2 * DAY, on__lte=latest, ends_at__gt=at)
    stale = near.filter(Q(invited_on__isnull=True) | Q(invited_on__lt=F("on"))).select_related("series__unit")
    due = [one for one in stale.order_by("pk")[:AT_ONCE] if one.today(at) >= one.on]
    for meeting in due:
        with transaction.atomic():
            held = Meeting.objects.select_for_update(of=("self",)).select_related("series__unit", "chair", "secretary")
            inviting.invite(held.get(pk=meeting.pk), at=at)
    return len(due)


@transaction.atomic
def _cancel_of_closed(at: datetime) -> int:
    """Plans of units that are no more: cancelled with that as the reason."""
    day = business_date(at)
    rows = Meeting.objects.planned().filter(series__unit__closed_on__lte=F("on"), starts_at__gt=at)
    closing = rows.select_for_update(of=("self",)).select_related("series__unit", "chair", "secretary").order_by("pk")
    gone = [one for one in closing[:AT_ONCE] if one.unit.closed_on <= day]
    for meeting in gone:
        cancel(meeting, _("单位已关闭"), by=None, at=at)
    return len(gone)


@transaction.atomic
def _end_of_closed(at: datetime) -> int:
    """A unit that is no more holds no meetings: its series end with it."""
    day = business_date(at)
    rows = Series.objects.going(day).filter(unit__closed_on__lte=day).select_for_update(of=("self",))
    gone = list(rows.select_related("unit").order_by("pk")[:AT_ONCE])
    for series in gone:
        series.ends_on, series.edition = max(series.unit.closed_on, series.starts_on), series.edition + 1
        series.changed_by, series.changed_at = None, at
        series.save(update_fields=["ends_on", "edition", "changed_by", "changed_at"])
        changes = {"ends_on": [None, str(series.ends_on)]}
        reason = _("单位已关闭")
        journal.record("series.ended", subject=series, unit=series.unit, changes=changes, reason=reason, at=at)
    return len(gone)


def cancel(meeting: Meeting, reason: str, *, by: User | None, at: datetime) -> None:
    """Inside the caller's transaction, with the meeting locked."""
    meeting.status, meeting.cancelled_reason = Status.CANCELLED, reason.strip()
    meeting.sequence += 1
    meeting.save(update_fields=["status", "cancelled_reason", "sequence"])
    journal.record("meeting.cancelled", subject=meeting, unit=meeting.unit, reason=reason, by=by, at=at)
    telling.tell_cancelled(meeting, by=by, at=at)
