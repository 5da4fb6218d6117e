"""Duty: who is there now, the roster of a desk, and its making."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuli.base.clock import business_date, now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, chosen_unit, needs, signed_in
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.queries.units import unit_for
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.calendars import calendar_file
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..actions import duty as actions
from ..forms import duty as forms
from ..models import DutyDesk
from ..queries import duty as queries
from ..registry.appointments import MOST, roster_of, shifts_of
from ..rules.duty import AHEAD

CALENDAR = timedelta(days=100)
"""How far ahead calendars are filled: further than a roster reaches."""


@signed_in
def desk_list(request: HttpRequest) -> HttpResponse:
    """Who is on duty now, wherever the asker may call; and one's own shifts."""
    user, at = actor(request), now()
    desks = queries.desks_for(user)
    gaps = queries.first_gaps(desks, at)
    show = "gaps" if request.GET.get("show") == "gaps" else ""
    shown = desks.filter(pk__in=gaps) if show else desks
    page = page_of(shown, order=("unit__path", "pk"), cursor=request.GET.get("after", ""), size=50)
    context = {
        "active": "duty", "page": page, "rows": queries.shown(page.rows, at), "at": at, "show": show,
        "count": desks.count(), "gaps": len(gaps), "inside": may(user, Perm.RESPONSE_VIEW),
        "mine": list(queries.mine(user.person, at)[:10]) if user.person else [],
        "may_open": may(user, Perm.DUTY_ARRANGE),
    }  # fmt: skip
    return page_or_part(request, "command/desks.html", "body", context)


@needs(Perm.DUTY_ARRANGE)
def desk_new(request: HttpRequest) -> HttpResponse:
    user, asked = actor(request), request.GET.get("unit", "")
    unit = unit_for(user, int(asked), Perm.DUTY_ARRANGE) if asked.isdecimal() else chosen_unit(request)
    here = unit if unit and may(user, Perm.DUTY_ARRANGE, unit) else None
    form = forms.NewDeskForm(request.POST or None, user=user, initial={"unit": here})
    if form.is_bound and form.is_valid():
        try:
            desk = actions.open_desk(by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("值班室已设，请排班"))
            return redirect("command:arrange", desk.pk)
    return _form(
        request, {"form": form, "title": _("设值班室"), "verb": _("开始值守"), "back": reverse("command:duty")}
    )


@signed_in
def desk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One desk: who is there, what was handed over, who comes, which hours nobody covers."""
    user, at = actor(request), now()
    desk = queries.desk_for(user, pk)
    page = page_of(queries.roster_of(desk, at), order=("from_at", "pk"), cursor=request.GET.get("after", ""), size=21)
    context = {
        "active": "duty", "desk": desk, "zone": ZoneInfo(desk.unit.zone), "at": at, "page": page,
        "row": queries.shown([desk], at)[0] if desk.closed_at is None else None,
        "gaps": queries.uncovered(desk, at, at + AHEAD) if desk.closed_at is None else [],
        "passed": queries.passed(desk, at)[:15], "arranges": queries.arranges(user, desk),
    }  # fmt: skip
    return page_or_part(request, "command/desk.html", "body", context)


@needs(Perm.DUTY_ARRANGE)
def desk_arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the roster from a pattern."""
    user, at = actor(request), now()
    desk = queries.desk_for(user, pk, Perm.DUTY_ARRANGE)
    form = forms.ArrangeForm(request.POST or None, user=user, today=business_date(at, desk.unit.zone))
    if form.is_bound and form.is_valid():
        try:
            made = actions.arrange(desk=desk, pattern=form.pattern(), by=user, at=at)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, ngettext("已排 %(n)d 班", "已排 %(n)d 班", len(made)) % {"n": len(made)})
            return redirect("command:desk", pk)
    return _form(request, {"form": form, "title": _("排班"), "verb": _("排班"), **_about(desk)})


@needs(Perm.DUTY_ARRANGE)
def desk_amend(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    desk = queries.desk_for(user, pk, Perm.DUTY_ARRANGE)
    form = forms.DeskForm(request.POST or None, initial=forms.filled(desk))
    if form.is_bound and form.is_valid():
        try:
            actions.amend_desk(desk=desk, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已保存"))
            return redirect("command:desk", pk)
    return _form(request, {"form": form, "title": _("更改值班电话"), "verb": _("保存"), **_about(desk)})


@needs(Perm.DUTY_ARRANGE)
def desk_close(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    desk = queries.desk_for(user, pk, Perm.DUTY_ARRANGE)
    form = forms.ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.close_desk(desk=desk, reason=form.cleaned_data["reason"], by=user, at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已停止值守，以后的班次已取消"))
            return redirect("command:duty")
    return _form(request, {"form": form, "title": _("停止值守"), "verb": _("停止值守"), "danger": True, **_about(desk)})


@signed_in
def my_calendar(request: HttpRequest) -> HttpResponse:
    """One's own shifts for one's own calendar."""
    at = now()
    return calendar_file(_("我的值班"), shifts_of(actor(request), at, at + CALENDAR))


@signed_in
def desk_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The coming roster of a desk; what was cancelled of it says so."""
    desk, at = queries.desk_for(actor(request), pk), now()
    shifts = queries.calendar_of(desk, at, at + CALENDAR)[:MOST]
    return calendar_file(_("%(unit)s值班表") % {"unit": desk.unit.name}, roster_of(shifts))


def _about(desk: DutyDesk) -> dict[str, Any]:
    return {"about": desk.unit.name, "back": reverse("command:desk", args=[desk.pk])}


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return page_or_part(request, "command/duty_form.html", "form", {"active": "duty", **context}, status=status)
