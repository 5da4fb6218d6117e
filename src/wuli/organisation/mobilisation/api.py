"""Party members' commitments, participation and activities for programs, to be read. Counts, no names of members."""

from datetime import date, datetime
from typing import Any, Self

from django.http import Http404, HttpRequest
from ninja import Query, Router

from wuli.base.clock import today
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api import asked
from wuli.kernel.orgs.api.schemas import UnitRef
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.queries.units import path_on
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Day, Filters, Flag, Id, Output, given, noted, shown
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import words as _

from .models import Activity, Campaign, Wording
from .models.activity import Presence, Sort
from .queries import activities, campaigns, participation
from .queries.participation import Table
from .rules.tallies import Tally

router = Router(tags=[_("党员动员")])


class CampaignOut(Output):
    """What a Party body asks its members to commit to."""

    id: int = shown(Campaign, "id")
    title: str = shown(Campaign, "title")
    text: str = shown(Campaign, "text")
    body: UnitRef = shown(Campaign, "body")
    from_date: Day = shown(Campaign, "from_date")
    last_day: Day | None = noted(_("最后一天；null 表示长期"))

    @classmethod
    def of(cls, one: Campaign) -> Self:
        return cls(
            id=one.pk, title=one.title, text=one.text, body=UnitRef.of(one.body), from_date=one.from_date,
            last_day=one.last_day,
        )  # fmt: skip


class CampaignDetail(CampaignOut):
    items: list[str] = shown(Wording, "items", note=_("承诺的各项，现行的文字"))


class TallyOut(Output):
    branches: int = noted(_("党支部"))
    members: int = noted(_("党员"))
    asked: int = noted(_("应承诺的党员"))
    committed: int = noted(_("已承诺的党员"))
    owing: int = noted(_("本月应开展主题党日的支部"))
    held: int = noted(_("其中已开展的"))
    tasked: int = noted(_("有任务的党员"))
    finished: int = noted(_("其中有任务已完成的"))
    vanguards: int = noted(_("先锋岗、责任区、突击队"))

    @classmethod
    def of(cls, one: Tally) -> Self:
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class CommitmentOut(Output):
    branches: int = noted(_("党支部"))
    asked: int = noted(_("应承诺的党员"))
    committed: int = noted(_("已承诺的党员"))

    @classmethod
    def of(cls, one: Tally) -> Self:
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class TallyNode(Output):
    unit: UnitRef | None = noted(_("下一级党组织；null 表示直接挂在所看党组织上的"))
    tally: TallyOut = noted(_("人数"))


class CommitmentNode(Output):
    unit: UnitRef | None = noted(_("下一级党组织；null 表示直接挂在所看党组织上的"))
    tally: CommitmentOut = noted(_("人数"))


class Participation(Output):
    unit: UnitRef = noted(_("所看的党组织"))
    on: Day = noted(_("业务日期"))
    total: TallyOut = noted(_("等于 children 的合计"))
    children: list[TallyNode] = noted(_("下一级各党组织，按树的次序"))


class CampaignParticipation(Output):
    unit: UnitRef = noted(_("所看的党组织"))
    on: Day = noted(_("业务日期"))
    total: CommitmentOut = noted(_("等于 children 的合计"))
    children: list[CommitmentNode] = noted(_("下一级各党组织，按树的次序"))


class ActivityOut(Output):
    """A theme day, a lecture or a meeting of members."""

    id: int = shown(Activity, "id")
    sort: Sort = shown(Activity, "sort")
    title: str = shown(Activity, "title")
    body: UnitRef = shown(Activity, "body")
    hosts: list[UnitRef] = noted(_("参加的党组织"))
    place: str = shown(Activity, "place")
    starts_at: datetime = shown(Activity, "starts_at")
    ends_at: datetime = shown(Activity, "ends_at")
    status: Activity.Status = shown(Activity, "status")

    @classmethod
    def of(cls, one: Activity) -> Self:
        return cls(**_activity(one))


class ActivityDetail(ActivityOut):
    text: str = shown(Activity, "text")
    attendance: dict[str, int] | None = noted(
        _("出席情况的人数，按 present 等代号；null 表示不归您组织"),
    )
    guests: int = shown(Activity, "guests")


class Campaigns(Page[CampaignOut]):
    pass


class Activities(Page[ActivityOut]):
    pass


class CampaignFilters(Paging):
    going: Flag = noted(_("只要现在进行的"), False)


class ActivityFilters(Paging):
    unit: Id | None = noted(_("只要这个党组织及其下级参加的"), None)
    sort: Sort | None = given(Activity, "sort", None)
    status: Activity.Status | None = given(Activity, "status", None)


