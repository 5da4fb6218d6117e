"""A directive as its office has it: written, looked over, issued, ended, revoked, superseded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from wuli.base.clock import business_date, now
from wuli.base.errors import Refused
from wuli.kernel.ledger.queries.evidence import path_of
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may, reach
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import kept_file
from wuli.web.pages import blame, page_or_part

from ..actions import drafting, ending, issuing
from ..forms.paper import PaperForm, initial_of, proposal
from ..forms.turns import ReasonForm, SupersedeForm
from ..models import Directive
from ..queries import audience, copies, coverage, directives, lineage, numbering, places
from ..rules.colours import directive_of


@needs(Perm.CALL_ISSUE)
def directive_new(request: HttpRequest) -> HttpResponse:
    """Write a directive; with `?from=` a copy, pass on what a unit was sent."""
    source = _source(request)
    issuers = places.own_units(actor(request), Perm.CALL_ISSUE)
    issuer = source.unit if source else Unit.objects.filter(pk__in=issuers).order_by("depth", "path").first()
    parent = directive_of(source) if source else None
    proposed = proposal(issuer, numbering.last_prefix(issuer), parent)
    form = PaperForm(
        *_sent(request), user=actor(request), issuers=[issuer.pk] if source and issuer else issuers, parent=parent,
        initial=proposed,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            made = drafting.draft(form.paper(), by=actor(request), at=now())
        except Refused as no:
            blame(form, no)
        else:
            return redirect("directives:directive", made.pk)
    return _form(request, {"form": form, "title": _("分解下发") if parent else _("起草通知"), "parent": parent})


@needs(Perm.CALL_ISSUE)
def directive_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft anew."""
    directive = _draft(request, pk)
    issuers = {directive.call.issuer_id, *places.own_units(actor(request), Perm.CALL_ISSUE)}
    form = PaperForm(
        *_sent(request), user=actor(request), issuers=[directive.call.issuer_id] if directive.parent else issuers,
        parent=directive.parent, initial=initial_of(directive),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            drafting.redraft(directive=directive, paper=form.paper(), by=actor(request), at=now())
        except Refused as no:
            blame(form, no)
        else:
            return redirect("directives:directive", pk)
    context = {"form": form, "title": pgettext("title", "修改草稿"), "parent": directive.parent, "directive": directive}
    return _form(request, context)


@needs(Perm.CALL_VIEW)
def directive_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper. A draft shows whom it will ask, one that is out how far it has come; a receiver sees their copy."""
    user, at = actor(request), now()
    directive = directives.directive_for(user, pk)
    if directive.is_draft:
        return _looked_over(request, directive)
    of, issues = directives.round_of(directive), may(user, Perm.CALL_ISSUE, directive.call.issuer)
    own = copies.own_copies(user, of)
    if len(own) == 1 and not issues:
        return redirect("directives:copy", own[0].pk)
    parents = lineage.parents_of(directive)
    levels, come = _known_to(user, directive, at)
    context = {
        "directive": directive, "parents": parents, "warning": lineage.warning_of(directive, parents, user), "own": own,
        "replaced": lineage.replaced_by(directive), "levels": levels, "progress": come[directive.call_id],
        "whole": coverage.total(come.values()), "may_issue": issues, "turns": _turns(directive) if issues else [],
        "attachments": directive.attachments.order_by("pk"),
    }  # fmt: skip
    return page_or_part(request, "directives/directive.html", "body", context)


@needs(Perm.CALL_ISSUE)
@require_POST
def directive_issue(request: HttpRequest, pk: int) -> HttpResponse:
    directive = _draft(request, pk)
    try:
        issued = issuing.issue(directive=directive, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        units = directives.round_of(issued).slots.count()
        told = ngettext("%(number)s已印发，发给 %(n)d 个单位", "%(number)s已印发，发给 %(n)d 个单位", units)
        messages.success(request, told % {"number": issued.call.number, "n": units})
    return redirect("directives:directive", pk)


@dataclass(frozen=True)
class Turn:
    """Something that may be done to a directive, with a form that is only for this."""

    title: str | Promise
    verb: str | Promise
    text: str | Promise
    done: str | Promise
    do: Callable[..., Any]
    on_drafts: bool = False
    danger: bool = True


TURNS = {
    "end": Turn(
        lazy("办结归档"), lazy("办结归档"), lazy("不再催办，待办撤下；没有办结的单位照样留在记录里。"),
        lazy("已办结归档"), ending.end, danger=False,
    ),
    "supersede": Turn(
        lazy("替代"), lazy("替代"), lazy("所有收文单位打开旧文件时先看到新文件；由它分解的文件一并撤销。"),
        lazy("已标明由新文件替代"), ending.supersede,
    ),
    "revoke": Turn(
        lazy("撤销"), lazy("撤销"),
        lazy("所有收文单位打开时先看到“已撤销”，待办撤下；由它分解的文件一并撤销。记录都保留。"), lazy("已撤销"),
        ending.revoke,
    ),
    "discard": Turn(
        lazy("删除草稿"), lazy("删除"), lazy("草稿和它的附件一起删除。"), lazy("草稿已删除"), drafting.discard,
        on_drafts=True,
    ),
}  # fmt: skip


@needs(Perm.CALL_ISSUE)
def directive_turn(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One turn of a directive: its form, its action, and back."""
    directive = directives.issued_for(actor(request), pk)
    if name not in TURNS or TURNS[name].on_drafts != directive.is_draft:
        raise Http404
    turn = TURNS[name]
    form = _turn_form(name, request, directive)
    if form.is_bound and form.is_valid():
        try:
            turn.do(directive=directive, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, str(turn.done))
            return redirect("directives:sent") if turn.on_drafts else redirect("directives:directive", pk)
    context = {"directive": directive, "form": form, "turn": turn}
    return page_or_part(request, "directives/turn.html", "form", context, status=422 if form.is_bound else 200)


@needs(Perm.CALL_ISSUE)
@require_POST
def attachment_drop(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    try:
        drafting.drop_file(directive=_draft(request, pk), attachment=attachment, at=now())
    except Refused as no:
        messages.error(request, str(no))
    return redirect("directives:directive", pk)


@needs(Perm.CALL_VIEW)
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = lineage.attachment_for(actor(request), pk)
    return kept_file(path_of(found.digest), found.name, found.media_type, shown=found.is_picture)


def _source(request: HttpRequest) -> Any:
    """The copy that is to be passed on, at a unit for which the asker may issue."""
    key = request.GET.get("from", "")
    return copies.copy_for(actor(request), int(key), Perm.CALL_ISSUE) if key.isdecimal() else None


def _draft(request: HttpRequest, pk: int) -> Directive:
    directive = directives.issued_for(actor(request), pk)
    if not directive.is_draft:
        raise Http404
    return directive


def _known_to(
    user: User, directive: Directive, at: datetime
) -> tuple[list[list[Directive]], dict[int, coverage.Progress]]:
    """What was made out of it and how far these have come: of the units that `user` watches."""
    seen = reach(user, Perm.CALL_VIEW)
    knows_all = seen.reaches(directive.call.issuer.path)
    levels = lineage.made_from(directive, None if knows_all else seen.units("call__issuer__path"))
    calls = [directive.call_id, *(one.call_id for level in levels for one in level)]
    return levels, coverage.of_many(calls, at, None if knows_all else seen.units("unit__path"))


def _looked_over(request: HttpRequest, directive: Directive) -> HttpResponse:
    """Before it goes out: the paper, whom it asks, and who among them would not hear of it."""
    on = business_date(now(), directive.call.issuer.zone)
    targets = list(directive.call.targets.select_related("root").order_by("pk"))
    context = {
        "directive": directive, "parents": lineage.parents_of(directive), "targets": targets,
        "audience": audience.audience_of(directive.call, on), "attachments": directive.attachments.order_by("pk"),
        "next_number": directive.number or numbering.next_number(directive.call.issuer, directive.prefix, on.year),
    }  # fmt: skip
    return page_or_part(request, "directives/draft.html", "body", context)


def _turns(directive: Directive) -> list[tuple[str, Turn]]:
    return [(name, turn) for name, turn in TURNS.items() if directive.is_live and not turn.on_drafts]


def _turn_form(name: str, request: HttpRequest, directive: Directive) -> Any:
    sent = request.POST if request.method == "POST" else None
    if name == "supersede":
        return SupersedeForm(sent, directive=directive)
    if name == "discard":
        return forms.Form(sent)
    return ReasonForm(sent)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return page_or_part(request, "directives/form.html", "form", context, status=status)
