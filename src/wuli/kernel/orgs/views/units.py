from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.web.pages import blame, day_asked, page_or_part
from wuli.web.sections import sections_of

from ..access import actor, needs
from ..actions import planned
from ..actions import units as actions
from ..actions.units import NewUnit
from ..forms.units import AmendUnitForm, ChangeUnitForm, OpenUnitForm
from ..models import Kind, Line, PlannedChange
from ..queries import postings
from ..queries import units as queries
from ..queries.scope import grantable, may
from ..rules.duties import Perm

VERBS = {verb.value: verb for verb in PlannedChange.Verb}


@needs(Perm.UNIT_VIEW)
def unit_tree(request: HttpRequest) -> HttpResponse:
    """The tops of the asker's view, the first one open; each opens into its children, here or on a page of its own."""
    day = day_asked(request)
    roots = queries.roots_for(actor(request), day)
    held = queries.subtree(roots[0].unit, day, seen_by=actor(request)) if roots else None
    context = {
        "roots": roots, "held": held, "may_import": may(actor(request), Perm.UNIT_CHANGE), **_days(day),
    }  # fmt: skip
    return page_or_part(request, "orgs/units/tree.html", "rows", context)


@needs(Perm.UNIT_VIEW)
def unit_children(request: HttpRequest, pk: int) -> HttpResponse:
    unit, day = queries.unit_for(actor(request), pk), day_asked(request)
    below = queries.subtree(unit, day, seen_by=actor(request)).children
    level = request.GET.get("level", "0")
    context = {"unit": unit, "below": below, "level": int(level) + 1 if level.isdecimal() else 1, **_days(day)}
    return page_or_part(request, "orgs/units/children.html", "rows", context)


@needs(Perm.UNIT_VIEW)
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    unit, day = queries.unit_for(actor(request), pk), day_asked(request)
    chain = queries.lineage(unit, day)
    context = {
        "unit": unit, **_days(day), "chain": chain, "placed": chain[-1] if chain else None,
        "answerable": postings.answerable_at(unit, day), "may_change": may(actor(request), Perm.UNIT_CHANGE, unit),
        "may_post": bool(grantable(actor(request), unit)),
        "may_see_people": may(actor(request), Perm.PERSON_VIEW, unit),
        "held": queries.subtree(unit, day, seen_by=actor(request)), "kind_labels": Kind.choices,
        "is_party": unit.line == Line.PARTY, "sections": sections_of("unit", request, unit, day),
    }  # fmt: skip
    return page_or_part(request, "orgs/units/detail.html", "body", context)


@needs(Perm.UNIT_VIEW)
def unit_history(request: HttpRequest, pk: int) -> HttpResponse:
    unit = queries.unit_for(actor(request), pk)
    context = {
        "unit": unit, "placements": queries.history_of(unit), "may_change": may(actor(request), Perm.UNIT_CHANGE, unit),
        "plans": unit.planned_changes.select_related("target").order_by("-effective_on", "pk"),
    }  # fmt: skip
    return page_or_part(request, "orgs/units/history.html", "body", context)


@needs(Perm.UNIT_CHANGE)
def unit_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a unit below this one."""
    parent = queries.unit_for(actor(request), pk, Perm.UNIT_CHANGE)
    form = OpenUnitForm(request.POST or None, parent=parent, user=actor(request))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        on, serves = said.pop("on"), said.pop("serves", None)
        new = NewUnit(parent=parent.code, serves=serves.code if serves else "", **said)
        try:
            unit = actions.open_unit(new, on=on, by=actor(request), at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已设立“%(unit)s”") % {"unit": unit.name})
            return redirect("orgs:unit", unit.pk)
    return _form(request, form, parent, _("在“%(unit)s”下设立单位") % {"unit": parent.name}, _("设立"))


@needs(Perm.UNIT_CHANGE)
def unit_amend(request: HttpRequest, pk: int) -> HttpResponse:
    unit = queries.unit_for(actor(request), pk, Perm.UNIT_CHANGE)
    form = AmendUnitForm(request.POST or None, initial=AmendUnitForm.filled(unit))
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_unit(unit=unit, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已保存“%(unit)s”的登记信息") % {"unit": unit.name})
            return redirect("orgs:unit", unit.pk)
    return _form(request, form, unit, _("修改“%(unit)s”的登记信息") % {"unit": unit.name}, _("保存"))


@needs(Perm.UNIT_CHANGE)
def unit_change(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Rename, move, merge or close, from a day: now, or planned for a day to come."""
    if verb not in VERBS:
        raise Http404
    unit = queries.unit_for(actor(request), pk, Perm.UNIT_CHANGE)
    form = ChangeUnitForm(request.POST or None, verb=verb, unit=unit, user=actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            plan = planned.change_tree(verb=verb, unit=unit, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _told(verb, unit.name, plan))
            return redirect("orgs:unit_history", unit.pk)
    title = _("%(verb)s“%(unit)s”") % {"verb": VERBS[verb].label, "unit": unit.name}
    return _form(request, form, unit, title, str(VERBS[verb].label))


@needs(Perm.UNIT_CHANGE)
@require_POST
def plan_cancel(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    unit = queries.unit_for(actor(request), pk, Perm.UNIT_CHANGE)
    try:
        planned.cancel_planned(plan=queries.plan_of(unit, plan), by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    return redirect("orgs:unit_history", unit.pk)


def _days(day: date) -> dict[str, Any]:
    """The day shown, and what links carry so that they stay on it."""
    return {"day": day, "today": today(), "on": "" if day == today() else day.isoformat()}


def _told(verb: str, name: str, plan: PlannedChange | None) -> str:
    if plan:
        return _("已安排：%(day)s 起%(verb)s“%(unit)s”") % {
            "day": plan.effective_on, "verb": VERBS[verb].label, "unit": name}  # fmt: skip
    return _("已%(verb)s“%(unit)s”") % {"verb": VERBS[verb].label, "unit": name}


def _form(request: HttpRequest, form: Any, unit: Any, title: str, verb: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "unit": unit, "title": title, "verb": verb}
    return page_or_part(request, "orgs/units/form.html", "form", context, status=status)
