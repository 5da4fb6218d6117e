"""What programs send and get."""

from datetime import datetime
from typing import Any, Literal, Self, cast

from wuli.base.clock import business_date, now
from wuli.kernel.orgs.api.schemas import PersonRef, UnitRef
from wuli.kernel.orgs.models import User
from wuli.web.api.fields import Day, Flag, Id, Input, Output, Text, given, noted, shown
from wuli.web.api.paging import Page, Paging
from wuli.web.api.words import words as _

from ..models import Cadence, FollowUp, Handover, Item, KeptFile, Status
from ..queries.history import Moment, history_of
from ..queries.items import standing_of
from ..rules import items as rules
from ..rules import kinds, telling
from ..rules.clockwork import Colour
from ..rules.slips import Slip

Stand = Literal["active", "open", "closing", "closed", "withdrawn"]
Mark = Literal["follow_up", "asked", "handover", "event"]
Turn = Literal["follow-up", "ask", "hand-over", "extend", "withdraw", "confirm", "return", "reopen"]
"""As the last part of the address under which it is done; "follow-up" under `follow-ups`."""


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
    """A file by what it is; its content is opened on the pages."""

    name: str = noted(_("文件名（个人信息）"))
    media_type: str = noted(_("类型"))
    size: int = noted(_("字节数"))
    sha256: str = noted(_("SHA-256"))

    @classmethod
    def of(cls, file: KeptFile) -> Self:
        return cls(name=file.name, media_type=file.media_type, size=file.size, sha256=file.digest)


class FollowUpOut(Output):
    """How far it had come on a day; a request to close says that it is done."""

    id: int = shown(FollowUp, "id")
    for_date: Day = shown(FollowUp, "for_date")
    text: str = shown(FollowUp, "text")
    by: PersonRef = shown(FollowUp, "by")
    at: datetime = shown(FollowUp, "at")
    asks_to_close: bool = shown(FollowUp, "asks_to_close")
    files: list[FileOut] = noted(_("附件"))

    @classmethod
    def of(cls, one: FollowUp) -> Self:
        files = [FileOut.of(file) for file in one.evidence.all()]
        return cls(
            id=one.pk, for_date=one.for_date, text=one.text, by=PersonRef.of(one.by), at=one.at,
            asks_to_close=one.asks_to_close, files=files,
        )  # fmt: skip


class MomentOut(Output):
    """One line of what became of an item, in words."""

    at: datetime = shown(FollowUp, "at")
    mark: Mark = noted(_("哪一种：follow_up 跟进，asked 申请销号，handover 移交，event 其他"))
    who: str = noted(_("何人（个人信息）；系统所为时写“系统”"))
    sentence: str = noted(_("经过（个人信息），供人阅读"))
    text: str = noted(_("说明、原因或变动（个人信息）"))

    @classmethod
    def of(cls, one: Moment) -> Self:
        mark = cast("Mark", one.mark)
        return cls(at=one.at, mark=mark, who=one.who, sentence=telling.plain(one.sentence), text=one.text)


class ItemDetail(ItemOut):
    turns: list[Turn] = noted(_("您现在可以办的，第一项为下一步"))
    follow_ups: list[FollowUpOut] = noted(_("跟进，最近的在前"))
    history: list[MomentOut] = noted(_("全部经过，最近的在前"))

    @classmethod
    def told(cls, item: Item, user: User) -> Self:
        turns = [cast("Turn", name) for name in rules.offered(item, standing_of(user, item))]
        said = item.follow_ups.select_related("by").prefetch_related("evidence").order_by("-at", "-pk")
        return cls(
            **_fields(item), turns=turns, follow_ups=[FollowUpOut.of(one) for one in said],
            history=[MomentOut.of(one) for one in history_of(item)],
        )  # fmt: skip


class Items(Page[ItemOut]):
    pass


class ItemFilters(Paging):
    mine: Flag = noted(_("只要我负责的"), False)
    waiting: Flag = noted(_("只要等我确认销号的"), False)
    behind: Flag = noted(_("只要逾期、缺跟进或久未确认的"), False)
    colour: Colour | None = noted(_("期限颜色"), None)
    under: Id | None = noted(_("只要这个单位及其下级的"), None)
    kind: Text = noted(_("类别"), "", max_length=40)
    status: Stand | None = noted(
        _("状态：active 未销号（办理中和待确认），open 办理中，closing 待确认，closed 已销号，withdrawn 已撤销"), None
    )
    q: Text = noted(_("事项含有，或责任人的姓名、工号"), "", max_length=60)


class ItemIn(Input):
    title: Text = given(Item, "title")
    text: Text = noted(_("要求（个人信息）：做到什么程度算办结，要什么佐证"), "", max_length=4000)
    unit: Id = given(Item, "unit")
    owner: Id = given(Item, "owner")
    due_on: Day | None = given(Item, "due_on", None, note=_("期限，按该单位当地日期；null 表示没有期限"))
    cadence: Cadence = given(Item, "cadence", Cadence.NONE)
    kind: Text = noted(_("类别，默认为一般事项"), kinds.TASK.code, min_length=1, max_length=40)


class FollowUpIn(Input):
    text: Text = noted(_("情况（个人信息）"), min_length=1, max_length=4000)
    for_date: Day | None = given(FollowUp, "for_date", None, note=_("跟进日期，默认为单位当地的今天"))


class AskIn(Input):
    text: Text = noted(_("办结情况（个人信息），供第二人核对"), min_length=1, max_length=4000)


class ReasonIn(Input):
    reason: Text = given(Handover, "reason")


class HandOverIn(ReasonIn):
    to: Id = given(Handover, "to_person")


class ExtendIn(ReasonIn):
    due_on: Day = noted(_("新的期限"))


class ReopenIn(ReasonIn):
    due_on: Day | None = noted(_("新的期限；不给则保持原来的期限"), None)


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
