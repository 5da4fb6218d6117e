"""Back at post: counted level by level, listed by name, said by people themselves or for them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.queries.units import lineage
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..actions import presence as actions
from ..forms.presence import NameForm, StateForm
from ..queries import presence as queries
from ..queries import responses

SHOWN = tuple(queries.SHOWN)


@needs(Perm.RESPONSE_VIEW)
def presence_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is at post, level by level; who has not said stands first."""
    user, on = actor(request), today()
    response = responses.response_for(user, pk)
    unit = responses.node_for(user, response, request.GET.get("unit", ""), on)
    show = request.GET.get("show", "")
    show = show if show in queries.SHOWN else SHOWN[0]
    found = queries.people(user, response, unit, show)
    page = page_of(found, order=("unit__path", "pk"), cursor=request.GET.get("after", ""), size=50)
    lines = queries.lines(response, unit)
    context = {
        "active": "command", "response": response, "node": unit, "chain": lineage(unit, on), "lines": lines,
        "total": queries.whole(lines), "page": page, "show": show, "today": on,
        "speaks": response.is_active and may(user, Perm.REPLY_FILE, unit),
        "names": response.is_active and may(user, Perm.RESPONSE_COMMAND),
    }  # fmt: skip
    return page_or_part(request, "command/presence.html", "body", context)


@needs(Perm.REPLY_FILE)
@require_POST
def presence_at_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of those that are picked that they are at post."""
    user = actor(request)
    response = responses.response_for(user, pk)
    picked = [int(key) for key in request.POST.getlist("key") if key.isdecimal()]
    keys = queries.expected(response).filter(pk__in=picked[:500])
    try:
        count = actions.all_at_post(keys=keys, by=user, at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, ngettext("已填 %(n)d 人在岗", "已填 %(n)d 人在岗", count) % {"n": count})
    unit = request.POST.get("unit", "")
    query = {"unit": unit} if unit.isdecimal() else {}
    return redirect(reverse("command:presence", args=[pk], query=query))


@signed_in
def presence_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where somebody is: oneself, or people of a unit one reports for."""
    user = actor(request)
    key = queries.key_for(user, pk)
    form = StateForm(request.POST or None, initial=StateForm.filled(key))
    if form.is_bound and form.is_valid():
        try:
            actions.state(key=key, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已记下"))
            return redirect("home" if key.person_id == user.person_id else _board(key))
    context = {
        "form": form, "key": key, "said": queries.said_of(key), "back": reverse("home"), "response": key.response,
        "title": _("我是否在岗") if key.person_id == user.person_id else _("%(person)s是否在岗") % {
            "person": key.person.name},
    }  # fmt: skip
    return page_or_part(
        request, "command/state.html", "form", {"active": "command", **context}, status=422 if form.is_bound else 200
    )  # fmt: skip


@needs(Perm.RESPONSE_COMMAND)
def presence_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Expect somebody more, for the post they hold."""
    user = actor(request)
    response = responses.response_for(user, pk)
    if not response.is_active:
        raise Http404
    form = NameForm(request.POST or None, user=user)
    if form.is_bound and form.is_valid():
        try:
            key = actions.name(response=response, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("%(person)s已列入应到岗名单") % {"person": key.person.name})
            return redirect("command:presence", pk)
    context: dict[str, Any] = {
        "form": form, "title": _("指定关键岗位人员"), "verb": _("列入"), "about": response.title, "crumb": response,
        "back": reverse("command:presence", args=[pk]), "active": "command",
    }  # fmt: skip
    return page_or_part(request, "command/form.html", "form", context, status=422 if form.is_bound else 200)


def _board(key: Any) -> str:
    return reverse("command:presence", args=[key.response_id], query={"unit": key.unit_id})
