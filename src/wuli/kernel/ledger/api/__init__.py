"""Items for programs: the same reach and the same actions as the pages."""

from django.http import HttpRequest
from django.utils.translation import gettext as say
from ninja import Query, Router
from ninja.responses import Status as Answer

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api import asked
from wuli.kernel.orgs.models import Person
from wuli.kernel.orgs.queries.scope import people_where
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Id
from wuli.web.api.paging import page_of
from wuli.web.api.words import words as _

from ..actions import following, owners
from ..actions import items as actions
from ..models import Item
from ..queries import items as queries
from ..rules.kinds import kind_of
from . import schemas as shapes

router = Router(tags=[_("督办事项")])


@router.get(
    "/items", response=shapes.Items, summary=_("督办事项"), description=_("先到期的在前，没有期限的、已结束的在后")
)
@needs(Perm.ITEM_VIEW)
def item_list(request: HttpRequest, filters: Query[shapes.ItemFilters]) -> shapes.Items:
    said = queries.Asked(
        mine=filters.mine, waiting=filters.waiting, overdue=filters.behind, colour=filters.colour or "",
        unit=asked.unit(request, filters.under, "under", Perm.ITEM_VIEW), kind=filters.kind,
        status=filters.status or "", text=filters.q,
    )  # fmt: skip
    rows = queries.found(actor(request), said, now())
    return shapes.Items(**page_of(request, rows, filters, order=queries.ORDER, show=shapes.ItemOut.of))


@router.post("/items", response={201: shapes.ItemDetail}, summary=_("交办一件事项"))
@needs(Perm.ITEM_OPEN)
def item_open(request: HttpRequest, new: shapes.ItemIn) -> Answer[shapes.ItemDetail]:
    unit = asked.unit(request, new.unit, "unit", Perm.ITEM_OPEN)
    assert unit is not None
    if not kind_of(new.kind).by_hand:
        raise Refused(say("“%(kind)s”不是可以直接交办的类别") % {"kind": new.kind}, code="unknown", field="kind")
    told = new.model_dump() | {"unit": unit, "owner": _person(request, new.owner, "owner")}
    opened = actions.open_item(**told, by=actor(request), at=now())
    return Answer(201, _told(request, opened.pk))


@router.get("/items/{id}", response=shapes.ItemDetail, summary=_("一件事项"), description=_("连同跟进和全部经过"))
@needs(Perm.ITEM_VIEW)
def item(request: HttpRequest, id: Id) -> shapes.ItemDetail:
    return _told(request, id)


@router.post("/items/{id}/follow-ups", response={201: shapes.FollowUpOut}, summary=_("填写跟进"))
@needs(Perm.ITEM_VIEW)
def item_follow_up(request: HttpRequest, id: Id, said: shapes.FollowUpIn) -> Answer[shapes.FollowUpOut]:
    found = queries.item_for(actor(request), id)
    made = following.follow_up(item=found, text=said.text, for_date=said.for_date, by=actor(request), at=now())
    return Answer(201, shapes.FollowUpOut.of(made))


@router.post(
    "/items/{id}/ask", response=shapes.ItemDetail, summary=_("申请销号"), description=_("由第二人确认后才销号")
)
@needs(Perm.ITEM_VIEW)
def item_ask(request: HttpRequest, id: Id, said: shapes.AskIn) -> Answer[shapes.ItemDetail]:
    actions.ask_to_close(item=_item(request, id), text=said.text, by=actor(request), at=now())
    return Answer(200, _told(request, id))


@router.post(
    "/items/{id}/confirm", response=shapes.ItemDetail, summary=_("确认销号"),
    description=_("以令牌所有人的名义；责任人和申请人不能确认自己的销号"),
)  # fmt: skip
@needs(Perm.ITEM_CLOSE)
def item_confirm(request: HttpRequest, id: Id) -> Answer[shapes.ItemDetail]:
    actions.close(item=_item(request, id), by=actor(request), at=now())
    return Answer(200, _told(request, id))


@router.post("/items/{id}/return", response=shapes.ItemDetail, summary=_("退回继续办理"))
@needs(Perm.ITEM_VIEW)
def item_return(request: HttpRequest, id: Id, said: shapes.ReasonIn) -> Answer[shapes.ItemDetail]:
    actions.return_to_owner(item=_item(request, id), reason=said.reason, by=actor(request), at=now())
    return Answer(200, _told(request, id))


@router.post("/items/{id}/hand-over", response=shapes.ItemDetail, summary=_("移交他人"))
@needs(Perm.ITEM_VIEW)
def item_hand_over(request: HttpRequest, id: Id, said: shapes.HandOverIn) -> Answer[shapes.ItemDetail]:
    found, to = _item(request, id), _person(request, said.to, "to")
    owners.hand_over(item=found, to=to, reason=said.reason, by=actor(request), at=now())
    return Answer(200, _told(request, id))


@router.post("/items/{id}/extend", response=shapes.ItemDetail, summary=_("延长期限"))
@needs(Perm.ITEM_OPEN)
def item_extend(request: HttpRequest, id: Id, said: shapes.ExtendIn) -> Answer[shapes.ItemDetail]:
    actions.extend(item=_item(request, id), due_on=said.due_on, reason=said.reason, by=actor(request), at=now())
    return Answer(200, _told(request, id))


@router.post("/items/{id}/reopen", response=shapes.ItemDetail, summary=_("重新打开"))
@needs(Perm.ITEM_OPEN, Perm.ITEM_CLOSE)
def item_reopen(request: HttpRequest, id: Id, said: shapes.ReopenIn) -> Answer[shapes.ItemDetail]:
    actions.reopen(item=_item(request, id), reason=said.reason, due_on=said.due_on, by=actor(request), at=now())
    return Answer(200, _told(request, id))


@router.post("/items/{id}/withdraw", response=shapes.ItemDetail, summary=_("撤销事项"))
@needs(Perm.ITEM_VIEW)
def item_withdraw(request: HttpRequest, id: Id, said: shapes.ReasonIn) -> Answer[shapes.ItemDetail]:
    actions.withdraw(item=_item(request, id), reason=said.reason, by=actor(request), at=now())
    return Answer(200, _told(request, id))


def _item(request: HttpRequest, id: int) -> Item:
    return queries.item_for(actor(request), id)


def _told(request: HttpRequest, id: int) -> shapes.ItemDetail:
    return shapes.ItemDetail.told(_item(request, id), actor(request))


def _person(request: HttpRequest, key: int, field: str) -> Person:
    return asked.row(people_where(actor(request), Perm.PERSON_VIEW), key, field)
