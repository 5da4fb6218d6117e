"""Series: the list, a new one, one of them, its plan, agenda and seats, its end; one more meeting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import business_date, now, today
from wuli.base.errors import Refused
from wuli.kernel.metrics.rules.metrics import known
from wuli.kernel.orgs.access import actor, chosen_unit, needs
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..actions import planning
from ..actions import series as actions
from ..actions.series import NewSeries
from ..forms.agenda import AgendaForm
from ..forms.meetings import EndForm, ExtraForm
from ..forms.series import LEADING, WEEKDAYS, PlanForm, SeatForm, SeriesForm, initial_of
from ..models import Series
from ..queries import invited, meetings
from ..queries import series as queries
from ..rules import agenda

SIZE = 30


@needs(Perm.MEETING_ARRANGE)
def series_list(request: HttpRequest) -> HttpResponse:
    """The series of the units where one may arrange meetings, those going on first."""
    day = today()
    found = queries.series_for(actor(request))
    page = page_of(found, order=queries.ORDER, cursor=request.GET.get("after", ""), size=SIZE)
    context = {"page": page, "going": found.filter(ends_on__gt=day).count(), "today": day, "active": "meetings"}
    return page_or_part(request, "meetings/series_list.html", "rows", context)


@needs(Perm.MEETING_ARRANGE)
def series_new(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    form = SeriesForm(request.POST or None, user=user, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        new = NewSeries(form.cleaned_data["unit"], form.cleaned_data["kind"], form.plan(), places=form.places())
        try:
            series = actions.begin(new, by=user, at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("例会已设立，之后几天的会议已排好"))
            return redirect("meetings:series", series.pk)
    return _form(request, form, _("设立例会"), _("设立"))


@needs(Perm.MEETING_ARRANGE)
def series_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One series: its rhythm, agenda, who is asked, and the next meetings; a form for one more seat."""
    user, at = actor(request), now()
    series = queries.one_for(user, pk)
    form = SeatForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_seats(series=series, places=[form.place()], by=user, at=at)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已加入，从下一次会议起"))
            return redirect("meetings:series", series.pk)
    day = business_date(at, series.unit.zone)
    people = invited.named(series, day)
    context = {
        "series": series, "form": form, "people": people, "next": list(meetings.next_of(series, at)[:8]),
        "points": [(point, _sources(point)) for point in agenda.read(series.agenda)], "active": "meetings",
        "is_going": series.ends_on > day, "weekdays": _weekdays(series),
        "gone": [person for person in (series.chair, series.secretary) if not person.is_on_roll(day)],
    }  # fmt: skip
    return page_or_part(
        request, "meetings/series.html", "body", context, status=422 if form.is_bound else 200
    )  # fmt: skip


@needs(Perm.MEETING_ARRANGE)
def series_change(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    series = queries.one_for(user, pk)
    form = PlanForm(request.POST or None, user=user, initial=initial_of(series))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                series=series, plan=form.plan(), seen=form.cleaned_data["edition"], by=user, at=now()
            )  # fmt: skip
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已调整，从下一次会议起；单独改过的会议保持不变"))
            return redirect("meetings:series", series.pk)
    return _form(request, form, _("调整例会"), _("保存"), series=series)


@needs(Perm.MEETING_ARRANGE)
def agenda_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The points, each with the figures that its material shows; rows are moved, added and removed before saving."""
    user = actor(request)
    series = queries.one_for(user, pk)
    sent = request.POST if request.method == "POST" else None
    form = AgendaForm(series, queries.tellable(series.unit), list(queries.calls_of(series.unit)), sent)
    context = {"series": series, "form": form, "wrong": "", "active": "meetings"}
    if sent is not None and "do" in sent:
        form.rearrange(sent["do"])
        return page_or_part(request, "meetings/agenda.html", "form", context)
    if sent is not None and form.is_valid():
        try:
            actions.set_agenda(series=series, points=form.points(), seen=form.edition, by=user, at=now())
        except Refused as no:
            context["wrong"] = str(no)
        else:
            messages.success(request, _("议程已改，从下一次会议起"))
            return redirect("meetings:series", series.pk)
    return page_or_part(request, "meetings/agenda.html", "form", context, status=200 if sent is None else 422)


@needs(Perm.MEETING_ARRANGE)
@require_POST
def seat_remove(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    user = actor(request)
    series = queries.one_for(user, pk)
    one = get_object_or_404(series.seats.select_related("person", "unit"), pk=seat)
    actions.remove_seat(series=series, seat=one, by=user, at=now())
    messages.success(request, _("已移出，从下一次会议起"))
    return redirect("meetings:series", series.pk)


@needs(Perm.MEETING_ARRANGE)
def series_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    series = queries.one_for(user, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(series=series, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("例会已结束"))
            return redirect("meetings:series", series.pk)
    words = {"danger": True, "text": _("不再排新的会议；已开过的会议、纪要和事项都保留。")}
    return _form(request, form, _("结束例会"), _("结束"), series=series, **words)


@needs(Perm.MEETING_ARRANGE)
def extra_new(request: HttpRequest, pk: int) -> HttpResponse:
    user = actor(request)
    series = queries.one_for(user, pk)
    form = ExtraForm(request.POST or None, series=series, initial={"on": business_date(now(), series.unit.zone)})
    if request.method == "POST" and form.is_valid():
        try:
            meeting = planning.call_extra(series=series, extra=planning.Extra(**form.cleaned_data), by=user, at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已加开，并通知参会人员"))
            return redirect("meetings:meeting", meeting.pk)
    return _form(request, form, _("加开会议"), _("加开"), series=series)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What is proposed: the unit one looks at, oneself in the chair, an early hour."""
    user, unit = actor(request), chosen_unit(request)
    here = unit if unit and may(user, Perm.MEETING_ARRANGE, unit) else None
    return {
        "unit": here, "kind": Series.Kind.DISPATCH, "title": Series.Kind.DISPATCH.label, "starts_on": today(),
        "cadence": Series.Cadence.DAILY, "starts_at": "08:30", "chair": user.person,
        "duties": [LEADING, "head:", "deputy:"],
    }  # fmt: skip


def _sources(point: agenda.Point) -> list[str]:
    """What a point shows, in words."""
    metrics = known()
    found = [str(metrics[code].title) for code in agenda.chosen(point, metrics)]
    found += [_("各任务上报情况")] if point.calls else []
    return [*found, _("另有暂无指标的")] if agenda.lacking(point, metrics) else found


def _weekdays(series: Series) -> str:
    return _("、").join(str(WEEKDAYS[day][1]) for day in series.weekdays)


def _form(request: HttpRequest, form: Any, title: str, verb: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "verb": verb, "active": "meetings", **more}
    return page_or_part(
        request, "meetings/series_form.html", "form", context, status=422 if form.is_bound else 200
    )  # fmt: skip
