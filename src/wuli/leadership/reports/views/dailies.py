"""Daily reports: the list, a new one, one of them, its end, and units that are spared."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wuli.base.clock import business_date, midnight, now, today
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import exemptions
from wuli.kernel.cascade.models import Call, Form
from wuli.kernel.cascade.queries.coverage import coverage
from wuli.kernel.cascade.rules.form import spec_of
from wuli.kernel.cascade.rules.sources import known
from wuli.kernel.cascade.rules.states import why_not_lift
from wuli.kernel.orgs.access import actor, chosen_unit, needs
from wuli.kernel.orgs.models.unit import Kind
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part, wants_part

from ..actions import dailies as actions
from ..actions.dailies import Daily
from ..forms.daily import DailyForm, EndForm, ExemptForm
from ..queries import dailies as queries
from ..rules import burden
from ..rules.hours import chasing_words, clock_words

LISTED = 200


@needs(Perm.CALL_ISSUE)
def daily_list(request: HttpRequest) -> HttpResponse:
    """The reports that go on, and those that have ended."""
    calls = list(queries.dailies_for(actor(request))[:LISTED])
    rounds = queries.newest_rounds(calls)
    going = [call for call in calls if call.status == Call.Status.ISSUED and call.ends_on > today()]
    rows = [{"call": call, "going": call in going, "round": rounds.get(call.pk), "kinds": _kinds(call)}
            for call in sorted(calls, key=lambda call: call not in going)]  # fmt: skip
    context = {"rows": rows, "going": len(going), "may_design": may(actor(request), Perm.FORM_DESIGN)}
    return page_or_part(request, "reports/dailies/list.html", "rows", context)


@needs(Perm.CALL_ISSUE)
def daily_new(request: HttpRequest) -> HttpResponse:
    """Say what is asked of whom by when; look at how many that are; issue it."""
    user = actor(request)
    form = DailyForm(request.POST or None, user=user, known=_askable(), initial=_initial(request))
    daily = form.daily() if form.is_bound and form.is_valid() else None
    if daily and (why_not := actions.why_not_begin(daily, now())):
        form.add_error(*why_not)
        daily = None
    if daily and request.POST.get("go") == "issue":
        try:
            call = actions.begin(daily, by=user, at=now())
        except Refused as no:
            field = "asks" if no.field == "form" else no.field
            form.add_error(field if field in form.fields else None, str(no))
            daily = None
        else:
            messages.success(request, _("已签发“%(call)s”") % {"call": call.title})
            return redirect("reports:daily", call.pk)
    context = {"form": form, "plan": _plan(daily) if daily else None, "forms": form.known}
    live = wants_part(request) and "go" not in request.POST  # counting along while one types: nothing to complain of
    status = 422 if form.is_bound and not daily and not live else 200
    return page_or_part(request, "reports/dailies/new.html", "form", context, status=status)


@needs(Perm.CALL_ISSUE)
def daily_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: whom it asks, its hours, who is spared, and its newest round."""
    call = queries.daily_for(actor(request), pk)
    newest = call.rounds.order_by("-on").first()
    context = {
        "call": call, "hours": _hours(call), "chasing": [chasing_words(minutes) for minutes in call.chasing],
        "exemptions": _exemptions(call), "round": newest, "today": today(),
        "coverage": coverage(newest, "") if newest else None, "units": _units(call),
        "last_day": None if call.ends_on.year == 9999 else call.ends_on,
        "going": call.status == Call.Status.ISSUED,
    }  # fmt: skip
    return page_or_part(request, "reports/dailies/detail.html", "body", context)


