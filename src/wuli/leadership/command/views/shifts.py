"""One shift: who is on it, what is handed over, swaps."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part

from ..actions import duty as actions
from ..actions import handing_over
from ..forms import duty as forms
from ..models import HandOver, Shift, Turn
from ..queries import duty as queries
from ..rules import duty as rules


@signed_in
def shift_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A shift with its hand-over: written here by the outgoing, signed here by the incoming."""
    user, at = actor(request), now()
    shift = queries.shift_for(user, pk)
    one = queries.passed_one(shift, at)
    return _page(request, shift, one, _note_form(request, shift, one), forms.TakeForm())


@signed_in
@require_POST
def shift_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    shift = queries.shift_for(user, pk)
    form = forms.HandOverForm(request.POST)
    if form.is_valid():
        try:
            handing_over.write(shift=shift, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("交班记录已写好，等下一班接班"))
            return redirect("command:shift", pk)
    return _page(request, shift, queries.passed_one(shift, now()), form, forms.TakeForm(), status=422)


@signed_in
@require_POST
def shift_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over from this shift."""
    user = actor(request)
    shift = queries.shift_for(user, pk)
    note: HandOver | None = getattr(shift, "handover", None)
    form = forms.TakeForm(request.POST)
    if note is None:
        raise Http404
    if form.is_valid():
        try:
            handing_over.take(note=note, by=user, at=now(), remark=form.cleaned_data["remark"])
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已接班"))
            return redirect("command:shift", pk)
    return _page(request, shift, queries.passed_one(shift, now()), None, form, status=422)


@signed_in
def turn_swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a turn to somebody else, perhaps for one of theirs."""
    user, at = actor(request), now()
    turn = queries.turn_for(user, pk)
    form = forms.SwapForm(request.POST or None, user=user, turn=turn, others=queries.others_at(turn, at))
    if form.is_bound and form.is_valid():
        try:
            actions.swap(turn=turn, by=user, at=at, **form.swapped())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已换班，对方会收到通知"))
            return redirect("command:shift", turn.shift_id)
    title = _("%(person)s换班") % {"person": turn.person.name}
    return _form(request, turn.shift, {"form": form, "title": title, "verb": _("换班")})


@needs(Perm.DUTY_ARRANGE)
def shift_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    shift = queries.shift_for(user, pk, Perm.DUTY_ARRANGE)
    form = forms.ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.cancel(shift=shift, reason=form.cleaned_data["reason"], by=user, at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("这一班已取消，请另行安排"))
            return redirect("command:desk", shift.desk_id)
    return _form(request, shift, {"form": form, "title": _("取消这一班"), "verb": _("取消这一班"), "danger": True})


def _page(
    request: HttpRequest, shift: Shift, one: queries.Passed, form: Any, take: Any, status: int = 200
) -> HttpResponse:  # fmt: skip
    user, at = actor(request), now()
    on_next = one.following is not None and queries.is_on(one.following, user.person)
    takes = one.note is not None and user.person is not None and not rules.why_not_take(
        one.note, on_next=on_next, person=user.person, at=at
    )  # fmt: skip
    people = list(shift.turns.all())
    context = {
        "active": "duty", "shift": shift, "desk": shift.desk, "zone": ZoneInfo(shift.desk.unit.zone), "one": one,
        "people": [(turn, _swappable(request, turn, at)) for turn in people], "before": queries.before(shift),
        "form": form if queries.is_on(shift, user.person) else None, "take": take if takes else None,
        "cancels": queries.arranges(user, shift.desk) and shift.from_at > at and shift.cancelled_at is None,
    }  # fmt: skip
    return page_or_part(request, "command/shift.html", "body", context, status=status)


def _note_form(request: HttpRequest, shift: Shift, one: queries.Passed) -> forms.HandOverForm | None:
    """The hand-over to write or to mend; what the shift before left unfinished is carried along."""
    user = actor(request)
    on_it = queries.is_on(shift, user.person)
    if rules.why_not_write(shift, on_it=on_it, note=one.note, text="…", at=now()):
        return None
    if one.note:
        names = ("happened", "unfinished", "attention")
        return forms.HandOverForm(initial={name: getattr(one.note, name) for name in names})
    left = queries.before(shift)
    return forms.HandOverForm(initial={"unfinished": left.unfinished if left else ""})


def _swappable(request: HttpRequest, turn: Turn, at: Any) -> bool:
    user, shift = actor(request), turn.shift
    entitled = turn.person_id == user.person_id or queries.arranges(user, shift.desk)
    return entitled and shift.until_at > at and shift.cancelled_at is None


def _form(request: HttpRequest, shift: Shift, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    zone = ZoneInfo(shift.desk.unit.zone)
    start, end = (timezone.localtime(moment, zone) for moment in (shift.from_at, shift.until_at))
    about = {
        "active": "duty", "about": shift.desk.unit.name, "back": reverse("command:shift", args=[shift.pk]),
        "text": f"{shift.desk.unit.name} · {start:%m-%d %H:%M} — {end:%m-%d %H:%M}",
    }  # fmt: skip
    return page_or_part(request, "command/duty_form.html", "form", about | context, status=status)
