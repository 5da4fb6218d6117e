"""Theme days, lectures, meetings: the list, one of them, its plan, what became of it, calendars."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import business_date, now, today
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs, signed_in
from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.queries.scope import may, units_where
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.calendars import Appointment, calendar_file
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..actions import activities as actions
from ..actions import attendance
from ..actions.activities import Plan
from ..forms.activities import SORTS, STATES, AttendanceForm, HoldForm, PlanForm, ReasonForm
from ..forms.vanguards import NothingForm
from ..models import Activity, Host
from ..models.activity import Presence, Sort
from ..queries import activities as queries
from ..queries import participation
from .participation import number_of
from .steps import Step, take

ACTIVE = "party_activities"
AHEAD = 100
"""Appointments in one calendar."""


@signed_in
def activity_list(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    unit = units_where(user, Perm.PARTY_ORGANISE).filter(pk=number_of(request, "unit")).first()
    sort, status = (request.GET.get(name, "") for name in ("sort", "status"))
    found = queries.listed(user, unit=unit, sort=sort if sort in Sort.values else "",
                           status=status if status in Activity.Status.values else "")  # fmt: skip
    page = page_of(found, order=queries.ORDER, cursor=request.GET.get("after", ""), size=30)
    context = {
        "page": page, "unit": unit, "sorts": SORTS, "states": STATES, "sort": sort, "status": status,
        "may_plan": may(user, Perm.PARTY_ORGANISE), "coming": queries.upcoming(user, now()).count(),
    }  # fmt: skip
    return page_or_part(request, "mobilisation/activities/list.html", "rows", context)


@signed_in
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = actor(request), now()
    activity = queries.activity_for(user, pk)
    organises = may(user, Perm.PARTY_ORGANISE, activity.body)
    hosts, past = queries.recordable(user, activity), activity.on_date <= business_date(at, activity.body.zone)
    counts = queries.presence(activity)
    context = {
        "activity": activity, "organises": organises, "hosts": activity.hosts.all(), "past": past,
        "to_record": hosts if past and activity.status != Activity.Status.DRAFT else [],
        "counts": [(one.label, counts[one.value]) for one in Presence] if organises or hosts else [],
        "files": list(activity.attachments.order_by("pk")), "closed": actions.month_closed(activity, at),
        "present": counts[Presence.PRESENT],
    }  # fmt: skip
    return page_or_part(request, "mobilisation/activities/detail.html", "body", context)


@needs(Perm.PARTY_ORGANISE)
def activity_new(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    form = PlanForm(request.POST or None, user=user, initial=_initial(request))

    def do(said: dict[str, Any]) -> tuple[str, str]:
        activity = actions.plan(Plan(**form.plan()), by=user, at=now())
        return _("已存为草稿，发布后党员才看到"), reverse("mobilisation:activity", args=[activity.pk])

    back = reverse("mobilisation:activities")
    step = Step(_("安排活动"), _("存为草稿"), back, ACTIVE, ((_("党日和党课"), back),))
    return take(request, step, form, do)


@needs(Perm.PARTY_ORGANISE)
def activity_change(request: HttpRequest, pk: int) -> HttpResponse:
    activity = _own(request, pk)
    form = PlanForm(request.POST or None, user=actor(request), initial=PlanForm.of(activity))

    def do(said: dict[str, Any]) -> tuple[str, str]:
        actions.change(Plan(**form.plan()), activity=activity, by=actor(request), at=now())
        return _("安排已修改"), _page(pk)

    note = _("已发布的安排修改后，参加的党员会收到通知。") if activity.status != Activity.Status.DRAFT else ""
    return take(request, Step(_("修改安排"), _("保存"), _page(pk), ACTIVE, _above(activity), note), form, do)


@needs(Perm.PARTY_ORGANISE)
def activity_publish(request: HttpRequest, pk: int) -> HttpResponse:
    activity = _own(request, pk)

    def do(said: dict[str, Any]) -> tuple[str, str]:
        actions.publish(activity=activity, by=actor(request), at=now())
        return _("已发布，参加的党员会收到通知"), _page(pk)

    step = Step(_("发布安排"), _("发布"), _page(pk), ACTIVE, _above(activity), activity.title)
    return take(request, step, NothingForm(request.POST if request.method == "POST" else None), do)


@needs(Perm.PARTY_ORGANISE)
def activity_discard(request: HttpRequest, pk: int) -> HttpResponse:
    activity = _own(request, pk)

    def do(said: dict[str, Any]) -> tuple[str, str]:
        actions.discard(activity=activity, by=actor(request), at=now())
        return _("草稿已放弃"), reverse("mobilisation:activities")

    step = Step(_("放弃草稿"), _("放弃"), _page(pk), ACTIVE, _above(activity), activity.title, danger=True)
    return take(request, step, NothingForm(request.POST if request.method == "POST" else None), do)


@needs(Perm.PARTY_ORGANISE)
def activity_attend(request: HttpRequest, pk: int, host: int) -> HttpResponse:
    """Who of one branch was there."""
    user = actor(request)
    activity = queries.activity_for(user, pk)
    branch = next((one for one in queries.recordable(user, activity) if one.pk == host), None)
    if branch is None:
        raise Http404
    closed = actions.month_closed(activity, now())
    expected = queries.expected(branch, activity)
    form = AttendanceForm(request.POST or None, expected=expected, closed=closed, initial={"step": branch.step})
    if request.method == "POST" and form.is_valid():
        try:
            _attend(request, activity, branch, form)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("“%(branch)s”的到会情况已记录") % {"branch": branch.body.name})
            return redirect("mobilisation:activity", pk)
    context = {
        "activity": activity, "host": branch, "form": form, "active": ACTIVE,
        "crumbs": [*_above(activity), (_("记录到会"), "")],
    }  # fmt: skip
    return page_or_part(
        request, "mobilisation/activities/attend.html", "form", context, status=422 if form.is_bound else 200
    )


@needs(Perm.PARTY_ORGANISE)
def activity_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said and done, with pictures; from now on it counts as held."""
    activity = _own(request, pk)
    closed = actions.month_closed(activity, now())
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HoldForm(*sent, closed=closed, initial={"minutes": activity.minutes, "guests": activity.guests})

    def do(said: dict[str, Any]) -> tuple[str, str]:
        files = said.pop("files")
        actions.hold(activity=activity, by=actor(request), at=now(), **said)
        if files:
            attendance.attach(activity=activity, files=files, by=actor(request), at=now())
        return _("已记录“%(title)s”") % {"title": activity.title}, _page(pk)

    step = Step(_("记录开展情况"), _("记为已开展"), _page(pk), ACTIVE, _above(activity), activity.title)
    return take(request, step, form, do)


