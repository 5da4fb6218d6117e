"""On which days a series meets, and from when until when."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..models import Series

DAY = timedelta(days=1)
AHEAD = 7
"""Days for which meetings are made ahead, wherever on earth."""
OPENS_BEFORE = timedelta(hours=2)
OPENS_AFTER = timedelta(days=3)
PACK_BEFORE = timedelta(hours=1)


def meets_on(series: Series, day: date, rests: Callable[[], object]) -> bool:
    """Whether its rhythm asks for a meeting; `rests` tells whether the unit does not work that day, if it matters."""
    if not series.starts_on <= day < series.ends_on:
        return False
    match Series.Cadence(series.cadence):
        case Series.Cadence.DAILY:
            return True
        case Series.Cadence.WORKDAYS:
            return not rests()
        case Series.Cadence.WEEKLY:
            return day.weekday() in series.weekdays
        case Series.Cadence.ON_CALL:
            return False


def moments(series: Series, day: date) -> tuple[datetime, datetime]:
    return span(day, series.starts_at, series.minutes, series.unit.zone)


def span(day: date, starts_at: time, minutes: int, zone: str) -> tuple[datetime, datetime]:
    """From when until when, by the clock on the wall in `zone`; a day on which clocks change makes it no longer."""
    begins = datetime.combine(day, starts_at, ZoneInfo(zone))
    return begins, datetime.fromtimestamp(begins.timestamp() + minutes * 60, ZoneInfo(zone))