class ParticipationAsked(Filters):
    unit: Id | None = noted(_("哪个党组织，默认为您组织的最上级"), None)
    on: Day | None = noted(_("业务日期，默认为今天"), None)


@router.get("/party/campaigns", response=Campaigns, summary=_("党员承诺"), description=_("近的在前"))
@needs(Perm.PARTY_ORGANISE)
def campaign_list(request: HttpRequest, filters: Query[CampaignFilters]) -> Campaigns:
    rows = campaigns.campaigns_for(actor(request))
    rows = rows.filter(from_date__lte=today(), until_date__gt=today()) if filters.going else rows
    return Campaigns(**page_of(request, rows, filters, order=campaigns.ORDER, show=CampaignOut.of))


@router.get("/party/campaigns/{id}", response=CampaignDetail, summary=_("一项党员承诺"))
@needs(Perm.PARTY_ORGANISE)
def campaign(request: HttpRequest, id: Id) -> CampaignDetail:
    found = campaigns.campaign_for(actor(request), id)
    return CampaignDetail(**dict(CampaignOut.of(found)), items=campaigns.wording_of(found).items)


@router.get(
    "/party/campaigns/{id}/participation", response=CampaignParticipation, summary=_("一项承诺的参与情况"),
    description=_("只有人数"),
)  # fmt: skip
@needs(Perm.PARTY_ORGANISE)
def campaign_participation(request: HttpRequest, id: Id, filters: Query[ParticipationAsked]) -> CampaignParticipation:
    found, on = campaigns.campaign_for(actor(request), id), filters.on or today()
    unit = _body(request, filters, within=path_on(found.body, on) or "-")
    shown = participation.table(unit, on, found)
    return CampaignParticipation(**_told(unit, on, shown, CommitmentNode, CommitmentOut))


@router.get("/party/participation", response=Participation, summary=_("党员参与情况"), description=_("只有人数"))
@needs(Perm.PARTY_ORGANISE)
def participation_table(request: HttpRequest, filters: Query[ParticipationAsked]) -> Participation:
    unit, on = _body(request, filters), filters.on or today()
    return Participation(**_told(unit, on, participation.table(unit, on), TallyNode, TallyOut))


@router.get("/party/activities", response=Activities, summary=_("党日和党课"), description=_("近的在前"))
@needs(Perm.PARTY_ORGANISE)
def activity_list(request: HttpRequest, filters: Query[ActivityFilters]) -> Activities:
    unit = asked.unit(request, filters.unit, "unit", Perm.PARTY_ORGANISE)
    rows = activities.listed(actor(request), unit=unit, sort=filters.sort or "", status=filters.status or "")
    return Activities(**page_of(request, rows, filters, order=activities.ORDER, show=ActivityOut.of))


@router.get("/party/activities/{id}", response=ActivityDetail, summary=_("一次党日或党课"), description=_("含出席人数"))
@needs(Perm.PARTY_ORGANISE)
def activity(request: HttpRequest, id: Id) -> ActivityDetail:
    found = activities.activity_for(actor(request), id)
    counts = activities.presence(found) if activities.recordable(actor(request), found) else None
    attendance = {one.value: counts[one.value] for one in Presence} if counts is not None else None
    return ActivityDetail(**_activity(found), text=found.text, guests=found.guests, attendance=attendance)


def _body(request: HttpRequest, filters: ParticipationAsked, within: str = "") -> Unit:
    """The body asked for, refused where it is out of reach; else the highest that the asker organises."""
    found = participation.node_for(actor(request), filters.unit, within)
    if filters.unit and (found is None or found.pk != filters.unit):
        asked.row(Unit.objects.none(), filters.unit, "unit")
    if found is None:
        raise Http404
    return found


def _told(unit: Unit, on: date, table: Table, node: type[Any], tally: type[Any]) -> dict[str, Any]:
    lines = [node(unit=UnitRef.maybe(line.unit), tally=tally.of(line.tally)) for line in table.lines]
    return {"unit": UnitRef.of(unit), "on": on, "total": tally.of(table.total), "children": lines}


def _activity(one: Activity) -> dict[str, Any]:
    names = ("title", "place", "starts_at", "ends_at")
    return {name: getattr(one, name) for name in names} | {
        "id": one.pk, "sort": Sort(one.sort), "body": UnitRef.of(one.body), "status": Activity.Status(one.status),
        "hosts": [UnitRef.of(host.body) for host in one.hosts.all()],
    }  # fmt: skip