@needs(Perm.PARTY_ORGANISE)
def activity_not_held(request: HttpRequest, pk: int) -> HttpResponse:
    activity = _own(request, pk)

    def do(said: dict[str, Any]) -> tuple[str, str]:
        actions.not_hold(activity=activity, by=actor(request), at=now(), **said)
        return _("已记录“%(title)s”未开展") % {"title": activity.title}, _page(pk)

    step = Step(_("未开展"), _("记为未开展"), _page(pk), ACTIVE, _above(activity), activity.title, danger=True)
    return take(request, step, ReasonForm(request.POST or None), do)


@signed_in
def activity_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    activity = queries.activity_for(actor(request), pk)
    return calendar_file(activity.title, [_appointment(request, activity)])


@signed_in
def activities_calendar(request: HttpRequest) -> HttpResponse:
    """All that is to come for the asker, to be opened or subscribed to."""
    coming = queries.upcoming(actor(request), now())[:AHEAD]
    return calendar_file(_("党日和党课"), [_appointment(request, one) for one in coming])


@needs(Perm.PARTY_ORGANISE)
@require_POST
def picture_remove(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    activity = _own(request, pk)
    attachment = get_object_or_404(activity.attachments.select_related("activity__body"), pk=file)
    attendance.detach(attachment=attachment, by=actor(request), at=now())
    messages.success(request, _("已删除"))
    return redirect("mobilisation:activity", pk)


def _attend(request: HttpRequest, activity: Activity, branch: Host, form: AttendanceForm) -> None:
    said = form.cleaned_data
    attendance.attend(
        activity=activity, host=branch, marks=form.marks(), step=said["step"], reason=said.get("reason", ""),
        by=actor(request), at=now(),
    )  # fmt: skip


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The branch one belongs to, if one organises it; oneself; some days ahead."""
    user = actor(request)
    person: Person | None = user.person if user.person and user.person.branch_id else None
    own = person.branch_id if person else None
    body: Unit | None = participation.node_for(user, number_of(request, "unit") or own)
    return {"body": body, "responsible": person, "day": today() + timedelta(days=3), "sort": request.GET.get("sort")}


def _appointment(request: HttpRequest, activity: Activity) -> Appointment:
    cancelled = activity.status == Activity.Status.NOT_HELD
    return Appointment(
        uid=f"party-activity-{activity.pk}@{request.get_host()}", title=activity.title, starts_at=activity.starts_at,
        ends_at=activity.ends_at, place=activity.place, text=activity.text, sequence=activity.sequence + cancelled,
        url=request.build_absolute_uri(_page(activity.pk)), status="CANCELLED" if cancelled else "CONFIRMED",
    )  # fmt: skip


def _own(request: HttpRequest, pk: int) -> Activity:
    activity = queries.activity_for(actor(request), pk)
    if not may(actor(request), Perm.PARTY_ORGANISE, activity.body):
        raise Http404
    return activity


def _page(pk: int) -> str:
    return reverse("mobilisation:activity", args=[pk])


def _above(activity: Activity) -> tuple[tuple[str, str], ...]:
    return ((_("党日和党课"), reverse("mobilisation:activities")), (activity.title, _page(activity.pk)))
