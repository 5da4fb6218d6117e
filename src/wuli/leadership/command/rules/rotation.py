"""A duty roster from a pattern: these people by turns, from a day to a day, by the clock of the unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Person

HOURS = (24, 12, 8)
"""A shift lasts a day, half a day or a third: others would not begin at the same hour each day."""
MOST_DAYS = 92
"""A quarter: nobody knows who will be there later."""


@dataclass(frozen=True)
class Pattern:
    """`first` and `last` are days, both included, on which shifts begin at `starts` and every `hours` after."""

    first: date
    last: date
    starts: time
    hours: int
    leads: Sequence[Person]
    officers: Sequence[Person]
    each: int = 1
    """How many officers are on duty at once."""


@dataclass(frozen=True)
class Planned:
    from_at: datetime
    until_at: datetime
    leads: tuple[Person, ...]
    officers: tuple[Person, ...]


def planned(pattern: Pattern, zone: str) -> list[Planned]:
    """Shifts end to end: each lasts until the next begins, also in the night when clocks are changed."""
    edges = _edges(pattern, ZoneInfo(zone))
    return [
        Planned(start, end, _turn(pattern.leads, n, 1), _turn(pattern.officers, n, pattern.each))
        for n, (start, end) in enumerate(zip(edges, edges[1:], strict=False))
    ]


def why_not_plan(pattern: Pattern, today: date) -> str | None:
    if pattern.hours not in HOURS:
        return _("每班应为 24、12 或 8 小时")
    if pattern.last < pattern.first:
        return _("结束日期应不早于开始日期")
    if pattern.first < today - timedelta(days=1):
        return _("不能给过去的日子排班")
    if (pattern.last - pattern.first).days >= MOST_DAYS:
        return _("一次最多排 %(n)d 天") % {"n": MOST_DAYS}
    if not pattern.officers:
        return _("请填写值班员")
    return _why_not_people(pattern)


def _why_not_people(pattern: Pattern) -> str | None:
    if pattern.each < 1 or pattern.each > len(set(pattern.officers)):
        return _("每班 %(each)d 名值班员，名单里只有 %(n)d 人") % {
            "each": pattern.each, "n": len(set(pattern.officers))}  # fmt: skip
    if both := set(pattern.leads) & set(pattern.officers):
        return _("%(person)s 不能既带班又值班") % {"person": min(one.name for one in both)}
    for person in (*pattern.leads, *pattern.officers):
        if not (person.is_on_roll(pattern.first) and person.is_on_roll(pattern.last)):
            return _("%(person)s 在这段时间不在册") % {"person": person.name}
    return None


def _edges(pattern: Pattern, zone: ZoneInfo) -> list[datetime]:
    """The moments at which a shift begins, and the end of the last: wall-clock times of the unit."""
    a_day = 24 // pattern.hours
    days = (pattern.last - pattern.first).days + 1
    begin = datetime.combine(pattern.first, pattern.starts)
    walls = [begin + timedelta(hours=pattern.hours * n) for n in range(days * a_day + 1)]
    return [wall.replace(tzinfo=zone) for wall in walls]


def _turn(people: Sequence[Person], n: int, each: int) -> tuple[Person, ...]:
    """Whose turn it is in the shift of that number: `each` of them, one after another."""
    if not people:
        return ()
    return tuple(people[(n * each + place) % len(people)] for place in range(each))
