"""When a round is: which business dates a call has, and its hours in each unit's own zone."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from wuli.base.clock import business_date

from ..models import Call

WEEKDAYS = (
    pgettext_lazy("weekday", "一"), pgettext_lazy("weekday", "二"), pgettext_lazy("weekday", "三"),
    pgettext_lazy("weekday", "四"), pgettext_lazy("weekday", "五"), pgettext_lazy("weekday", "六"),
    pgettext_lazy("weekday", "日"),
)  # fmt: skip
DAY = timedelta(days=1)
MOST_DAYS_BACK = 31
"""After an outage rounds of so many past days are still opened, so that their silence shows."""


@dataclass(frozen=True)
class Hours:
    """The moments of one round for one kind of unit in one zone."""

    opens_at: datetime
    due_at: datetime
    freeze_at: datetime


def hours_of(call: Call, kind: str, zone: str, on: date) -> Hours:
    """Minutes of `call.hours` counted from where the business date begins in `zone`, by the clock on the wall there.

    In the hour that a night loses in spring, half past two is later than three: nothing is due before it opens.
    """
    opens, due, freeze = (_moment(on, minutes, zone).astimezone(UTC) for minutes in call.hours[kind])
    return Hours(opens, max(opens, due), max(opens, due, freeze))


def _moment(on: date, minutes: int, zone: str) -> datetime:
    days, minutes = divmod(minutes, 24 * 60)
    return datetime.combine(on + timedelta(days=days), time(minutes // 60, minutes % 60), ZoneInfo(zone))


def dates_due(call: Call, zones: list[str], at: datetime) -> Iterator[date]:
    """The business dates of `call` that have begun by `at` somewhere among `zones`, not older than a month.

    Of working days: every day; whoever rests that day is spared when its round opens.
    """
    if not zones:
        return
    opens = min(minutes for minutes, _due, _freeze in call.hours.values())
    begun = max(business_date(at - timedelta(minutes=opens), zone) for zone in zones)
    if call.cadence == Call.Cadence.ONCE:
        if call.starts_on <= begun:
            yield call.starts_on
        return
    day = max(call.starts_on, begun - timedelta(days=MOST_DAYS_BACK))
    while day <= begun and day < call.ends_on:
        if is_asked_on(call, day):
            yield day
        day += DAY


def is_asked_on(call: Call, day: date) -> bool:
    """Whether the rhythm of `call` has that day, whoever may rest on it."""
    if call.cadence == Call.Cadence.WEEKLY:
        return day.isoweekday() in (call.days or [call.starts_on.isoweekday()])
    if call.cadence == Call.Cadence.MONTHLY:
        last = monthrange(day.year, day.month)[1]
        return day.day in {min(asked, last) for asked in call.days or [call.starts_on.day]}
    return call.cadence != Call.Cadence.ONCE or day == call.starts_on


def rhythm(call: Call) -> str:
    """How often, in words: 每天, 每周一、四, 每月 1 日."""
    if call.cadence == Call.Cadence.WEEKLY:
        days = call.days or [call.starts_on.isoweekday()]
        return _("每周%(days)s") % {"days": _("、").join(str(WEEKDAYS[day - 1]) for day in days)}
    if call.cadence == Call.Cadence.MONTHLY:
        days = call.days or [call.starts_on.day]
        return _("每月 %(days)s 日") % {"days": _("、").join(str(day) for day in days)}
    return str(call.get_cadence_display())