@needs(Perm.CALL_ISSUE)
def daily_end(request: HttpRequest, pk: int) -> HttpResponse:
    call = queries.daily_for(actor(request), pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(call=call, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("“%(call)s”已结束，进行中的一期仍可填报") % {"call": call.title})
            return redirect("reports:daily", call.pk)
    words = {"title": _("结束日报"), "verb": _("结束"), "danger": True,
             "text": _("之后不再开新一期；进行中的一期照常填报、定数。")}  # fmt: skip
    return _form(request, {"call": call, "form": form, **words})


@needs(Perm.CALL_ISSUE)
def daily_exempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Spare a unit for some days."""
    user, call = actor(request), queries.daily_for(actor(request), pk)
    form = ExemptForm(request.POST or None, user=user, today=business_date(now(), call.issuer.zone))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.exempt(call=call, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("%(unit)s在这些天免报") % {"unit": made.unit.name})
            return redirect("reports:daily", call.pk)
    words = {
        "title": _("免报几天"),
        "verb": _("免报"),
        "text": _("单位和它的所有下级都不用报；免报的仍列在应报名单上。进行中的一期里还没有报的也免报。"),
    }
    return _form(request, {"call": call, "form": form, **words})


@needs(Perm.CALL_ISSUE)
def daily_lift(request: HttpRequest, pk: int, exemption: int) -> HttpResponse:
    """Ask a spared unit again before its last day."""
    call = queries.daily_for(actor(request), pk)
    spared = queries.exemption_for(call, exemption)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            exemptions.lift(exemption=spared, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("%(unit)s恢复上报") % {"unit": spared.unit.name})
            return redirect("reports:daily", call.pk)
    words = {
        "title": _("让%(unit)s提前恢复上报") % {"unit": spared.unit.name}, "verb": _("恢复上报"),
        "text": _("从今天起。进行中的一期还没有定数的，恢复为未报；已经定数的，从下一期起。"),
    }  # fmt: skip
    return _form(request, {"call": call, "form": form, **words})


def _askable() -> Any:
    """Forms in force, whoever owns them: what head office designed any level may ask."""
    return Form.objects.filter(ends_on__gt=today()).select_related("owner").order_by("name", "pk")


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What is proposed: the next number, tomorrow, the unit one looks at."""
    day, unit, form = today(), chosen_unit(request), request.GET.get("form", "")
    asked = _askable().filter(pk=int(form)).first() if form.isdecimal() else _askable().first()
    number = f"RB-{day.year}-{queries.number_of_reports(day.year) + 1:03}"
    root = unit if unit and may(actor(request), Perm.CALL_ISSUE, unit) else None
    return {"asks": asked, "title": asked.name if asked else "", "number": number, "root": root,
            "first_day": day + timedelta(days=1)}  # fmt: skip


def _plan(daily: Daily) -> dict[str, Any]:
    """What will happen if it is issued."""
    units = queries.counted(daily.root, daily.kinds, daily.first_day)
    spec = spec_of(daily.form.versions.on(daily.first_day).first())
    rows = []
    for kind, count in units.items():
        fields = spec.asked_of(kind)
        seconds = burden.seconds_for(*burden.counted(fields, known()))
        hours = [clock_words(minutes) for minutes in daily.hours[kind]]
        rows.append({"kind": Kind(kind).label, "units": count, "hours": hours, "fields": len(fields),
                     "minutes": seconds / 60})  # fmt: skip
    return {
        "daily": daily, "rows": rows, "units": sum(units.values()),
        "chasing": [chasing_words(minutes) for minutes in daily.chasing],
        "overlapping": queries.overlapping(daily.form, daily.root),
        "late": daily.first_day == today() and any(midnight(daily.first_day) + timedelta(minutes=due) < now()
                                                   for _opens, due, _freeze in daily.hours.values()),
        "idle": [row["kind"] for row in rows if not row["fields"]],
    }  # fmt: skip


def _hours(call: Call) -> list[tuple[Any, list[str]]]:
    asked = [kind for kind in Kind if kind in call.hours]
    return [(kind.label, [clock_words(minutes) for minutes in call.hours[kind]]) for kind in asked]


def _exemptions(call: Call) -> list[dict[str, Any]]:
    on = business_date(now(), call.issuer.zone)
    return [{"of": one, "may_lift": not why_not_lift(one, on)} for one in queries.exemptions_of(call)]


def _kinds(call: Call) -> str:
    asked = {kind for target in call.targets.all() for kind in target.kinds}
    return _("、").join(str(kind.label) for kind in Kind if kind in asked)


def _units(call: Call) -> int:
    day = max(call.starts_on, today())
    return sum(sum(queries.counted(one.root, one.kinds, day).values()) for one in call.targets.all())


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return page_or_part(request, "reports/dailies/form.html", "form", context, status=status)
