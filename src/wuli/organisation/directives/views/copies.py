"""A unit's copy: read, signed, reported on, returned."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.cascade.models import Review, Slot
from wuli.kernel.ledger.queries.evidence import path_of
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import kept_file
from wuli.web.pages import blame, page_or_part

from ..actions import reporting, signing
from ..forms.turns import ReasonForm, ReportForm
from ..models import Directive, Step
from ..queries import copies, lineage, places
from ..rules import states
from ..rules.colours import directive_of
from ..rules.slips import slip_of


@needs(Perm.CALL_VIEW)
def copy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a unit was sent, what it has done, and what the reader can do now."""
    slot = copies.copy_for(actor(request), pk)
    signing.note_opening(slot=slot, by=actor(request), at=now())
    return page_or_part(request, "directives/copy.html", "body", _shown(request, slot))


@needs(Perm.REPLY_FILE)
@require_POST
def copy_sign(request: HttpRequest, pk: int) -> HttpResponse:
    slot = copies.copy_for(actor(request), pk, Perm.REPLY_FILE)
    try:
        signing.sign(slot=slot, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("%(unit)s已签收") % {"unit": slot.unit.name})
    return redirect("directives:copy", pk)


@needs(Perm.REPLY_FILE)
@require_POST
def copy_report(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the unit has come, or that all is done."""
    slot = copies.copy_for(actor(request), pk, Perm.REPLY_FILE)
    form = ReportForm(request.POST, request.FILES, needs_evidence=directive_of(slot).needs_evidence)
    if form.is_valid():
        try:
            step = reporting.report(slot=slot, report=form.report(), by=actor(request), at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已报告办结") if step.is_done else _("进度已保存"))
            return redirect("directives:copy", pk)
    return page_or_part(request, "directives/copy.html", "body", _shown(request, slot, form), status=422)


@needs(Perm.REPLY_REVIEW)
def copy_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one unit's report back, with the reason."""
    slot = copies.copy_for(actor(request), pk, Perm.REPLY_REVIEW)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            reporting.send_back(slot=slot, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已退回%(unit)s") % {"unit": slot.unit.name})
            return redirect("directives:copy", pk)
    context = {"slot": slot, "directive": directive_of(slot), "form": form}
    return page_or_part(request, "directives/return.html", "form", context, status=422 if form.is_bound else 200)


@needs(Perm.CALL_VIEW)
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = copies.evidence_for(actor(request), pk)
    return kept_file(path_of(found.digest), found.name, found.media_type, shown=found.is_picture)


def _returned(slot: Slot, steps: list[Step]) -> Review | None:
    """What was said of the newest report, if it has to be mended."""
    if slot.review != Slot.Review.RETURNED:
        return None
    said = [one for step in steps if step.reply_id == slot.reply_id and step.reply for one in step.reply.reviews.all()]
    return max(said, key=lambda one: (one.at, one.pk), default=None)


def _blank(directive: Directive, steps: list[Step]) -> ReportForm:
    """It proposes to stay where the unit said it was."""
    going = [step.percent for step in steps[:1] if not step.is_done]
    return ReportForm(initial={"percent": going[0]} if going else None, needs_evidence=directive.needs_evidence)


def _shown(request: HttpRequest, slot: Slot, form: ReportForm | None = None) -> dict[str, Any]:
    user, directive = actor(request), directive_of(slot)
    parents = lineage.parents_of(directive)
    offered = copies.offered(user, slot)
    passes = may(user, Perm.CALL_ISSUE, slot.unit) and slot.kind in states.LEVELS
    steps = list(copies.steps_of(slot))
    return {
        "slot": slot, "slip": slip_of(slot, now()), "directive": directive, "parents": parents,
        "warning": lineage.warning_of(directive, parents, user), "attachments": directive.attachments.order_by("pk"),
        "may_sign": "sign" in offered,
        "is_proxy": not places.belongs(user, slot.unit_id),
        "form": form or (_blank(directive, steps) if "report" in offered else None), "steps": steps,
        "returned": _returned(slot, steps),
        "made": list(lineage.made_at(directive, slot.unit)) if passes else [],
        "may_pass_on": passes and not states.why_not_pass_on(directive, slot, signed=hasattr(slot, "receipt")),
        "may_review": "return" in offered,
    }  # fmt: skip
