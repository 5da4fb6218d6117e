"""The days for which a series has meetings to make."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from wuli.base.clock import business_date
from wuli.kernel.ledger.queries.items import FARTHEST_AHEAD
from wuli.kernel.orgs.queries.calendars import WorkCalendar

from ..models import Series
from ..rules.times import AHEAD, DAY, meets_on, moments


def horizon(at: datetime) -> date:
    """Through which day meetings are made: the same everywhere, so that one date tells whether it has been done."""
    return business_date(at, FARTHEST_AHEAD) + AHEAD * DAY


def days_ahead(series: Series, at: datetime, calendar: WorkCalendar) -> Iterator[date]:
    """The days of the rhythm whose meeting has not begun by `at`: those that an outage let pass are not made up for."""
    day = business_date(at, series.unit.zone)
    while day <= horizon(at):
        rests = partial(calendar.why_rests, series.unit.path, day)
        if series.unit.is_open(day) and moments(series, day)[0] > at and meets_on(series, day, rests):
            yield day
        day += DAY


def calendar_at(at: datetime) -> WorkCalendar:
    """Of the days for which meetings are made now."""
    return WorkCalendar(business_date(at) - DAY, horizon(at))
