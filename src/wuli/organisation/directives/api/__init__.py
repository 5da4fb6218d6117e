"""Directives for programs: the same reach and the same actions as the pages. Reading here is not opening a copy."""

from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status as Answer

from wuli.base.clock import now
from wuli.kernel.cascade.queries import board
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api.schemas import OfUnit
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Id
from wuli.web.api.paging import Paging, page_of
from wuli.web.api.words import words as _

from ..actions import reporting, signing
from ..actions.reporting import Report
from ..models import Directive
from ..queries import copies, coverage, directives, proof
from ..queries.coverage import Progress
from . import schemas as shapes
from . import sent

router = Router(tags=[_("收文发文")])


@router.get(
    "/directives", response=shapes.Directives, summary=_("发文列表"), description=_("本单位的，含草稿，近的在前")
)
@needs(Perm.CALL_ISSUE)
def directive_list(request: HttpRequest, filters: Query[sent.SentFilters]) -> shapes.Directives:
    sought = directives.Sought(
        text=filters.q, status=filters.status or "", urgency=filters.urgency or "", below=filters.below
    )
    found = directives.sent_by(actor(request), sought)
    told = page_of(request, found, filters, order=directives.ORDER, show=_itself)
    come = coverage.of_many([one.call_id for one in told["items"] if not one.is_draft], now())
    told["items"] = [
        shapes.DirectiveOut.of_office(one, None if one.is_draft else come.get(one.call_id, Progress()))
        for one in told["items"]
    ]
    return shapes.Directives(**told)


@router.get("/directives/{id}", response=shapes.DirectiveDetail, summary=_("一份发文"), description=_("连同正文"))
@needs(Perm.CALL_VIEW)
def directive(request: HttpRequest, id: Id) -> shapes.DirectiveDetail:
    found = directives.directive_for(actor(request), id)
    return shapes.DirectiveDetail.whole(found, _progress(request, found))


@router.get("/directives/{id}/coverage", response=shapes.DirectiveCoverage, summary=_("一份发文的覆盖情况"))
@needs(Perm.CALL_VIEW)
def directive_coverage(request: HttpRequest, id: Id, filters: Query[OfUnit]) -> shapes.DirectiveCoverage:
    found = directives.directive_for(actor(request), id)
    of = directives.round_of(found)
    node = board.node_for(actor(request), of, filters.asked)
    lines = coverage.lines(found, of, node, now())
    return shapes.coverage_of(node.unit, lines, coverage.total(line.progress for line in lines))


@router.get(
    "/directives/{id}/copies", response=shapes.CopyRows, summary=_("一份发文的各单位"), description=_("按树的次序")
)
@needs(Perm.CALL_VIEW)
def directive_copies(request: HttpRequest, id: Id, filters: Query[sent.CopyFilters]) -> shapes.CopyRows:
    found, at = directives.directive_for(actor(request), id), now()
    of = directives.round_of(found)
    node = board.node_for(actor(request), of, str(filters.unit or ""))
    rows = coverage.shown(coverage.with_colour(coverage.under_node(of, node.path), found, at), filters.show)
    told = page_of(request, rows.select_related(*copies.JOINED), filters, order=("path", "pk"), show=_itself)
    return shapes.CopyRows(**told | {"items": shapes.CopyRow.rows(told["items"], at)})


@router.get("/directives/{id}/proofs", response=shapes.Proofs, summary=_("打印过的覆盖证明"))
@needs(Perm.CALL_VIEW)
def directive_proofs(request: HttpRequest, id: Id, filters: Query[Paging]) -> shapes.Proofs:
    found = directives.directive_for(actor(request), id)
    rows = proof.proofs_for(actor(request)).filter(directive=found)
    return shapes.Proofs(**page_of(request, rows, filters, order=("-as_of", "-pk"), show=shapes.ProofOut.of))


@router.get("/directive-copies", response=shapes.Copies, summary=_("收文列表"), description=_("发给本单位的，近的在前"))
@needs(Perm.CALL_VIEW)
def copy_list(request: HttpRequest, filters: Query[sent.ReceivedFilters]) -> shapes.Copies:
    at = now()
    sought = copies.Sought(
        text=filters.q, standing="owing" if filters.owing else filters.standing or "", urgency=filters.urgency or "",
        below=filters.below,
    )  # fmt: skip
    order = ("due_at", "pk") if filters.owing else ("-pk",)
    rows = copies.received_by(actor(request), sought)
    return shapes.Copies(**page_of(request, rows, filters, order=order, show=lambda one: shapes.CopyRef.of(one, at)))


@router.get(
    "/directive-copies/{id}", response=shapes.CopyDetail, summary=_("一份收文"),
    description=_("正文、附件名称和落实情况；程序读取不算阅读"),
)  # fmt: skip
@needs(Perm.CALL_VIEW)
def copy(request: HttpRequest, id: Id) -> shapes.CopyDetail:
    return _told(request, id)


@router.post("/directive-copies/{id}/sign", response=shapes.CopyDetail, summary=_("签收一份收文"))
@needs(Perm.REPLY_FILE)
def copy_sign(request: HttpRequest, id: Id) -> Answer[shapes.CopyDetail]:
    found = copies.copy_for(actor(request), id, Perm.REPLY_FILE)
    signing.sign(slot=found, by=actor(request), at=now())
    return Answer(200, _told(request, id, Perm.REPLY_FILE))


@router.post(
    "/directive-copies/{id}/reports", response={201: shapes.CopyDetail}, summary=_("填报落实情况"),
    description=_("进度 100 即报告办结；同一个 key 再发一次，仍是原来那一次"),
)  # fmt: skip
@needs(Perm.REPLY_FILE)
def copy_report(request: HttpRequest, id: Id, said: sent.ReportIn) -> Answer[shapes.CopyDetail]:
    found = copies.copy_for(actor(request), id, Perm.REPLY_FILE)
    report = Report(said.key, said.percent, said.text)
    reporting.report(slot=found, report=report, by=actor(request), at=now())
    return Answer(201, _told(request, id, Perm.REPLY_FILE))


@router.post("/directive-copies/{id}/return", response=shapes.CopyDetail, summary=_("退回一个单位的落实情况"))
@needs(Perm.REPLY_REVIEW)
def copy_return(request: HttpRequest, id: Id, said: sent.SendBackIn) -> Answer[shapes.CopyDetail]:
    found = copies.copy_for(actor(request), id, Perm.REPLY_REVIEW)
    reporting.send_back(slot=found, reason=said.reason, by=actor(request), at=now())
    return Answer(200, _told(request, id, Perm.REPLY_REVIEW))


def _told(request: HttpRequest, id: int, perm: Perm = Perm.CALL_VIEW) -> shapes.CopyDetail:
    user = actor(request)
    return shapes.CopyDetail.told(copies.copy_for(user, id, perm), user, now())


def _progress(request: HttpRequest, one: Directive) -> Progress | None:
    if one.is_draft or not may(actor(request), Perm.CALL_VIEW, one.call.issuer):
        return None
    return coverage.of_many([one.call_id], now()).get(one.call_id, Progress())


def _itself[R](row: R) -> R:
    return row
