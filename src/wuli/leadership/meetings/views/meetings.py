"""Meetings: the list, one of them with its material and minutes, its turns, its papers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import business_date, now
from wuli.base.errors import Refused
from wuli.kernel.notices.queries.fate import fate, fate_rows
from wuli.kernel.orgs.access import actor, signed_in
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.documents import paper
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..actions import meetings as actions
from ..actions import packs
from ..actions.telling import minutes_key
from ..forms.meetings import DecisionForm, RollForm, fresh_key
from ..models import Attendance, Meeting, Pack
from ..models.meeting import Status
from ..queries import meetings as queries
from ..queries import page as pages
from ..rules import states
from ..rules.notices import MINUTES
from .turns import TURNS

SIZE = 30
UNREAD_NAMED = 40


@signed_in
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings to come, or past ones: one's own, or all that one may see."""
    user, at = actor(request), now()
    is_past, is_mine = request.GET.get("when") == "past", request.GET.get("whose", "") == "mine"
    seen = queries.of_person(user.person) if is_mine and user.person else queries.meetings_for(user)
    found, order = (queries.past(seen, at), queries.PAST) if is_past else (queries.coming(seen, at), queries.COMING)
    context = {
        "page": page_of(found, order=order, cursor=request.GET.get("after", ""), size=SIZE), "is_past": is_past,
        "is_mine": is_mine, "today": queries.on_day(user, business_date(at)), "at": at,
        "may_arrange": may(user, Perm.MEETING_ARRANGE),
    }  # fmt: skip
    return page_or_part(request, "meetings/list.html", "rows", context)


@signed_in
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: what is still open, each point with its figures, its minutes and decisions, who came."""
    user, at = actor(request), now()
    meeting = queries.meeting_for(user, pk)
    return page_or_part(request, "meetings/detail.html", "body", detail(meeting, request, at))


@signed_in
def meeting_turn(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One turn of a meeting: its form, its action, and back to the meeting."""
    user = actor(request)
    meeting = queries.meeting_for(user, pk)
    if name not in TURNS:
        raise Http404
    turn = TURNS[name]
    form = turn.form(request.POST if request.method == "POST" else None, meeting=meeting, user=user)
    if form.is_bound and form.is_valid():
        try:
            turn.do(meeting=meeting, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, str(turn.done))
            return redirect("meetings:meeting", meeting.pk)
    context = {"form": form, "meeting": meeting, "turn": turn, "active": "meetings"}
    return page_or_part(
        request, "meetings/form.html", "form", context, status=422 if form.is_bound else 200
    )  # fmt: skip


@signed_in
@require_POST
def pack_make(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = queries.meeting_for(actor(request), pk)
    try:
        packs.make(meeting=meeting, by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("材料已按现在的数取好"))
    return redirect("meetings:meeting", meeting.pk)


@signed_in
def meeting_paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The pack or the minutes on A4; who took them is an event."""
    user, at = actor(request), now()
    meeting = queries.meeting_for(user, pk)
    words = {"pack": _("会议材料"), "minutes": _("会议纪要")}
    has = {
        "pack": Pack.objects.filter(meeting=meeting).exists(),
        "minutes": meeting.status in (Status.HANDED_IN, Status.CLOSED),
    }
    if not has.get(name):
        raise Http404
    context = pages.page_of(meeting, user, at)
    note = _("%(who)s（%(login)s）%(at)s 导出") % {
        "who": user, "login": user.username, "at": localtime(at).strftime("%Y-%m-%d %H:%M")}  # fmt: skip
    try:
        answer = paper(f"{meeting.title} {meeting.on} {words[name]}", f"meetings/{name}_paper.html", context, note)
        actions.note_paper(meeting=meeting, paper=words[name], by=user, at=at)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("meetings:meeting", meeting.pk)
    return answer


def detail(meeting: Meeting, request: HttpRequest, at: Any, **more: Any) -> dict[str, Any]:
    """What the page of a meeting shows; forms that were refused come in by name."""
    user = actor(request)
    standing = queries.standing_of(user, meeting)
    context = pages.page_of(meeting, user, at, compares=_compares(meeting, request))
    writes = states.why_not_write(meeting, standing) is None
    offered = states.offered(meeting, standing, at)
    rows = context["attendances"]
    told = {
        "standing": standing, "writes": writes, "turns": [(name, TURNS[name]) for name in offered],
        "hand": fresh_key(), "roll": RollForm(meeting=meeting, user=user, rows=rows) if writes else None,
        "decision_form": DecisionForm(meeting=meeting, user=user) if writes else None,
        "may_pack": standing.runs and meeting.status == Status.PLANNED, "receipts": _receipts(meeting, standing),
        "counts": _counts(rows), "active": "meetings",
    }  # fmt: skip
    return context | told | more


def _compares(meeting: Meeting, request: HttpRequest) -> bool:
    """The figures of now are counted while a meeting goes on, and for others when somebody asks."""
    return meeting.status == Status.OPENED or request.GET.get("now") == "1"


def _receipts(meeting: Meeting, standing: states.Standing) -> dict[str, Any] | None:
    """Who has read the minutes, for those who run the meeting."""
    if meeting.status != Status.CLOSED or not standing.runs:
        return None
    keys = [minutes_key(meeting)]
    unread = fate_rows(MINUTES, keys=keys).filter(read_at__isnull=True)[:UNREAD_NAMED]
    return {"fate": fate(MINUTES, keys=keys), "unread": [one.person.name for one in unread]}


def _counts(rows: list[Attendance]) -> dict[str, int]:
    return {state.value: sum(one.state == state for one in rows) for state in Attendance.State} | {"all": len(rows)}
