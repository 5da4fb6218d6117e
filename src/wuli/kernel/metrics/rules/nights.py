"""Which days' readings are due."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from wuli.base.clock import business_date, midnight

from ..models import Reading
from .metrics import Metric

MOST_DAYS_BACK = 31
"""After an outage readings of so many days are still taken."""
LATEST = timedelta(hours=6)
"""How long after midnight what a register holds still stands for the day that ended."""
ONE_DAY = timedelta(days=1)


def days_ended(at: datetime) -> Iterator[date]:
    """The last days that have ended where the group is, the earliest first."""
    today = business_date(at)
    for back in range(MOST_DAYS_BACK, 0, -1):
        yield today - back * ONE_DAY


def may_be_read(metric: Metric, on: date, at: datetime) -> bool:
    """Whether the rows of `on` can still be counted. A register without a past must be read soon after midnight."""
    return metric.keeps_past or at < midnight(on + ONE_DAY) + LATEST


def is_nightly(metric: Metric) -> bool:
    return metric.reading == Reading.Source.NIGHTLY
