"""Items for programs: the same reach and the same actions as the pages."""

from datetime import datetime
from typing import Any, Self

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status as Answer

from wuli.base.clock import business_date, now
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api import asked
from wuli.kernel.orgs.api.schemas import PersonRef, UnitRef
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Day, Flag, Id, Input, Output, Text, given, noted, shown
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import words as _

from .actions import following
from .models import Cadence, FollowUp, Item, Status
from .queries import items as queries
from .rules.clockwork import Colour
from .rules.slips import Slip

router = Router(tags=[_("督办事项")])


class ItemOut(Output):
    """What somebody must finish. Days are those of the unit's zone."""

    id: int = shown(Item, "id")
    kind: str = shown(Item, "kind")
    title: str = shown(Item, "title")
    text: str = shown(Item, "text")
    unit: UnitRef = shown(Item, "unit")
    owner: PersonRef = shown(Item, "owner")
    opened_by: PersonRef | None = shown(Item, "opened_by", note=_("交办人；null 表示系统"))
    opened_at: datetime = shown(Item, "opened_at")
    due_on: Day | None = shown(Item, "due_on")
    colour: Colour = noted(_("期限颜色：blue 三天内到期，yellow 逾期三天内，red 逾期超过三天，grey 其余"))
    cadence: Cadence = shown(Item, "cadence")
    follow_up_on: Day | None = shown(Item, "follow_up_on")
    is_behind: bool = noted(_("是否逾期、缺跟进或久未确认"))
    status: Status = shown(Item, "status")
    stage: int = shown(Item, "stage", note=_("已升级几级；0 表示没有升级"))
    asked_by: PersonRef | None = shown(Item, "asked_by")
    asked_at: datetime | None = shown(Item, "asked_at")
    closed_by: PersonRef | None = shown(Item, "closed_by")
    closed_at: datetime | None = shown(Item, "closed_at")

    @classmethod
    def of(cls, item: Item) -> Self:
        return cls(**_fields(item))


class FileOut(Output):
    name: str = noted(_("文件名（个人信息）"))
    media_type: str = noted(_("类型"))
    size: int = noted(_("字节数"))
    sha256: str = noted(_("SHA-256"))


class FollowUpOut(Output):
    """How far it had come on a day; a request to close says that it is done."""

    id: int = shown(FollowUp, "id")
    for_date: Day = shown(FollowUp, "for_date")
    text: str = shown(FollowUp, "text")
    by: PersonRef = shown(FollowUp, "by")
    at: datetime = shown(FollowUp, "at")
    asks_to_close: bool = shown(FollowUp, "asks_to_close")
    files: list[FileOut]

    @classmethod
    def of(cls, one: FollowUp) -> Self:
        files = [
            FileOut(name=file.name, media_type=file.media_type, size=file.size, sha256=file.digest)
            for file in one.evidence.all()
        ]
        return cls(
            id=one.pk, for_date=one.for_date, text=one.text, by=PersonRef.of(one.by), at=one.at,
            asks_to_close=one.asks_to_close, files=files,
        )  # fmt: skip


class ItemDetail(ItemOut):
    follow_ups: list[FollowUpOut] = noted(_("跟进，最近的在前"))


class Items(Page[ItemOut]):
    pass


class ItemFilters(Paging):
    mine: Flag = noted(_("只要我负责的"), False)
    waiting: Flag = noted(_("只要等我确认销号的"), False)
    behind: Flag = noted(_("只要逾期、缺跟进或久未确认的"), False)
    colour: Colour | None = noted(_("期限颜色"), None)
    under: Id | None = noted(_("只要这个单位及其下级的"), None)
    kind: Text = noted(_("类别"), "", max_length=40)
    status: Status | None = given(Item, "status", None)
    q: Text = noted(_("事项含有，或责任人的姓名、工号"), "", max_length=60)


class FollowUpIn(Input):
    text: Text = noted(_("情况（个人信息）"), min_length=1, max_length=4000)
    for_date: Day | None = given(FollowUp, "for_date", None, note=_("跟进日期，默认为单位当地的今天"))


@router.get("/items", response=Items, summary=_("督办事项"), description=_("先到期的在前，没有期限的、已结束的在后"))
@needs(Perm.ITEM_VIEW)
def item_list(request: HttpRequest, filters: Query[ItemFilters]) -> Items:
    said = queries.Asked(
        mine=filters.mine, waiting=filters.waiting, overdue=filters.behind, colour=filters.colour or "",
        unit=asked.unit(request, filters.under, "under", Perm.ITEM_VIEW), kind=filters.kind,
        status=filters.status or "", text=filters.q,
    )  # fmt: skip
    rows = queries.found(actor(request), said, now())
    return Items(**page_of(request, rows, filters, order=queries.ORDER, show=ItemOut.of))


@router.get("/items/{id}", response=ItemDetail, summary=_("一件事项"), description=_("连同全部跟进"))
@needs(Perm.ITEM_VIEW)
def item(request: HttpRequest, id: Id) -> ItemDetail:
    found = queries.item_for(actor(request), id)
    said = found.follow_ups.select_related("by").prefetch_related("evidence").order_by("-at", "-pk")
    return ItemDetail(**_fields(found), follow_ups=[FollowUpOut.of(one) for one in said])


@router.post("/items/{id}/follow-ups", response={201: FollowUpOut}, summary=_("填写跟进"))
@needs(Perm.ITEM_VIEW)
def item_follow_up(request: HttpRequest, id: Id, said: FollowUpIn) -> Answer[FollowUpOut]:
    found = queries.item_for(actor(request), id)
    made = following.follow_up(item=found, text=said.text, for_date=said.for_date, by=actor(request), at=now())
    return Answer(201, FollowUpOut.of(made))


def _fields(item: Item) -> dict[str, Any]:
    slip = Slip(item, business_date(now(), item.unit.zone))
    people = {name: getattr(item, name) for name in ("owner", "opened_by", "asked_by", "closed_by")}
    return {
        **{name: PersonRef.of(person) if person else None for name, person in people.items()},
        "id": item.pk, "kind": item.kind, "title": item.title, "text": item.text, "unit": UnitRef.of(item.unit),
        "opened_at": item.opened_at, "due_on": item.due_on, "colour": slip.colour, "cadence": Cadence(item.cadence),
        "follow_up_on": item.follow_up_on, "is_behind": slip.is_behind, "status": Status(item.status),
        "stage": item.stage, "asked_at": item.asked_at, "closed_at": item.closed_at,
    }  # fmt: skip
