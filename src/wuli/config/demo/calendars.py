"""The house's own word on working days: provinces that returned later than the country in February 2020, works that
cannot stop over the Spring Festival, and a Saturday to come that the group works in exchange for a Monday.

The longer Spring Festival itself stands in the public calendar.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from wuli.base.clock import FOREVER, business_date
from wuli.kernel.orgs.actions import calendars
from wuli.kernel.orgs.actions.calendars import NewException
from wuli.kernel.orgs.models import Kind, Region, Unit, User

from .tree import GROUP

DAY = timedelta(days=1)
EVE, RETURN = date(2020, 1, 24), date(2020, 2, 3)
"""The first day of the Spring Festival, and the day on which the country went back to work."""
LATER = (
    ("310000", date(2020, 2, 10), date(2020, 1, 27), "上海市通知：区域内各类企业不早于 2 月 9 日 24 时复工"),
    ("320000", date(2020, 2, 10), date(2020, 1, 28), "江苏省通知：区域内各类企业不早于 2 月 9 日 24 时复工"),
    ("330000", date(2020, 2, 10), date(2020, 1, 27), "浙江省通知：区域内各类企业不早于 2 月 9 日 24 时复工"),
    ("420000", date(2020, 2, 14), date(2020, 1, 29), "湖北省通知：企业复工时间不早于 2 月 13 日 24 时"),
    ("440000", date(2020, 2, 10), date(2020, 1, 28), "广东省通知：区域内各类企业不早于 2 月 9 日 24 时复工"),
)
"""Province, the first working day, when the notice came, and what it said."""
NEVER_STOPPING = Q(name__contains="电解") | Q(name__contains="热电")
SOME = 3
SATURDAY, MONDAY = 5, 0


def fill(*, keeper: User, at: datetime) -> None:
    """`keeper` keeps the group's calendar."""
    for region, until, notice, reason in LATER:
        place = Region.objects.get(pk=region)
        rest = NewException(works=False, reason=reason, from_date=RETURN, until_date=until, region=place)
        calendars.declare(rest, by=None, at=_moment(notice))
    houses = Unit.objects.filter(NEVER_STOPPING, kind=Kind.ENTERPRISE, closed_on=FOREVER, opened_on__lt=EVE)
    for house in houses.order_by("path")[:SOME]:
        reason = "电解槽和锅炉连续运行，春节期间照常倒班"
        work = NewException(works=True, reason=reason, from_date=EVE, until_date=RETURN, unit=house)
        calendars.declare(work, by=None, at=_moment(EVE - 10 * DAY))
    _exchange(keeper, at)


def _exchange(keeper: User, at: datetime) -> None:
    group, today = Unit.objects.get(code=GROUP), business_date(at)
    soon = today + 7 * DAY
    for works, weekday, reason in (
        (True, SATURDAY, "集团通知：全级次资产盘点，周六照常上班"), (False, MONDAY, "集团通知：周六盘点后的周一补休"),
    ):  # fmt: skip
        soon += (weekday - soon.weekday()) % 7 * DAY
        day = NewException(works=works, reason=reason, from_date=soon, until_date=soon + DAY, unit=group)
        calendars.declare(day, by=keeper, at=at)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(10), ZoneInfo("Asia/Shanghai"))
