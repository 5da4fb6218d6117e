"""The pages of one expected answer: fill it, see its versions, return it, spare it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import page_or_part

from ..actions import exemptions, replies, reviewing
from ..forms.reply import ReasonForm, ReplyForm, ReturnForm, prefilled
from ..models import Slot
from ..queries import slots as queries
from ..queries.registers import registers_of
from ..rules import kinds, states
from ..rules.form import spec_of


@needs(Perm.REPLY_FILE)
def answer_list(request: HttpRequest) -> HttpResponse:
    """What the asker has to answer now, the soonest first."""
    rows = list(queries.waiting_for(actor(request), now())[:200])
    return page_or_part(request, "cascade/mine.html", "rows", {"rows": rows, "at": now()})


@needs(Perm.CALL_VIEW)
def answer_slot(request: HttpRequest, pk: int) -> HttpResponse:
    """What a unit answered, and, for whoever answers for it, the form: filled already, to confirm or mend."""
    slot = queries.slot_for(actor(request), pk, Perm.CALL_VIEW)
    if kind := kinds.kind_of(slot.round.call.kind):
        return redirect(kind.page(slot))
    may_file = may(actor(request), Perm.REPLY_FILE, slot.unit) and not states.why_not_reply(slot, at=now())
    form = _form(request, slot) if may_file and _wants_form(request, slot) else None
    if form and request.method == "POST" and _file(request, slot, form):
        return redirect("cascade:slot", slot.pk)
    status = 422 if form and request.method == "POST" else 200
    return page_or_part(request, "cascade/slot.html", "body", _shown(request, slot, form, may_file), status=status)


@needs(Perm.REPLY_REVIEW)
def answer_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an answer back, field by field."""
    slot = queries.slot_for(actor(request), pk, Perm.REPLY_REVIEW)
    form = ReturnForm(request.POST or None, slot=slot, spec=spec_of(slot.round.version))
    if request.method == "POST" and form.is_valid():
        said = {"fields": form.wrong_fields(), "reason": form.cleaned_data["reason"]}
        try:
            reviewing.send_back(slot=slot, by=actor(request), at=now(), **said)
        except Refused as no:
            form.add_error("reason", str(no))
        else:
            messages.success(request, _("已退回%(unit)s") % {"unit": slot.unit.name})
            return redirect("cascade:review", slot.round_id)
    return _asked(request, slot, form, _("退回%(unit)s的上报") % {"unit": slot.unit.name}, _("退回"))


@needs(Perm.REPLY_REVIEW)
def answer_exempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Spare a unit this round."""
    slot = queries.slot_for(actor(request), pk, Perm.REPLY_REVIEW)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.exempt(slot=slot, reason=form.cleaned_data["reason"], by=actor(request), at=now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("%(unit)s本次免报") % {"unit": slot.unit.name})
            return redirect("cascade:board", slot.round_id)
    return _asked(request, slot, form, _("%(unit)s本次免报") % {"unit": slot.unit.name}, _("免报"))


@needs(Perm.REPLY_REVIEW)
def answer_ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Expect an answer of an exempt unit, after all."""
    slot = queries.slot_for(actor(request), pk, Perm.REPLY_REVIEW)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            exemptions.ask_again(slot=slot, reason=form.cleaned_data["reason"], by=actor(request), at=now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("%(unit)s恢复上报，列为未报") % {"unit": slot.unit.name})
            return redirect("cascade:board", slot.round_id)
    return _asked(request, slot, form, _("恢复%(unit)s的上报") % {"unit": slot.unit.name}, _("恢复"))


def _wants_form(request: HttpRequest, slot: Slot) -> bool:
    owes = slot.reply is None or slot.review == Slot.Review.RETURNED
    return owes or request.method == "POST" or "mend" in request.GET


def _form(request: HttpRequest, slot: Slot) -> ReplyForm:
    spec = spec_of(slot.round.version)
    registers = registers_of(slot, spec)
    given: dict[str, Any] = {"slot": slot, "spec": spec, "registers": registers, "fixed": queries.fixed_above(slot)}
    if request.method == "POST":
        return ReplyForm(request.POST, **given)
    notes = {f"note-{key}": note for key, note in (slot.reply.notes if slot.reply else {}).items()}
    initial = prefilled(slot, spec, registers, queries.values_before(slot))
    return ReplyForm(initial=initial | notes, **given)


def _file(request: HttpRequest, slot: Slot, form: ReplyForm) -> bool:
    if not form.is_valid():
        return False
    try:
        reply = replies.file_reply(slot=slot, answer=form.answer(), by=actor(request), at=now())
    except Refused as no:
        form.blame(no)
        return False
    messages.success(
        request, _("%(unit)s已上报：%(kind)s") % {"unit": slot.unit.name, "kind": reply.get_kind_display()}
    )
    return True


def _shown(request: HttpRequest, slot: Slot, form: ReplyForm | None, may_file: bool) -> dict[str, Any]:
    spec = spec_of(slot.round.version)
    history = list(queries.history_of(slot))
    returned = next((one for reply in history[:1] for one in reply.reviews.all() if one.verdict == "returned"), None)
    return {
        "slot": slot, "form": form, "may_file": may_file, "history": history, "asked": spec.asked_of(slot.kind),
        "returned": returned if slot.review == Slot.Review.RETURNED else None, "labels": _labels(spec),
        "is_late": now() > slot.due_at, "may_review": queries.reviews(actor(request), slot),
        "why_not_review": states.why_not_review(slot), "why_not_ask_again": states.why_not_ask_again(slot),
        "can_be_zero": form and not any(form.registers[key] for key in
            form.registers if spec.by_key[key].matter),
    }  # fmt: skip


def _labels(spec: Any) -> dict[str, str]:
    return {one.key: one.label for one in spec.fields}


def _asked(request: HttpRequest, slot: Slot, form: Any, title: str, verb: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"slot": slot, "form": form, "title": title, "verb": verb}
    return render(request, "cascade/asked.html", context, status=status)
