"""Leading groups: which units have one, one of them, its people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.queries.scope import EMPTY, may, reach
from wuli.kernel.orgs.queries.units import lineage, unit_for
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..actions import groups as actions
from ..forms.groups import AppointForm, DivideForm, RelieveForm, SetUpForm
from ..models import LeadingGroup
from ..queries import desks_due as due
from ..queries import groups as queries
from ..queries import responses
from ..queries.extents import ground_of
from ..queries.shares import whole
from ..rules.groups import lacks_leader


@needs(Perm.RESPONSE_VIEW)
def group_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Which units have a leading group, level by level, and which have none."""
    user, on = actor(request), today()
    response = responses.response_for(user, pk)
    unit = responses.node_for(user, response, request.GET.get("unit", ""), on)
    lines = queries.lines(response, unit, on)
    seen = reach(user, Perm.RESPONSE_VIEW).units()
    missing = queries.without_group(response, on).under(unit).filter(seen)
    page = page_of(missing, order=("path",), cursor=request.GET.get("after", ""), size=50)
    own = queries.group_at(response, unit)
    commanded = reach(user, Perm.RESPONSE_COMMAND) if response.is_active else EMPTY
    context = {
        "active": "command", "response": response, "node": unit, "chain": lineage(unit, on), "lines": lines,
        "total": whole(lines), "page": page, "own": own, "may_set_up": commanded.covers(unit.path),
        "rows": [(one, commanded.covers(one.path)) for one in page.rows],
    }  # fmt: skip
    return page_or_part(request, "command/groups.html", "body", context)


@needs(Perm.RESPONSE_VIEW)
def desks_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Which units have a duty desk, level by level, and which have none."""
    user, on = actor(request), today()
    response = responses.response_for(user, pk)
    unit = responses.node_for(user, response, request.GET.get("unit", ""), on)
    lines = due.lines(response, unit, on)
    missing = due.without_desk(response, on).under(unit).filter(reach(user, Perm.RESPONSE_VIEW).units())
    page = page_of(missing, order=("path",), cursor=request.GET.get("after", ""), size=50)
    arranged = reach(user, Perm.DUTY_ARRANGE) if response.is_active else EMPTY
    context = {
        "active": "command", "response": response, "node": unit, "chain": lineage(unit, on), "lines": lines,
        "total": whole(lines), "page": page, "rows": [(one, arranged.covers(one.path)) for one in page.rows],
    }  # fmt: skip
    return page_or_part(request, "command/desks_due.html", "body", context)


@needs(Perm.RESPONSE_COMMAND)
def group_new(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    response = responses.response_for(user, pk)
    asked = request.GET.get("unit", "")
    unit = unit_for(user, int(asked) if asked.isdecimal() else response.issuer_id, Perm.RESPONSE_COMMAND)
    form = SetUpForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.set_up(
                response=response, unit=unit, places=form.places(), basis=form.cleaned_data["basis"], by=user, at=now()
            )  # fmt: skip
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("%(unit)s领导小组已成立") % {"unit": unit.name})
            return redirect("command:group", group.pk)
    context = {
        "form": form, "title": _("成立领导小组"), "verb": _("成立"), "about": f"{unit.name} · {response.title}",
        "crumb": response, "back": reverse("command:groups", args=[pk]),
    }  # fmt: skip
    return _form(request, context)


@signed_in
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who leads a unit through a response, and what each working group does."""
    user, on = actor(request), today()
    group = queries.group_for(user, pk)
    people = queries.members_of(group, on)
    here = ground_of(group.response, on).covers(group.unit.path)
    context = {
        "active": "command", "group": group, "response": group.response, "lacks_leader": lacks_leader(people),
        "parts": _parts(group, people), "former": queries.former_members(group, on),
        "may_change": group.response.is_active and here and may(user, Perm.RESPONSE_COMMAND, group.unit),
        "has_left": group.response.is_active and not here,
    }  # fmt: skip
    return page_or_part(request, "command/group.html", "body", context)


@needs(Perm.RESPONSE_COMMAND)
def group_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    group = queries.group_for(user, pk, Perm.RESPONSE_COMMAND)
    form = AppointForm(request.POST or None, user=user, group=group)
    return _change(request, group, form, actions.appoint, _("增加成员"))


@needs(Perm.RESPONSE_COMMAND)
def group_divide(request: HttpRequest, pk: int) -> HttpResponse:
    group = queries.group_for(actor(request), pk, Perm.RESPONSE_COMMAND)
    return _change(request, group, DivideForm(request.POST or None), actions.divide, _("设工作组"))


@needs(Perm.RESPONSE_COMMAND)
def member_relieve(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    member = queries.member_for(user, pk)
    form = RelieveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.relieve(member=member, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("%(person)s已退出") % {"person": member.person.name})
            return redirect("command:group", member.group_id)
    title = _("%(person)s退出领导小组") % {"person": member.person.name}
    return _form(
        request,
        {"form": form, "title": title, "verb": pgettext("group", "退出"), "danger": True, **_about(member.group)},
    )


def _change(
    request: HttpRequest, group: LeadingGroup, form: Form, do: Callable[..., Any], title: str
) -> HttpResponse:  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            do(group=group, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已保存"))
            return redirect("command:group", group.pk)
    return _form(request, {"form": form, "title": title, "verb": _("保存"), **_about(group)})


def _parts(group: LeadingGroup, people: list[Any]) -> list[tuple[Any, list[Any]]]:
    """The group itself, then each working group, with their people."""
    by_part: dict[Any, list[Any]] = {}
    for one in people:
        by_part.setdefault(one.working_group_id, []).append(one)
    parts = [(part, by_part.get(part.pk, [])) for part in queries.working_groups(group)]
    return [(None, by_part.get(None, [])), *parts]


def _about(group: LeadingGroup) -> dict[str, Any]:
    return {
        "about": f"{group.unit.name} · {group.response.title}", "crumb": group.response, "under": group,
        "back": reverse("command:group", args=[group.pk]),
    }  # fmt: skip


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return page_or_part(request, "command/form.html", "form", {"active": "command", **context}, status=status)
