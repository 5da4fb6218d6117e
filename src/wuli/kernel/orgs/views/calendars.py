"""Working days: a month of a unit, and the exceptions of places and units."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..access import actor, chosen_unit, needs
from ..actions import calendars as actions
from ..forms.calendars import ExceptionForm, LiftForm
from ..models import Unit
from ..queries import calendars as queries
from ..queries import units
from ..queries.scope import may
from ..rules.calendars import why_not_lift
from ..rules.duties import Perm

ONE_DAY = timedelta(days=1)
WEEK_DAYS = (
    pgettext_lazy("weekday", "一"), pgettext_lazy("weekday", "二"), pgettext_lazy("weekday", "三"),
    pgettext_lazy("weekday", "四"), pgettext_lazy("weekday", "五"), pgettext_lazy("weekday", "六"),
    pgettext_lazy("weekday", "日"),
)  # fmt: skip


@needs(Perm.UNIT_VIEW)
def calendar_page(request: HttpRequest) -> HttpResponse:
    """A month of the unit that one looks at, and below it what the house has said of working days."""
    user, asked = actor(request), request.GET.get("unit", "")
    unit = units.unit_for(user, int(asked)) if asked.isdecimal() else chosen_unit(request)
    page = page_of(queries.exceptions_for(user), order=("-from_date", "-pk"), cursor=request.GET.get("after", ""))
    may_change = may(user, Perm.UNIT_CHANGE)
    rows = [{"exception": one, "may_lift": may_change and not why_not_lift(one, today())} for one in page.rows]
    context = {
        "unit": unit, "page": page, "rows": rows, "may_change": may_change, "today": today(), "week_days": WEEK_DAYS,
        **(_month(unit, _first_asked(request)) if unit else {}),
    }  # fmt: skip
    return page_or_part(request, "orgs/calendar/page.html", "body", context)


@needs(Perm.UNIT_CHANGE)
def exception_new(request: HttpRequest) -> HttpResponse:
    form = ExceptionForm(request.POST or None, user=actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare(form.exception(), by=actor(request), at=now())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已登记；已经开始的期次不变"))
            return redirect("orgs:calendar")
    text = _("按地区或按单位登记与公共日历不同的日子。单位的优先于地区的，小地区的优先于大地区的。")
    return _form(request, form, _("登记日历调整"), _("登记"), text)


@needs(Perm.UNIT_CHANGE)
def exception_lift(request: HttpRequest, pk: int) -> HttpResponse:
    exception = get_object_or_404(queries.exceptions_for(actor(request)), pk=pk)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift(exception=exception, by=actor(request), at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已撤销，从今天起恢复公共日历"))
            return redirect("orgs:calendar")
    text = _("%(where)s · %(reason)s。从今天起恢复公共日历；过去的日子和已经开始的期次不变。") % {
        "where": exception.unit or exception.region, "reason": exception.reason}  # fmt: skip
    return _form(request, form, _("撤销日历调整"), _("撤销"), text)


def _first_asked(request: HttpRequest) -> date:
    """The first day of the month in `?month=2020-02`; what is no month means this one."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today().replace(day=1)


def _month(unit: Unit, first: date) -> dict[str, Any]:
    """Weeks from Monday to Sunday, with None for days of other months."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    cells = [None] * first.weekday() + list(queries.days_of(unit, first, last))
    cells += [None] * (-len(cells) % 7)
    return {
        "first": first, "weeks": [cells[start : start + 7] for start in range(0, len(cells), 7)],
        "before": (first - ONE_DAY) if first.year > 2000 else None, "after": last + ONE_DAY,
        "region": queries.place_of(unit, last),
    }  # fmt: skip


def _form(request: HttpRequest, form: Any, title: str, verb: str, text: str) -> HttpResponse:
    context = {"form": form, "title": title, "verb": verb, "text": text}
    return page_or_part(request, "orgs/calendar/form.html", "form", context, status=422 if form.is_bound else 200)
