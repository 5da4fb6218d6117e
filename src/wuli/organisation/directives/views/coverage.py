"""How far a directive has come, unit by unit; the proof of it as a page, a sheet and a paper; reminders and reviews."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import chasing
from wuli.kernel.cascade.queries import board
from wuli.kernel.cascade.queries import slots as kernel_slots
from wuli.kernel.ledger.queries.evidence import path_of
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models import Kind
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import kept_file, stream_xlsx
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from .. import tasks
from ..actions import proofs, reporting
from ..models import Directive
from ..queries import copies, coverage, directives, lineage, proof
from ..rules import proof as rules
from ..rules.slips import slip_of

FILTERS = {
    "all": lazy("全部"), "unsigned": lazy("未签收"), "undone": lazy("未办结"), "late": pgettext_lazy("column", "逾期"),
    "reviewing": lazy("待审核"), "returned": lazy("退回待改"), "exempt": lazy("免办"),
}  # fmt: skip
ONLY_OF_ACTION = {"undone", "reviewing", "returned"}
SHOWN = 50


@needs(Perm.CALL_VIEW)
def coverage_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """For a node: by kind, by child, and every unit under it; the proof that can be printed, and checked."""
    user, at = actor(request), now()
    directive = directives.directive_for(user, pk)
    of = directives.round_of(directive)
    node = board.node_for(user, of, request.GET.get("unit", ""))
    show = request.GET.get("show", "")
    show = show if show in FILTERS else "all"
    found = coverage.shown(coverage.with_colour(coverage.under_node(of, node.path), directive, at), show)
    page = page_of(
        found.select_related(*copies.JOINED), order=("path",), cursor=request.GET.get("after", ""), size=SHOWN
    )  # fmt: skip
    parents = lineage.parents_of(directive)
    context = {
        "directive": directive, "node": node, "chain": board.chain(of, node), "show": show, "page": page, "at": at,
        "lines": coverage.lines(directive, of, node, at), "kinds": _kinds(directive, of, node.path, at),
        "rows": [(slot, slip_of(slot, at)) for slot in page.rows], "evidence": copies.evidence_counts(page.rows),
        "percents": copies.last_percent([slot.pk for slot in page.rows]), "parents": parents,
        "warning": lineage.warning_of(directive, parents, user), "may_review": may(user, Perm.REPLY_REVIEW, node.unit),
        "proofs": proof.proofs_for(user).filter(directive=directive)[:5], "checked": _checked(request, directive),
        "filters": [(key, label) for key, label in FILTERS.items()
                    if directive.asks_action or key not in ONLY_OF_ACTION],
        **_passing_on(directive, of, node.path),
    }  # fmt: skip
    context["total"] = coverage.total(line.progress for line in context["lines"])
    return page_or_part(request, "directives/coverage.html", "body", context)


@needs(Perm.CALL_VIEW)
@require_POST
def coverage_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The proof of a node as a sheet; taking it is on record like a printed one."""
    directive, node = _node(request, pk)
    taken, rows = proofs.take(directive=directive, node=node, by=actor(request), at=now(), verb=proofs.EXPORTED)
    note = rules.note(str(actor(request)), directive.call.number, taken.as_of, taken.digest)
    return stream_xlsx(_("覆盖证明"), rules.HEADER, (rules.cells(row) for row in rows), note)


@needs(Perm.CALL_VIEW)
@require_POST
def proof_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proof of a node and have it set as a paper."""
    directive, node = _node(request, pk)
    taken, _rows = proofs.take(directive=directive, node=node, by=actor(request), at=now())
    try:
        tasks.set_going(taken)
    except Refused as no:
        messages.error(request, str(no))
    return redirect("directives:proof", taken.pk)


@needs(Perm.CALL_VIEW)
def proof_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A proof that was taken: its paper once it is set, and whether its rows are still what they were."""
    taken = proof.proof_for(actor(request), pk)
    context = {
        "proof": taken, "directive": taken.directive, "digest": rules.in_fours(taken.digest),
        "check": SimpleLazyObject(lambda: proof.check(taken, now())),  # not for each look whether the paper is there
    }  # fmt: skip
    return page_or_part(request, "directives/proof.html", "body", context)


@needs(Perm.CALL_VIEW)
def proof_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    taken = proof.proof_for(actor(request), pk)
    if not taken.file:
        raise Http404
    name = _("覆盖证明-%(number)s.pdf") % {"number": taken.directive.call.number}
    return kept_file(path_of(taken.file), name, "application/pdf", shown=True)


@needs(Perm.REPLY_REVIEW)
@require_POST
def directive_chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the picked units of what they owe."""
    directive = directives.directive_for(actor(request), pk)
    of = directives.round_of(directive)
    within = kernel_slots.slots_for(actor(request), Perm.REPLY_REVIEW).filter(round=of, pk__in=_picked(request))
    text = request.POST.get("text", "")[:100]
    try:
        if not directive.is_live:
            raise Refused(_("“%(title)s”已不在执行，不用再催") % {"title": directive.call.title})
        keys = list(within.values_list("pk", flat=True))
        count = chasing.chase(of=of, slots=keys, text=text, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, ngettext("已催办 %(n)d 个单位", "已催办 %(n)d 个单位", count) % {"n": count})
    return _back(request, pk)


@needs(Perm.REPLY_REVIEW)
@require_POST
def copies_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the picked reports: all of them, or none."""
    directive = directives.directive_for(actor(request), pk)
    of = directives.round_of(directive)
    within = kernel_slots.slots_for(actor(request), Perm.REPLY_REVIEW).filter(round=of, pk__in=_picked(request))
    try:
        done = reporting.accept(slots=within, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, ngettext("已通过 %(n)d 份", "已通过 %(n)d 份", len(done)) % {"n": len(done)})
    return _back(request, pk)


def _kinds(directive: Directive, of: Any, path: str, at: Any) -> list[tuple[Any, coverage.Progress]]:
    found = coverage.by_kind(directive, of, path, at)
    return [(kind.label, found[kind]) for kind in Kind if kind in found]


def _passing_on(directive: Directive, of: Any, path: str) -> dict[str, Any]:
    """Who must pass it on and has not, if the directive says so."""
    if not directive.pass_on:
        return {}
    must = lineage.must_pass_on(of, path)
    silent = must.filter(passed_on=False).order_by("path")
    return {"must": must.count(), "silent": silent.count(), "silent_first": list(silent[:20])}


def _checked(request: HttpRequest, directive: Directive) -> dict[str, Any] | None:
    """What became of the proof whose digest was typed."""
    if not (text := request.GET.get("digest", "").strip()):
        return None
    found = proof.found_by(actor(request), directive, rules.typed(text))
    return {"text": text, "check": proof.check(found, now()) if found else None}


def _node(request: HttpRequest, pk: int) -> tuple[Directive, board.Node]:
    directive = directives.directive_for(actor(request), pk)
    of = directives.round_of(directive)
    return directive, board.node_for(actor(request), of, request.POST.get("unit", ""))


def _picked(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("slot") if key.isdecimal()]


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    kept = {name: value for name in ("unit", "show") if (value := request.POST.get(name, ""))}
    return redirect(reverse("directives:coverage", args=[pk], query=kept))
