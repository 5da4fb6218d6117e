"""How often a branch holds what; which month a day belongs to; when a month is closed."""

from dataclasses import dataclass
from datetime import date

from wuli.base.clock import FOREVER

from ..models import Rhythm
from ..models.activity import Sort

SHIPPED = (
    Rhythm(
        sort=Sort.THEME_DAY, times=1, warn_day=20, close_day=5, from_date=date(2017, 1, 1), until_date=FOREVER
    ),
)  # fmt: skip
"""Theme Party days at least once a month, unless the group has said otherwise for those days."""


@dataclass(frozen=True)
class Month:
    first: date
    until: date

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    def holds(self, day: date) -> bool:
        return self.first <= day < self.until


def month_of(day: date) -> Month:
    until = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Month(day.replace(day=1), until)


def month_before(month: Month) -> Month:
    return month_of(date.fromordinal(month.first.toordinal() - 1))


def read_month(text: str, today: date) -> Month:
    """The month that "2020-02" names, never later than today's; what names none means today's."""
    try:
        named = month_of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return month_of(today)
    return min(named, month_of(today), key=lambda month: month.first)


def shipped_on(sort: str, day: date) -> Rhythm | None:
    return next((one for one in SHIPPED if one.sort == sort and one.holds_on(day)), None)


def is_closed(held_on: date, close_day: int, today: date) -> bool:
    """Whether the month of `held_on` is closed today: a change now is a correction, and says why."""
    until = month_of(held_on).until
    return today > until.replace(day=close_day)
