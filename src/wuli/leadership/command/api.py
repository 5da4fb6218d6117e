"""Responses and duty for programs, to be read: the same reach as the pages."""

from datetime import datetime
from typing import Self

from django.http import HttpRequest
from ninja import Query, Router

from wuli.base.clock import now, today
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api.schemas import OfUnit, PersonRef, UnitRef
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Day, Flag, Id, Output, given, noted, shown
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import words as _

from .models import DutyDesk, LeadingGroup, Level, LevelChange, Member, Response, Shift, Turn
from .queries import duty, extents, groups, presence, responses
from .queries.duty import Desk
from .queries.presence import Roll
from .queries.shares import Share, whole

router = Router(tags=[_("应急响应和值班")])


class ResponseOut(Output):
    id: int = shown(Response, "id")
    kind: Response.Kind = shown(Response, "kind")
    title: str = shown(Response, "title")
    issuer: UnitRef = shown(Response, "issuer")
    level: int = noted(_("级别，1 最重，4 最轻"))
    status: Response.Status = shown(Response, "status")
    measures: str = shown(Response, "measures")
    activated_at: datetime = shown(Response, "activated_at")
    stood_down_at: datetime | None = shown(Response, "stood_down_at")

    @classmethod
    def of(cls, one: Response) -> Self:
        return cls(
            id=one.pk, kind=Response.Kind(one.kind), title=one.title, issuer=UnitRef.of(one.issuer), level=one.level,
            status=Response.Status(one.status), measures=one.measures, activated_at=one.activated_at,
            stood_down_at=one.stood_down_at,
        )  # fmt: skip


class LevelOut(Output):
    level: int = noted(_("级别"))
    at: datetime = noted(_("时间"))
    reason: str = shown(LevelChange, "reason")


class ShareOut(Output):
    expected: int = noted(_("应成立领导小组的单位"))
    there: int = noted(_("已成立"))
    missing: int = noted(_("还没有成立"))

    @classmethod
    def of(cls, one: Share) -> Self:
        return cls(expected=one.expected, there=one.there, missing=one.missing)


class RollOut(Output):
    """expected = at_post + remote + on_way + away + unstated. Who has not said is neither here nor away."""

    expected: int = noted(_("应到岗"))
    at_post: int = noted(_("在岗"))
    remote: int = noted(_("远程办公"))
    on_way: int = noted(_("返岗途中"))
    away: int = noted(_("未返岗"))
    unstated: int = noted(_("未报"))

    @classmethod
    def of(cls, one: Roll) -> Self:
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class ResponseDetail(ResponseOut):
    """A response. What stands inside is null for those whom it only reaches."""

    basis: str = shown(Response, "basis")
    roots: list[UnitRef] = noted(_("范围"))
    holes: list[UnitRef] = noted(_("范围内已移出的单位"))
    levels: list[LevelOut] = noted(_("级别变化，近的在前"))
    groups: ShareOut | None = noted(_("领导小组；null 表示您没有查看的职责"))
    presence: RollOut | None = noted(_("到岗情况；null 表示您没有查看的职责"))

    @classmethod
    def told(cls, one: Response, share: Share | None, roll: Roll | None) -> Self:
        levels = [LevelOut(level=one.level, at=one.at, reason=one.reason) for one in one.levels.order_by("-at", "-pk")]
        roots, holes = extents.places_on(one, today())
        return cls(
            **dict(ResponseOut.of(one)), basis=one.basis, levels=levels,
            roots=[UnitRef.of(unit) for unit in roots], holes=[UnitRef.of(unit) for unit in holes],
            groups=ShareOut.of(share) if share else None, presence=RollOut.of(roll) if roll else None,
        )  # fmt: skip


class MemberOut(Output):
    person: PersonRef = shown(Member, "person")
    role: Member.Role = shown(Member, "role")
    working_group: str = noted(_("所在工作组；空表示领导小组本身"))
    from_date: Day = shown(Member, "from_date")

    @classmethod
    def of(cls, one: Member) -> Self:
        part = one.working_group.name if one.working_group else ""
        role = Member.Role(one.role)
        return cls(person=PersonRef.of(one.person), role=role, working_group=part, from_date=one.from_date)


class GroupOut(Output):
    id: int = shown(LeadingGroup, "id")
    basis: str = shown(LeadingGroup, "basis")
    set_up_at: datetime = shown(LeadingGroup, "set_up_at")
    members: list[MemberOut] = noted(_("现任，组长在前"))

    @classmethod
    def of(cls, one: LeadingGroup, members: list[Member]) -> Self:
        return cls(
            id=one.pk, basis=one.basis, set_up_at=one.set_up_at, members=[MemberOut.of(person) for person in members]
        )  # fmt: skip


class GroupNode(Output):
    unit: UnitRef = noted(_("单位"))
    is_own: bool = noted(_("true 表示所看的单位自己"))
    groups: ShareOut = noted(_("该单位及其全部下级"))


class Groups(Output):
    unit: UnitRef = noted(_("所看的单位"))
    groups: ShareOut = noted(_("该单位及其全部下级；等于 children 的合计"))
    children: list[GroupNode] = noted(_("下一级各单位"))
    own: GroupOut | None = noted(_("该单位自己的领导小组"))


class RollNode(Output):
    unit: UnitRef = noted(_("单位"))
    is_own: bool = noted(_("true 表示所看的单位自己"))
    presence: RollOut = noted(_("该单位及其全部下级"))


