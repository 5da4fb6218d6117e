"""Meetings for programs, to be read: the same reach as the pages."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Self

from django.http import HttpRequest
from ninja import Query, Router

from wuli.base.clock import now
from wuli.kernel.ledger.models import Item, Status
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api.schemas import PersonRef, UnitRef
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Day, Flag, Id, Output, noted, shown
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import words as _

from .models import Attendance, Decision, Meeting, Minute, Pack
from .models.meeting import Status as MeetingStatus
from .queries import meetings as queries
from .queries import page as pages
from .queries.decisions import Action
from .queries.page import Section
from .rules.packs import Answers, Figure

router = Router(tags=[_("例会")])

When = Literal["coming", "past"]


class MeetingOut(Output):
    id: int = shown(Meeting, "id")
    title: str = shown(Meeting, "title")
    unit: UnitRef = noted(_("单位"))
    on: Day = shown(Meeting, "on")
    starts_at: datetime = shown(Meeting, "starts_at")
    ends_at: datetime = shown(Meeting, "ends_at")
    venue: str = shown(Meeting, "venue")
    link: str = shown(Meeting, "link")
    status: MeetingStatus = shown(Meeting, "status")
    chair: PersonRef = shown(Meeting, "chair")
    secretary: PersonRef = shown(Meeting, "secretary")

    @classmethod
    def of(cls, one: Meeting) -> Self:
        return cls(**_meeting(one))


class FigureOut(Output):
    """A number of the pack, as it was when the pack was made. null: nothing could be told, which is not 0."""

    metric: str = noted(_("指标编码"))
    title: str = noted(_("名称"))
    measure: str = noted(_("计量单位"))
    on: Day = noted(_("业务日期"))
    value: Decimal | None = noted(_("数值"))
    before: Decimal | None = noted(_("前一日的数值"))

    @classmethod
    def of(cls, one: Figure) -> Self:
        return cls(
            metric=one.code, title=one.title, measure=one.measure, on=one.on, value=one.value, before=one.before
        )  # fmt: skip


class AnswersOut(Output):
    """How a call had been answered."""

    round: int = noted(_("哪一期"))
    title: str = noted(_("任务"))
    on: Day = noted(_("业务日期"))
    asked: int = noted(_("须报"))
    answered: int = noted(_("已报"))
    late: int = noted(_("迟报"))
    missing: int = noted(_("未报"))

    @classmethod
    def of(cls, one: Answers) -> Self:
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class DecisionOut(Output):
    """What was decided, with its item as it stands now."""

    id: int = shown(Decision, "id")
    meeting: int = noted(_("哪次会议"))
    text: str = shown(Decision, "text")
    owner: PersonRef = noted(_("现在的责任人（个人信息）"))
    unit: UnitRef = shown(Decision, "unit")
    due_on: Day = shown(Decision, "due_on")
    item: int | None = noted(_("督办事项；null 表示您看不到这件事项"))
    status: Status = shown(Item, "status")

    @classmethod
    def of(cls, action: Action) -> Self:
        one, item = action.decision, action.decision.item
        return cls(
            id=one.pk, meeting=one.meeting_id, text=one.text, owner=PersonRef.of(item.owner), unit=UnitRef.of(one.unit),
            due_on=one.due_on, item=item.pk if action.opens else None, status=Status(item.status),
        )  # fmt: skip


class PointOut(Output):
    """A point of the agenda, with what the pack tells, what was said, what was decided."""

    key: str = noted(_("代号"))
    title: str = noted(_("议题"))
    figures: list[FigureOut] = noted(_("材料里的数"))
    answers: list[AnswersOut] = noted(_("材料里的上报情况"))
    minutes: str = shown(Minute, "text")
    decisions: list[DecisionOut] = noted(_("这次会议的决定"))

    @classmethod
    def of(cls, one: Section) -> Self:
        return cls(
            key=one.point.key, title=one.point.title, figures=[FigureOut.of(figure) for figure in one.told.figures],
            answers=[AnswersOut.of(answers) for answers in one.told.answers],
            minutes=one.minute.text if one.minute else "", decisions=[DecisionOut.of(one) for one in one.actions],
        )  # fmt: skip


class AttendanceOut(Output):
    person: PersonRef = shown(Attendance, "person")
    state: Attendance.State = shown(Attendance, "state")
    substitute: PersonRef | None = shown(Attendance, "substitute")

    @classmethod
    def of(cls, one: Attendance) -> Self:
        substitute = PersonRef.of(one.substitute) if one.substitute else None
        return cls(person=PersonRef.of(one.person), state=Attendance.State(one.state), substitute=substitute)


class MeetingDetail(MeetingOut):
    pack_made_at: datetime | None = shown(Pack, "made_at", note=_("材料取数时间；null 表示还没有材料"))
    points: list[PointOut] = noted(_("议程各项"))
    earlier: list[DecisionOut] = noted(_("以前的决定，还没办完的；材料取数后为当时没办完的"))
    attendances: list[AttendanceOut] = noted(_("参会人员"))

    @classmethod
    def told(cls, one: Meeting, page: dict[str, Any]) -> Self:
        return cls(
            **_meeting(one), pack_made_at=page["pack"].made_at if page["pack"] else None,
            points=[PointOut.of(section) for section in page["sections"]],
            earlier=[DecisionOut.of(one.action) for one in page["earlier"] if one.action],
            attendances=[AttendanceOut.of(row) for row in page["attendances"]],
        )  # fmt: skip


class Meetings(Page[MeetingOut]):
    pass


class MeetingFilters(Paging):
    when: When = noted(_("coming 还没有结束或纪要还没有确认的，先开的在前；past 已经过去的，近的在前"), "coming")
    mine: Flag = noted(_("只要本人参加的"), False)


@router.get("/meetings", response=Meetings, summary=_("会议列表"))
@needs(Perm.MEETING_ARRANGE)
def meeting_list(request: HttpRequest, filters: Query[MeetingFilters]) -> Meetings:
    user, at = actor(request), now()
    seen = queries.of_person(user.person) if filters.mine and user.person else queries.meetings_for(user)
    if filters.when == "past":
        found, order = queries.past(seen, at), queries.PAST
    else:
        found, order = queries.coming(seen, at), queries.COMING
    return Meetings(**page_of(request, found, filters, order=order, show=MeetingOut.of))


@router.get("/meetings/{id}", response=MeetingDetail, summary=_("一次会议"), description=_("连同材料的数、纪要和决定"))
@needs(Perm.MEETING_ARRANGE)
def meeting(request: HttpRequest, id: Id) -> MeetingDetail:
    found = queries.meeting_for(actor(request), id)
    return MeetingDetail.told(found, pages.page_of(found, actor(request), now()))


def _meeting(one: Meeting) -> dict[str, Any]:
    names = ("title", "on", "starts_at", "ends_at", "venue", "link")
    return {name: getattr(one, name) for name in names} | {
        "id": one.pk, "unit": UnitRef.of(one.unit), "status": MeetingStatus(one.status),
        "chair": PersonRef.of(one.chair), "secretary": PersonRef.of(one.secretary),
    }  # fmt: skip
