"""Lists of command as spreadsheets, each with a note of who took it and when."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.ledger.rules.files import note
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import stream_xlsx

from ..actions import exports as actions
from ..models import DutyDesk, Shift
from ..queries import desks_due, duty, groups, presence, responses
from ..rules import exports as columns

type Lacking = Callable[..., Any]


@needs(Perm.RESPONSE_VIEW)
def groups_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The units without a leading group."""
    return _lacking(request, pk, groups.without_group, _("没有领导小组的单位"), "command:groups")


@needs(Perm.RESPONSE_VIEW)
def desks_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The units without a duty desk."""
    return _lacking(request, pk, desks_due.without_desk, _("没有值班室的单位"), "command:desks_due")


@needs(Perm.RESPONSE_VIEW)
def presence_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who is back at post, as the page shows it: all of them, or those of one state."""
    user, at = actor(request), now()
    response = responses.response_for(user, pk)
    unit = responses.node_for(user, response, request.GET.get("unit", ""), today())
    show = request.GET["show"] if request.GET.get("show") in presence.SHOWN else "all"
    found = presence.people(user, response, unit, show).order_by("unit__path", "pk")
    what, query = _("到岗情况"), {"unit": unit.pk, "show": show}
    try:
        actions.note_list(response=response, unit=unit, what=what, rows=found.count(), by=user, at=at)
    except Refused as no:
        return _back(request, no, reverse("command:presence", args=[pk], query=query))
    rows = (columns.of_key_person(key) for key in found.iterator(chunk_size=500))
    return stream_xlsx(f"{response.title} {what}", columns.PRESENCE, rows, _note(request, f"{unit.name} {what}", at))


@signed_in
def desk_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The coming roster of a desk."""
    desk = duty.desk_for(actor(request), pk)
    found = duty.roster_of(desk, now())
    return _roster(request, found, desk, desk.unit.name, reverse("command:desk", args=[pk]))


@needs(Perm.RESPONSE_VIEW)
def roster_export(request: HttpRequest) -> HttpResponseBase:
    """The coming rosters of all desks within reach."""
    inside = reach(actor(request), Perm.RESPONSE_VIEW).units("desk__unit__path")
    ahead = Shift.objects.planned().filter(inside, desk__closed_at__isnull=True, until_at__gt=now())
    found = duty.with_people(ahead).order_by("desk__unit__path", "from_at", "pk")
    return _roster(request, found, None, _("全部值班室"), reverse("command:duty"))


def _lacking(request: HttpRequest, pk: int, which: Lacking, what: str, page: str) -> HttpResponseBase:
    user, at = actor(request), now()
    response = responses.response_for(user, pk)
    unit = responses.node_for(user, response, request.GET.get("unit", ""), today())
    seen = which(response, today()).under(unit).filter(reach(user, Perm.RESPONSE_VIEW).units())
    found = seen.select_related("parent").order_by("path")
    try:
        actions.note_list(response=response, unit=unit, what=what, rows=found.count(), by=user, at=at)
    except Refused as no:
        return _back(request, no, reverse(page, args=[pk], query={"unit": unit.pk}))
    rows = (columns.of_unit(one) for one in found.iterator(chunk_size=500))
    return stream_xlsx(f"{response.title} {what}", columns.UNITS, rows, _note(request, f"{unit.name} {what}", at))


def _roster(
    request: HttpRequest, found: QuerySet[Shift], desk: DutyDesk | None, whose: str, page: str
) -> HttpResponseBase:  # fmt: skip
    at = now()
    try:
        actions.note_roster(desk=desk, rows=found.count(), by=actor(request), at=at)
    except Refused as no:
        return _back(request, no, page)
    rows = (columns.of_shift(shift, duty.people_of(shift)) for shift in found.iterator(chunk_size=500))
    what = _("%(unit)s值班表") % {"unit": whose}
    return stream_xlsx(what, columns.ROSTER, rows, _note(request, what, at))


def _back(request: HttpRequest, no: Refused, page: str) -> HttpResponseBase:
    messages.error(request, str(no))
    return redirect(page)


def _note(request: HttpRequest, what: str, at: datetime) -> str:
    user = actor(request)
    return note(str(user), user.username, what, at)
