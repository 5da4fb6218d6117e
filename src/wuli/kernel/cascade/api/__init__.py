"""What is asked and answered, for programs: the same reach and the same actions as the pages."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.responses import Status as Answered

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api import asked
from wuli.kernel.orgs.api.schemas import OfUnit
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Id
from wuli.web.api.paging import Paging, page_of
from wuli.web.api.words import words as _

from ..actions import replies, reviewing
from ..models import Reply, Slot
from ..queries import board
from ..queries import slots as queries
from ..queries.coverage import coverage
from ..rules.form import spec_of
from . import schemas as shapes

router = Router(tags=[_("上报")])


@router.get("/rounds", response=shapes.Rounds, summary=_("各期"), description=_("问到权限范围内单位的各期，近的在前"))
@needs(Perm.CALL_VIEW)
def round_list(request: HttpRequest, filters: Query[shapes.RoundFilters]) -> shapes.Rounds:
    rows = queries.rounds_within(actor(request)).select_related("call__issuer")
    rows = rows.filter(on=filters.on) if filters.on else rows
    rows = rows.filter(call=filters.call) if filters.call else rows
    rows = rows.filter(closed_at__isnull=True) if filters.open else rows
    return shapes.Rounds(**page_of(request, rows, filters, order=("-on", "-pk"), show=shapes.RoundRef.of))


@router.get(
    "/rounds/{id}", response=shapes.RoundOut, summary=_("一期的上报情况"),
    description=_("一个单位及其全部下级的"),
)  # fmt: skip
@needs(Perm.CALL_VIEW)
def round(request: HttpRequest, id: Id, filters: Query[OfUnit]) -> shapes.RoundOut:
    found = queries.round_for(actor(request), id)
    node = board.node_for(actor(request), found, filters.asked)
    lines = board.lines(found, node)
    return shapes.RoundOut(
        **dict(shapes.RoundRef.of(found)), fields=[shapes.FieldOut.of(one) for one in spec_of(found.version).fields],
        node=shapes.node_of(node.unit, coverage(found, node.path)),
        children=[shapes.node_of(line.unit, line.coverage) for line in lines],
    )  # fmt: skip


@router.get("/rounds/{id}/slots", response=shapes.Slots, summary=_("一期里应答复的各份"), description=_("按树的次序"))
@needs(Perm.CALL_VIEW)
def slot_list(request: HttpRequest, id: Id, filters: Query[shapes.SlotFilters]) -> shapes.Slots:
    found = queries.round_for(actor(request), id)
    rows = queries.slots_for(actor(request), Perm.CALL_VIEW).filter(round=found)
    if unit := asked.unit(request, filters.under, "under", Perm.CALL_VIEW):
        rows = rows.under(board.node_for(actor(request), found, str(unit.pk)).path)
    rows = rows.filter(state=filters.state) if filters.state else rows
    rows = rows.filter(review=filters.review) if filters.review else rows
    rows = rows.owing() if filters.owing else rows
    rows = rows.filter(late=True) if filters.late else rows
    return shapes.Slots(**page_of(request, rows, filters, order=("path", "pk"), show=shapes.SlotRef.of))


@router.get("/my/slots", response=shapes.Slots, summary=_("等我答复的各份"), description=_("先截止的在前"))
@needs(Perm.REPLY_FILE)
def my_slots(request: HttpRequest, filters: Query[Paging]) -> shapes.Slots:
    rows = queries.waiting_for(actor(request), now())
    return shapes.Slots(**page_of(request, rows, filters, order=("due_at", "pk"), show=shapes.SlotRef.of))


@router.get("/slots/{id}", response=shapes.SlotOut, summary=_("一份答复"), description=_("连同历次版本和台账现在的数"))
@needs(Perm.CALL_VIEW)
def slot(request: HttpRequest, id: Id) -> shapes.SlotOut:
    return shapes.slot_of(queries.slot_for(actor(request), id, Perm.CALL_VIEW))


@router.post(
    "/slots/{id}/replies", response={201: shapes.ReplyRef}, summary=_("上报一份"),
    description=_("是否零报告由各值得出；同一个 key 再发一次，答复仍是原来那一份"),
)  # fmt: skip
@needs(Perm.REPLY_FILE)
def reply(request: HttpRequest, id: Id, said: shapes.ReplyIn) -> Answered[shapes.ReplyRef]:
    (filed,) = _file(request, [(id, said)])
    if isinstance(filed, Refused):
        raise Http404 if filed.code == "not_found" else filed
    return Answered(201, shapes.ReplyRef.of(filed))


@router.post("/replies", response=shapes.Outcomes, summary=_("多个单位一次上报"), description=_("各份分别收下或拒绝"))
@needs(Perm.REPLY_FILE)
def reply_many(request: HttpRequest, said: shapes.Many) -> shapes.Outcomes:
    filed = _file(request, [(one.slot, one) for one in said.replies])
    return shapes.Outcomes(
        items=[shapes.outcome_of(one.slot, done) for one, done in zip(said.replies, filed, strict=True)]
    )


@router.post("/slots/{id}/return", response=shapes.SlotOut, summary=_("退回一份答复"))
@needs(Perm.REPLY_REVIEW)
def reply_return(request: HttpRequest, id: Id, said: shapes.ReturnIn) -> shapes.SlotOut:
    found = queries.slot_for(actor(request), id, Perm.REPLY_REVIEW)
    reviewing.send_back(slot=found, fields=said.fields, reason=said.reason, by=actor(request), at=now())
    return shapes.slot_of(queries.slot_for(actor(request), id, Perm.REPLY_REVIEW))


@router.post("/accept", response=shapes.Slots, summary=_("通过各份答复"), description=_("全部通过，或一份也不通过"))
@needs(Perm.REPLY_REVIEW)
def reply_accept(request: HttpRequest, said: shapes.AcceptIn) -> shapes.Slots:
    rows = list(queries.slots_for(actor(request), Perm.REPLY_REVIEW).filter(pk__in=said.slots))
    if missing := set(said.slots) - {one.pk for one in rows}:
        asked.row(Slot.objects.none(), min(missing), "slots")
    done = reviewing.accept(slots=rows, by=actor(request), at=now())
    return shapes.Slots(items=[shapes.SlotRef.of(one) for one in done], next=None, total=None)


def _file(request: HttpRequest, said: Iterable[tuple[int, shapes.ReplyIn]]) -> list[Reply | Refused]:
    by, at = actor(request), now()
    sent = [replies.Sent(slot, one.answer(), by, at) for slot, one in said]
    return replies.file_replies(sent, within=reach(by, Perm.REPLY_FILE))
