"""What the group's meetings have been: the daily epidemic meeting since 27 January 2020 and the operations meeting.

Of both there are two days of the campaign with their minutes, and what was decided in the last days; the tick plans
those to come.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wuli.base.clock import business_date
from wuli.kernel.ledger.actions import following, items
from wuli.kernel.orgs.models import Kind, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.meetings.actions import attendance, decisions, meetings, minutes, packs, series
from wuli.leadership.meetings.actions.attendance import Mark
from wuli.leadership.meetings.actions.decisions import NewDecision
from wuli.leadership.meetings.actions.planning import plan_ahead
from wuli.leadership.meetings.actions.series import NewSeries, Place, Plan
from wuli.leadership.meetings.models import Attendance, Meeting, Series

from .tree import GROUP

BEGAN = date(2020, 1, 27)
DAY = timedelta(days=1)
DAYS_BACK = {Series.Kind.EPIDEMIC: (2, 1), Series.Kind.DISPATCH: (1,)}
"""The last meetings of each. Yesterday's minutes still wait to be confirmed."""
SAID = {
    "coverage": "除境外项目外均已按时上报。未报单位会后逐家电话核实，不得以节假日为由迟报。",
    "people": "湖北返岗人员逐人建账、定人跟踪，未满十四天的一律不得上岗。",
    "output": "主导产品生产线连续运转。运输受限的企业先保电解槽和炉窑，成品就地入库。",
    "stock": "氧化铝库存可用天数低于七天的企业，由板块统筹调剂。",
    "projects": "重点项目春节以来未停工，现场实行封闭管理。",
    "supplies": "口罩优先保一线班组，总部和机关减半发放。",
    "matters": "以下事项会后即办，次日会上报进展。",
}
DECIDED = (
    ("逐家核实未报单位，说明原因并补报", 1, "daily"),
    ("统筹调剂氧化铝库存，保证七天用量", 3, "daily"),
    ("排查返岗人员行程，未满十四天的安排隔离", 2, "daily"),
    ("落实一线班组口罩，每人每天不少于两只", 5, "none"),
)
ABSENT = ("外出检查", "参加地方防疫会议", "隔离观察")


@dataclass(frozen=True)
class _House:
    group: Unit
    heads: list[Posting]
    """Heads of enterprises who were there from the beginning and have an account to answer with."""
    chair: User
    keeper: User
    at: datetime


def fill(*, chair: User, keeper: User, at: datetime) -> None:
    """`chair` has the duty desk of the group, `keeper` keeps the minutes there."""
    group = Unit.objects.get(code=GROUP)
    house = _House(group, _heads(business_date(at)), chair, keeper, at)
    for kind, title, starts_at in (
        (Series.Kind.EPIDEMIC, "集团疫情防控例会", time(16, 30)),
        (Series.Kind.DISPATCH, "集团生产运营调度会", time(8, 30)),
    ):  # fmt: skip
        one = _begin(house, kind, title, starts_at)
        for n in range(2):
            _hold(house, one, BEGAN + (7 + n) * DAY, done=True)
        for back in DAYS_BACK[kind]:
            _hold(house, one, business_date(at) - back * DAY, done=False)
        plan_ahead(one, at=at)


def _heads(today: date) -> list[Posting]:
    there = Posting.objects.on(today).filter(
        duty=Duty.HEAD, unit__kind=Kind.ENTERPRISE, person__account__isnull=False, from_date__lte=BEGAN,
        person__on_roll_from__lte=BEGAN, unit__opened_on__lte=BEGAN,
    )  # fmt: skip
    return list(there.select_related("person__unit", "unit").order_by("unit__path", "pk"))


def _begin(house: _House, kind: str, title: str, starts_at: time) -> Series:
    """At the campaign's beginning, so that its week can be planned as it was then."""
    assert house.chair.person
    assert house.keeper.person
    plan = Plan(
        title=title, cadence=Series.Cadence.DAILY, starts_at=starts_at, minutes=45, chair=house.chair.person,
        secretary=house.keeper.person, starts_on=BEGAN, place="集团总部 301 会议室", link="https://meet.example/301",
        figures_of="same" if kind == Series.Kind.EPIDEMIC else "before",
    )  # fmt: skip
    places = [Place(duty=Duty.HEAD, unit=house.group, kind=Kind.SEGMENT), Place(duty=Duty.DEPUTY, unit=house.group)]
    new = NewSeries(house.group, kind, plan, places=places)
    return series.begin(new, by=None, at=_moment(BEGAN, time(7)))


def _hold(house: _House, of: Series, day: date, *, done: bool) -> None:
    """One meeting from its planning to its confirmed minutes, at the hours it would have had."""
    plan_ahead(of, at=_moment(day, time(6)))
    meeting = Meeting.objects.get(series=of, stands_for=day)
    begins = meeting.starts_at
    packs.make(meeting=meeting, by=house.keeper, at=begins - timedelta(hours=1))
    meeting = meetings.open_meeting(meeting=meeting, by=house.keeper, at=begins)
    _call_roll(house, meeting, begins)
    for number, one in enumerate(meeting.agenda):
        if text := SAID.get(one["key"]):
            at = begins + timedelta(minutes=4 * number)
            minutes.write_point(
                meeting=meeting, point=one["key"], text=text, step=0, hand="demo", by=house.keeper, at=at
            )  # fmt: skip
    _decide(house, meeting, begins + timedelta(minutes=40), done=done)
    meetings.hand_in(meeting=meeting, by=house.keeper, at=begins + timedelta(minutes=50))
    if done or day < business_date(house.at) - DAY:
        meetings.confirm(meeting=meeting, by=house.chair, at=begins + timedelta(minutes=80))


def _call_roll(house: _House, meeting: Meeting, at: datetime) -> None:
    marks = {
        one.pk: Mark(Attendance.State.ABSENT, ABSENT[n % len(ABSENT)]) if n % 7 == 6 else Mark(Attendance.State.PRESENT)
        for n, one in enumerate(meeting.attendances.order_by("pk"))
    }
    attendance.call_roll(meeting=meeting, marks=marks, by=house.keeper, at=at)


def _decide(house: _House, meeting: Meeting, at: datetime, *, done: bool) -> None:
    """Two decisions a meeting, in turn over the segments; in the campaign's week they were done in time."""
    day = meeting.on.toordinal()
    for n in range(2):
        text, days, cadence = DECIDED[(day + 2 * n + (meeting.series.kind == "dispatch")) % len(DECIDED)]
        head = house.heads[(day + n) % len(house.heads)]
        new = NewDecision(
            text, meeting.on + days * DAY, owner=head.person, unit=head.unit, cadence=cadence, point="matters",
            second=house.keeper.person if n else None,
        )  # fmt: skip
        made = decisions.decide(new, meeting=meeting, key=f"demo{n}", by=house.keeper, at=at)
        owner = User.objects.select_related("person").get(person=head.person)
        if done:
            later = at + timedelta(hours=20)
            items.ask_to_close(item=made.item, text="已办结，情况附后。", by=owner, at=later)
            items.close(item=made.item, by=house.chair, at=later + timedelta(hours=2))
        elif n == 0:
            following.follow_up(item=made.item, text="正在办理，已联系有关企业。", by=owner, at=at + timedelta(hours=3))


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo("Asia/Shanghai"))
