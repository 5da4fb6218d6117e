"""When a round is: which business dates a call has, and its hours in each unit's own zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wuli.base.clock import business_date

from ..models import Call

WEEK = timedelta(days=7)
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
    """Minutes of `call.hours` counted from where the business date begins in `zone`, by the clock on the wall there."""
    return Hours(*(_moment(on, minutes, zone) for minutes in call.hours[kind]))


def _moment(on: date, minutes: int, zone: str) -> datetime:
    days, minutes = divmod(minutes, 24 * 60)
    return datetime.combine(on + timedelta(days=days), time(minutes // 60, minutes % 60), ZoneInfo(zone))


def dates_due(call: Call, zones: list[str], at: datetime) -> Iterator[date]:
    """The business dates of `call` that have begun by `at` somewhere among `zones`, not older than a month."""
    if not zones:
        return
    opens = min(minutes for minutes, _due, _freeze in call.hours.values())
    begun = max(business_date(at - timedelta(minutes=opens), zone) for zone in zones)
    if call.cadence == Call.Cadence.ONCE:
        if call.starts_on <= begun:
            yield call.starts_on
        return
    step = WEEK if call.cadence == Call.Cadence.WEEKLY else DAY
    day = call.starts_on
    if begun - day > timedelta(days=MOST_DAYS_BACK):
        day += (begun - day - timedelta(days=MOST_DAYS_BACK)) // step * step
    while day <= begun and day < call.ends_on:
        yield day
        day += step
