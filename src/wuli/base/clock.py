"""Dates as the group counts them. The clock is read at the door and passed inwards as `at=` or `on=`."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils import timezone

FOREVER = date(9999, 12, 31)
"""The end of a period that has none. Periods are half-open: `start <= day < until`."""


def now() -> datetime:
    return timezone.now()


def business_date(at: datetime, zone: str | None = None) -> date:
    """The date on which `at` falls where the unit is (default: the group's own zone)."""
    return at.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()


def today(zone: str | None = None) -> date:
    return business_date(now(), zone)


def midnight(day: date) -> datetime:
    """The moment at which `day` begins for the group."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def is_zone(name: str) -> bool:
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    """All names of zones, read once: looking them up walks through hundreds of files."""
    return frozenset(available_timezones())


def day_before(day: date) -> date:
    return day - timedelta(days=1)