class PresenceOut(Output):
    unit: UnitRef = noted(_("所看的单位"))
    presence: RollOut = noted(_("该单位及其全部下级；等于 children 的合计"))
    children: list[RollNode] = noted(_("下一级各单位"))


class TurnOut(Output):
    person: PersonRef = shown(Turn, "person")
    role: Turn.Role = shown(Turn, "role")


class ShiftOut(Output):
    """A shift, with who is really there."""

    from_at: datetime = shown(Shift, "from_at")
    until_at: datetime = shown(Shift, "until_at")
    people: list[TurnOut] = noted(_("带班领导在前"))

    @classmethod
    def of(cls, one: Shift) -> Self:
        people = [TurnOut(person=PersonRef.of(turn.person), role=Turn.Role(turn.role)) for turn in duty.people_of(one)]
        return cls(from_at=one.from_at, until_at=one.until_at, people=people)


class DeskOut(Output):
    """Where a unit is reached around the clock, and who is there."""

    id: int = shown(DutyDesk, "id")
    unit: UnitRef = shown(DutyDesk, "unit")
    phone: str = shown(DutyDesk, "phone")
    room: str = shown(DutyDesk, "room")
    now: ShiftOut | None = noted(_("现在的一班；null 表示无人值班"))
    next: ShiftOut | None = noted(_("48 小时内的下一班"))
    gap_from: datetime | None = noted(_("48 小时内从何时起无人值班"))

    @classmethod
    def of(cls, one: Desk) -> Self:
        desk = one.desk
        return cls(
            id=desk.pk, unit=UnitRef.of(desk.unit), phone=desk.phone, room=desk.room,
            now=ShiftOut.of(one.now) if one.now else None, next=ShiftOut.of(one.next) if one.next else None,
            gap_from=one.gap.since if one.gap else None,
        )  # fmt: skip


class Responses(Page[ResponseOut]):
    pass


class Desks(Page[DeskOut]):
    pass


class ResponseFilters(Paging):
    status: Response.Status | None = given(Response, "status", None)
    level: Level | None = noted(_("级别"), None)


class DeskFilters(Paging):
    gaps: Flag = noted(_("只要 48 小时内有空班的"), False)


@router.get("/responses", response=Responses, summary=_("应急响应列表"), description=_("响应中的在前，其次近的在前"))
@needs(Perm.RESPONSE_VIEW)
def response_list(request: HttpRequest, filters: Query[ResponseFilters]) -> Responses:
    rows = responses.responses_for(actor(request))
    rows = rows.filter(status=filters.status) if filters.status else rows
    rows = rows.filter(level=filters.level) if filters.level else rows
    return Responses(**page_of(request, rows, filters, order=("status", "-activated_at", "-pk"), show=ResponseOut.of))


@router.get("/responses/{id}", response=ResponseDetail, summary=_("一项应急响应"))
@needs(Perm.RESPONSE_VIEW)
def response(request: HttpRequest, id: Id) -> ResponseDetail:
    found = responses.response_for(actor(request), id)
    if not responses.sees_inside(actor(request), found):
        return ResponseDetail.told(found, None, None)
    return ResponseDetail.told(found, groups.share_of(found, today()), presence.roll_of(found))


@router.get(
    "/responses/{id}/groups", response=Groups, summary=_("领导小组成立情况"), description=_("一个单位和它的下级")
)
@needs(Perm.RESPONSE_VIEW)
def response_groups(request: HttpRequest, id: Id, filters: Query[OfUnit]) -> Groups:
    found, on = responses.response_for(actor(request), id), today()
    node = responses.node_for(actor(request), found, filters.asked, today())
    lines, own = groups.lines(found, node, on), groups.group_at(found, node)
    return Groups(
        unit=UnitRef.of(node), groups=ShareOut.of(whole(lines)),
        children=[GroupNode(unit=UnitRef.of(x.unit), is_own=x.is_own, groups=ShareOut.of(x.share)) for x in lines],
        own=GroupOut.of(own, groups.members_of(own, on)) if own else None,
    )  # fmt: skip


@router.get("/responses/{id}/presence", response=PresenceOut, summary=_("到岗情况"), description=_("只有人数"))
@needs(Perm.RESPONSE_VIEW)
def response_presence(request: HttpRequest, id: Id, filters: Query[OfUnit]) -> PresenceOut:
    found = responses.response_for(actor(request), id)
    node = responses.node_for(actor(request), found, filters.asked, today())
    lines = presence.lines(found, node)
    return PresenceOut(
        unit=UnitRef.of(node), presence=RollOut.of(presence.whole(lines)),
        children=[RollNode(unit=UnitRef.of(x.unit), is_own=x.is_own, presence=RollOut.of(x.roll)) for x in lines],
    )  # fmt: skip


@router.get("/duty", response=Desks, summary=_("现在谁在值班"), description=_("按树的次序"))
@needs(Perm.RESPONSE_VIEW)
def duty_now(request: HttpRequest, filters: Query[DeskFilters]) -> Desks:
    at = now()
    desks = duty.desks_for(actor(request))
    rows = desks.filter(pk__in=duty.first_gaps(desks, at)) if filters.gaps else desks
    told = page_of(request, rows, filters, order=("unit__path", "pk"), show=lambda desk: desk)
    return Desks(**told | {"items": [DeskOut.of(one) for one in duty.shown(told["items"], at)]})
