"""Forms: the list, one with its versions, a new one, the next version."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import forms as actions
from wuli.kernel.cascade.models import FormVersion
from wuli.kernel.cascade.queries.forms import form_for
from wuli.kernel.cascade.rules.form import spec_of
from wuli.kernel.cascade.rules.sources import known
from wuli.kernel.orgs.access import actor, chosen_unit, needs
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.queries.scope import may, units_where
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part

from ..actions import drafts
from ..forms.design import AboutForm, AmendForm
from ..queries import designs as queries
from ..queries.designs import Design
from ..rules import editing
from ..rules.comparison import Change, check_words, compare
from ..rules.shipped import shipped, shipped_by

USUAL_DAYS = 180
"""How long a new form is proposed to last: its owner is asked again after half a year."""


@needs(Perm.FORM_DESIGN)
def form_list(request: HttpRequest) -> HttpResponse:
    """All forms within reach: what for, until when, whom they are asked of, what they cost."""
    found = queries.designs_for(actor(request), today())
    context = {
        "designs": found, "drafts": list(queries.drafts_for(actor(request))),
        "in_force": sum(not one.has_ended for one in found), "ending": [one for one in found if one.ends_soon],
    }  # fmt: skip
    return page_or_part(request, "reports/forms/list.html", "rows", context)


@needs(Perm.FORM_DESIGN)
def form_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A form, its versions, and what changed between two of them."""
    design = queries.design_for(actor(request), pk, today())
    old, new = _pair(request, design.versions)
    context = {
        "design": design, "form": design.form, "spec": design.spec, "known": known(), "old": old, "new": new,
        "checks": _checks(design), "changes": _changes(old, new), "pairs": _pairs(design.versions),
        "may_issue": may(actor(request), Perm.CALL_ISSUE),
    }  # fmt: skip
    return page_or_part(request, "reports/forms/detail.html", "changes", context)


@needs(Perm.FORM_DESIGN)
def form_start(request: HttpRequest) -> HttpResponse:
    """A new form: empty, from one that comes with Wuli, or a copy of one of ours."""
    user = actor(request)
    origin = request.GET.get("from", "")
    start = _origin(request, origin)
    if not start:
        context = {"shipped": shipped(), "designs": queries.designs_for(user, today())}
        return page_or_part(request, "reports/forms/start.html", "ways", context)
    initial, spec = start
    form = AboutForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            draft = drafts.start(form.about(), spec, by=user, at=now(), origin=origin)
        except Refused as no:
            blame(form, no)
        else:
            return redirect("reports:draft", draft.pk)
    return _form(request, {"form": form, "title": _("新建表单"), "verb": _("下一步：设计字段")})


@needs(Perm.FORM_DESIGN)
def form_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name or purpose; prolong it, or let it end."""
    found = form_for(actor(request), pk)
    form = AmendForm(request.POST or None, initial=AmendForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_form(form=found, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已保存"))
            return redirect("reports:form", found.pk)
    return _form(request, {"form": form, "held": found, "title": _("改名、延期、停用"), "verb": _("保存")})


@needs(Perm.FORM_DESIGN)
@require_POST
def form_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version, or go on with the one that was begun."""
    form = form_for(actor(request), pk)
    try:
        draft = drafts.start_version(form, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect("reports:form", pk)
    return redirect("reports:draft", draft.pk)


def _origin(request: HttpRequest, origin: str) -> tuple[dict[str, Any], editing.Part] | None:
    """What a new form begins with, and its fields; None while nothing was chosen."""
    unit = chosen_unit(request)
    mine = unit if unit and may(actor(request), Perm.FORM_DESIGN, unit) else None
    initial: dict[str, Any] = {"owner": mine or _first(request), "ends_on": today() + timedelta(days=USUAL_DAYS)}
    kind, _colon, which = origin.partition(":")
    if kind == "empty":
        return initial, editing.empty(_("基本情况"))
    if kind == "shipped" and any(one.code == which for one in shipped()):
        one = shipped_by(which)
        return initial | {"name": one.told["name"], "code": one.code, "purpose": one.told["purpose"]}, one.spec
    if kind == "copy" and which.isdecimal():
        form = form_for(actor(request), int(which))
        newest = form.versions.order_by("-number")[0]
        words = {"name": _("%(form)s（副本）") % {"form": form.name}, "purpose": form.purpose, "owner": form.owner}
        return initial | words, newest.spec
    return None


def _first(request: HttpRequest) -> Unit | None:
    return units_where(actor(request), Perm.FORM_DESIGN).order_by("path").first()


def _pair(request: HttpRequest, versions: list[FormVersion]) -> tuple[FormVersion | None, FormVersion | None]:
    """The two versions to compare: those asked for, else the newest with the one before."""
    by_number = {str(one.number): one for one in versions}
    newest = sorted(versions, key=lambda one: one.number)[-2:]
    old, new = (newest[0], newest[1]) if len(newest) == 2 else (None, None)
    return by_number.get(request.GET.get("old", ""), old), by_number.get(request.GET.get("new", ""), new)


def _pairs(versions: list[FormVersion]) -> list[FormVersion]:
    return sorted(versions, key=lambda one: -one.number)


def _changes(old: FormVersion | None, new: FormVersion | None) -> list[Change]:
    return compare(spec_of(old), spec_of(new)) if old and new else []


def _checks(design: Design) -> list[tuple[str, str]]:
    labels = {one.key: one.label for one in design.spec.fields}
    return [(check_words(check, labels), check.text) for check in design.spec.checks]


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return page_or_part(request, "reports/forms/form.html", "form", {"active": "forms", **context}, status=status)
