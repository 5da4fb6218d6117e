"""What is written during a meeting: minutes, the roll, decisions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, signed_in
from wuli.web.pages import blame, page_or_part, wants_part

from ..actions import attendance, decisions, minutes
from ..actions.attendance import Mark
from ..actions.decisions import NewDecision
from ..forms.meetings import DecisionForm, MinuteForm, ReasonForm, RollForm
from ..models import Attendance, Meeting
from ..queries import decisions as decided
from ..queries import meetings as queries
from .meetings import detail


@signed_in
@require_POST
def minute_save(request: HttpRequest, pk: int, point: str) -> HttpResponse:
    """Save what was said on a point; htmx sends it while one writes and gets back how it stands."""
    meeting = queries.meeting_for(actor(request), pk)
    form = MinuteForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("没有保存：内容不完整"), status=422)
    said = form.cleaned_data | {"text": form.cleaned_data["text"].replace("\r\n", "\n")}
    try:
        saved = minutes.write_point(meeting=meeting, point=point, by=actor(request), at=now(), **said)
    except Refused as no:
        return _unsaved(request, meeting, point, str(no))
    if wants_part(request):
        context = {"saved": saved, "minute": saved.minute, "meeting": meeting, "key": point, "hand": said["hand"]}
        return render(request, "meetings/saved.html", context)
    if saved.aside:
        messages.warning(
            request, _("%(who)s刚刚写过这一项，您的文字已另存在旁边，请合并") % {"who": saved.minute.by.name}
        )
    else:
        messages.success(request, _("纪要已保存"))
    return redirect(f"{reverse('meetings:meeting', args=[meeting.pk])}#{point}")


@signed_in
@require_POST
def aside_settle(request: HttpRequest, pk: int, aside: int) -> HttpResponse:
    meeting = queries.meeting_for(actor(request), pk)
    one = get_object_or_404(meeting.asides.select_related("meeting"), pk=aside)
    try:
        minutes.join(aside=one, adopt=request.POST.get("do") == "adopt", by=actor(request), at=now())
    except Refused as no:
        messages.error(request, str(no))
    return redirect(f"{reverse('meetings:meeting', args=[meeting.pk])}#{one.point}")


@signed_in
@require_POST
def roll_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came. "All present" marks those whom nobody has marked yet."""
    user, at = actor(request), now()
    meeting = queries.meeting_for(user, pk)
    rows = queries.attendances_of(meeting)
    form = RollForm(request.POST, meeting=meeting, user=user, rows=rows)
    if form.is_valid():
        try:
            attendance.call_roll(meeting=meeting, marks=_marks(form, rows, request), by=user, at=at)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("到会情况已记下"))
            return redirect(f"{reverse('meetings:meeting', args=[meeting.pk])}#roll")
    return page_or_part(
        request, "meetings/detail.html", "body", detail(meeting, request, at, roll=form), status=422
    )  # fmt: skip


@signed_in
@require_POST
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = actor(request), now()
    meeting = queries.meeting_for(user, pk)
    form = DecisionForm(request.POST, meeting=meeting, user=user)
    if form.is_valid():
        said = dict(form.cleaned_data)
        key = said.pop("key")
        try:
            made = decisions.decide(NewDecision(**said), meeting=meeting, key=key, by=user, at=at)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("决定已记下，已交%(owner)s办理") % {"owner": made.owner.name})
            return redirect(f"{reverse('meetings:meeting', args=[meeting.pk])}#decisions")
    return page_or_part(
        request, "meetings/detail.html", "body", detail(meeting, request, at, decision_form=form), status=422
    )  # fmt: skip


@signed_in
def decision_take_back(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    user = actor(request)
    meeting = queries.meeting_for(user, pk)
    one = decided.decision_for(meeting, decision)
    form = ReasonForm(request.POST or None, meeting=meeting, user=user)
    if form.is_bound and form.is_valid():
        try:
            decisions.take_back(decision=one, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("决定已撤回，事项已撤销"))
            return redirect(f"{reverse('meetings:meeting', args=[meeting.pk])}#decisions")
    context = {
        "form": form, "meeting": meeting, "active": "meetings",
        "turn": {"title": _("撤回决定"), "verb": _("撤回"), "text": one.text, "danger": True},
    }  # fmt: skip
    return page_or_part(request, "meetings/form.html", "form", context, status=422 if form.is_bound else 200)


def _marks(form: RollForm, rows: list[Attendance], request: HttpRequest) -> dict[int, Mark]:
    said, everyone = form.cleaned_data, request.POST.get("do") == "all"
    marks = {}
    for one in rows:
        state = said[f"state-{one.pk}"]
        if everyone and state == Attendance.State.EXPECTED:
            state = Attendance.State.PRESENT
        marks[one.pk] = Mark(state, said[f"reason-{one.pk}"], said[f"substitute-{one.pk}"])
    return marks


def _unsaved(request: HttpRequest, meeting: Meeting, point: str, why: str) -> HttpResponse:
    if wants_part(request):
        return render(request, "meetings/saved.html", {"why": why, "meeting": meeting, "key": point})
    messages.error(request, why)
    return redirect("meetings:meeting", meeting.pk)
