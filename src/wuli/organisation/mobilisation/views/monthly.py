"""Branches that have not held their theme day; how often it is asked of them."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wuli.base.clock import now, today
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models import Kind, Person, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.units import path_on
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..actions import reminding
from ..forms.activities import RhythmForm
from ..models.activity import Sort
from ..queries import monthly as queries
from ..queries import participation
from ..rules.rhythm import Month, month_before, month_of, read_month
from .participation import number_of
from .steps import Step, take

ACTIVE = "party_activities"


@needs(Perm.PARTY_ORGANISE)
def owing_list(request: HttpRequest) -> HttpResponse:
    """The branches without a theme day in a month, in the order of the tree, with their secretaries."""
    unit, month = _asked(request)
    on = _last_day(month)
    path = path_on(unit, on)
    found = queries.owing(path, on) if path else queries.owing("-", on).none()
    page = page_of(found, order=("path",), cursor=request.GET.get("after", ""), size=50)
    context = {
        "unit": unit, "month": month, "page": page, "count": found.count(), "before": month_before(month),
        "after": month_of(month.until) if month.until <= today() else None, "active": ACTIVE,
        "secretaries": _secretaries([one.unit_id for one in page.rows], on), "is_now": month.holds(today()),
        "rhythm": queries.rhythm_on(Sort.THEME_DAY, on), "may_set": unit.kind == Kind.PARTY_GROUP,
    }  # fmt: skip
    return page_or_part(request, "mobilisation/activities/owing.html", "rows", context)


@needs(Perm.PARTY_ORGANISE)
@require_POST
def owing_remind(request: HttpRequest) -> HttpResponse:
    unit, _month = _asked(request)
    told = reminding.remind(unit=unit, path=path_on(unit, today()), on=today(), by=actor(request), at=now())
    if told:
        messages.success(request, _("已提醒 %(n)d 名书记") % {"n": told})
    else:
        messages.info(request, _("今天都提醒过了，或者没有要提醒的书记"))
    return redirect(reverse("mobilisation:owing", query={"unit": unit.pk}))


@needs(Perm.PARTY_ORGANISE)
def rhythm_set(request: HttpRequest) -> HttpResponse:
    """For the Party group: how often each branch holds a theme day, from a month on."""
    user = actor(request)
    top = participation.node_for(user, None)
    if top is None or top.kind != Kind.PARTY_GROUP:
        raise Http404

    def do(said: dict[str, Any]) -> tuple[str, str]:
        rhythm = reminding.set_rhythm(top=top, sort=Sort.THEME_DAY, by=user, at=now(), **said)
        return _("自 %(day)s 起每月 %(n)d 次") % {"day": rhythm.from_date, "n": rhythm.times}, back

    back = reverse("mobilisation:owing")
    form = RhythmForm(request.POST or None, initial={"from_date": RhythmForm.next_month(today())})
    note = _("以前的月份按当时的要求计，不受影响。")
    return take(
        request, Step(_("每月主题党日的要求"), _("保存"), back, ACTIVE, ((_("未开展的支部"), back),), note), form, do
    )


def _asked(request: HttpRequest) -> tuple[Unit, Month]:
    unit = participation.node_for(actor(request), number_of(request, "unit"))
    if unit is None:
        raise Http404
    return unit, read_month(request.GET.get("month", ""), today())


def _last_day(month: Month) -> date:
    return min(today(), month.until - timedelta(days=1))


def _secretaries(units: list[int], on: date) -> dict[int, list[str]]:
    posted = {"postings__duty": Duty.PARTY_SECRETARY, "postings__from_date__lte": on, "postings__until_date__gt": on}
    found: dict[int, list[str]] = {}
    rows = Person.objects.on_roll(on).filter(postings__unit__in=units, **posted)
    for unit, name in rows.order_by("number").values_list("postings__unit", "name"):
        found.setdefault(unit, []).append(name)
    return found
