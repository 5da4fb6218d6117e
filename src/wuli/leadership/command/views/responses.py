"""Responses: the list, one of them, its turns, its summary."""

from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, chosen_unit, needs, signed_in
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.documents import paper
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..actions import responses as actions
from ..forms.responses import ActivateForm
from ..models import DutyDesk, Response
from ..queries import desks_due, duty, extents, groups, presence, timeline
from ..queries import responses as queries
from ..queries import summary as summaries
from ..rules import summary as rules
from .turns import TURNS


@signed_in
def response_list(request: HttpRequest) -> HttpResponse:
    """What is in force for the asker, and what was."""
    user, on = actor(request), today()
    past = queries.responses_for(user).filter(status=Response.Status.STOOD_DOWN)
    page = page_of(past, order=("-activated_at", "-pk"), cursor=request.GET.get("after", ""), size=20)
    context = {
        "active": "command", "now": [_card(request, one) for one in queries.active_for(user, on)], "page": page,
        "may_activate": may(user, Perm.RESPONSE_COMMAND),
    }  # fmt: skip
    return page_or_part(request, "command/list.html", "body", context)


@needs(Perm.RESPONSE_COMMAND)
def response_new(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    unit = chosen_unit(request)
    here = unit if unit and may(user, Perm.RESPONSE_COMMAND, unit) else None
    form = ActivateForm(request.POST or None, user=user, initial={"issuer": here, "root": here})
    if request.method == "POST" and form.is_valid():
        try:
            response = actions.activate(form.response(), by=user, at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已启动%(level)s") % {"level": response.get_level_display()})
            return redirect("command:response", response.pk)
    return _form(
        request, {"form": form, "title": _("启动应急响应"), "verb": _("启动"), "back": reverse("command:list")}
    )


@signed_in
def response_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One response: how grave, what it asks, how it stands, what happened."""
    user = actor(request)
    response = queries.response_for(user, pk)
    inside = queries.sees_inside(user, response)
    context = {
        "active": "command", **_card(request, response), **extents.scope(response, today()), "inside": inside,
        "levels": list(response.levels.select_related("by").order_by("-at", "-pk")),
        "members": groups.members(response)[:12] if inside else [],
        "group": groups.group_at(response, response.issuer) if inside else None,
        "moments": timeline.timeline(response, now()) if inside else [],
        "commands": response.is_active and queries.commands(user, response),
        "notes": response.is_active and inside and may(user, Perm.RESPONSE_COMMAND),
    }  # fmt: skip
    return page_or_part(request, "command/response.html", "body", context)


@needs(Perm.RESPONSE_COMMAND)
def response_turn(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One turn of a response: its form, its action, and back to it."""
    user = actor(request)
    response = queries.response_for(user, pk)
    if name not in TURNS or not (queries.commands(user, response) or name == "note"):
        raise Http404
    turn = TURNS[name]
    form = turn.form(request.POST or None, response=response, user=user)
    if form.is_bound and form.is_valid():
        try:
            turn.do(response=response, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, str(turn.done))
            return redirect("command:summary" if name == "stand-down" else "command:response", pk)
    context = {
        "form": form, "title": turn.title, "verb": turn.verb, "danger": turn.danger, "about": response.title,
        "crumb": response, "back": reverse("command:response", args=[pk]),
    }  # fmt: skip
    return _form(request, context)


@needs(Perm.RESPONSE_VIEW)
def response_summary(request: HttpRequest, pk: int) -> HttpResponse:
    response = _ended(request, pk)
    context = {
        "active": "command", "response": response, "parts": rules.told(response.summary or {"figures": {}}),
        "levels": _levels(response), "opens": summaries.has_rows(response),
    }  # fmt: skip
    return page_or_part(request, "command/summary.html", "body", context)


@needs(Perm.RESPONSE_VIEW)
def summary_rows(request: HttpRequest, pk: int, figure: str) -> HttpResponse:
    """What a number of the summary counted, as it was when the response ended."""
    response, one = _ended(request, pk), rules.figure_of(figure)
    if one is None:
        raise Http404
    rows = summaries.rows_for(actor(request), response, figure)
    context = {
        "active": "command", "response": response, "figure": one,
        "number": (response.summary or {"figures": {}})["figures"].get(figure),
        "page": page_of(rows, order=("pk",), cursor=request.GET.get("after", ""), size=100),
        "seen": rows.aggregate(n=Sum("value"))["n"] or 0,
    }  # fmt: skip
    return page_or_part(request, "command/summary_rows.html", "body", context)


@needs(Perm.RESPONSE_VIEW)
def response_summary_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    response = _ended(request, pk)
    moments = timeline.timeline(response, now())[::-1]
    parts = rules.told(response.summary or {"figures": {}})
    context = {"response": response, "parts": parts, "levels": _levels(response), "moments": moments}
    note = _("%(who)s 于 %(at)s 生成") % {"who": actor(request), "at": f"{timezone.localtime(now()):%Y-%m-%d %H:%M}"}
    name = _("%(title)s总结") % {"title": response.title}
    try:
        return paper(name, "command/summary_paper.html", context, note)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("command:summary", pk)


def _ended(request: HttpRequest, pk: int) -> Response:
    response = queries.response_for(actor(request), pk)
    if response.is_active or not queries.sees_inside(actor(request), response):
        raise Http404
    return response


def _levels(response: Response) -> list[Any]:
    return list(response.levels.select_related("by").order_by("at", "pk"))


def _card(request: HttpRequest, response: Response) -> dict[str, Any]:
    """A response with the figures that its head shows to those who see inside."""
    user, on = actor(request), today()
    days = rules.days_in_force(
        timezone.localtime(response.activated_at).date(), timezone.localtime(response.stood_down_at or now()).date()
    )  # fmt: skip
    card: dict[str, Any] = {"response": response, "days": days, "figures": []}
    if response.is_active and queries.sees_inside(user, response):
        card["figures"] = figures_of(response, on)
    return card


def figures_of(response: Response, on: Any) -> list[dict[str, Any]]:
    share = groups.share_of(response, on)
    roll = presence.roll_of(response)
    desks = DutyDesk.objects.filter(extents.ground_of(response, on).units("unit__path"), closed_at__isnull=True)
    gaps, no_desk = len(duty.first_gaps(desks, now())), desks_due.without_desk(response, on).count()
    return [
        {
            "label": _("成立领导小组"), "value": share.there, "unit": _("个单位"),
            "detail": _("应成立 %(n)s") % {"n": f"{share.expected:,}"},
            "bad": _("缺 %(n)s") % {"n": f"{share.missing:,}"} if share.missing else "",
            "url": reverse("command:groups", args=[response.pk]),
        },
        {
            "label": _("在岗"), "value": roll.at_post, "unit": pgettext("measure", "人"),
            "detail": _("应到岗 %(n)s") % {"n": f"{roll.expected:,}"},
            "bad": _("%(n)s 人未报") % {"n": f"{roll.unstated:,}"} if roll.unstated else "",
            "url": reverse("command:presence", args=[response.pk]),
        },
        {
            "label": _("设了值班室"), "value": share.expected - no_desk, "unit": _("个单位"),
            "detail": _("%(n)s 个有空班") % {"n": f"{gaps:,}"} if gaps else "",
            "bad": _("缺 %(n)s") % {"n": f"{no_desk:,}"} if no_desk else "",
            "url": reverse("command:desks_due", args=[response.pk]),
        },
    ]  # fmt: skip


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return page_or_part(request, "command/form.html", "form", {"active": "command", **context}, status=status)
