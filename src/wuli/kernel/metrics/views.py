"""What there is to see: all metrics, one of them at a unit on a day, its rows as a file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wuli.base.clock import day_before, now, today
from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.ledger.rules import files as file_words
from wuli.kernel.orgs.access import actor, chosen_unit, needs
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.units import lineage, path_on
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import plain, stream_csv, stream_xlsx
from wuli.web.pages import day_asked, page_or_part
from wuli.web.paging import Page, page_of

from .actions import exports
from .forms import WhereForm
from .queries import numbers, reach, readings, showing
from .queries.showing import Beside, Shown
from .rules import addresses, files
from .rules.curves import curve_of
from .rules.metrics import ROLLS, TAKEN, Metric
from .rules.numbers import Number

KINDS = {"csv": stream_csv, "xlsx": stream_xlsx}
SIZE = 50


@dataclass(frozen=True)
class Place:
    """A metric as someone looks at it: where, when, and the part of the tree that it is told of."""

    user: User
    metric: Metric
    unit: Unit
    part: Part

    @property
    def on(self) -> date:
        return self.part.on

    @property
    def is_told(self) -> bool:
        return numbers.is_told(self.metric, self.part.path, self.on)

    @property
    def query(self) -> str:
        return urlencode({"unit": self.unit.pk, "on": self.on, "without": addresses.without_of(self.part)})

    @property
    def has_rows(self) -> bool:
        return reach.has_rows(self.user, self.metric, self.unit, self.part)


@needs(Perm.UNIT_VIEW)
def metric_list(request: HttpRequest) -> HttpResponse:
    """Every metric with what it means and how it is counted; beside it what was read last night, where it was."""
    user, unit, day = actor(request), chosen_unit(request), day_before(today())
    seen = reach.metrics_for(user)
    read = readings.readings_for(user).filter(unit=unit, on=day) if unit else []
    values = {one.metric: one for one in read}
    groups: dict[str, list[Any]] = {}
    for metric in seen:
        groups.setdefault(str(metric.group), []).append((metric, values.get(metric.code)))
    context = {"groups": groups, "unit": unit, "day": day, "has_read": bool(values)}
    return page_or_part(request, "metrics/list.html", "body", context)


@needs(Perm.UNIT_VIEW)
def metric_page(request: HttpRequest, code: str) -> HttpResponse:
    """The number, what it was before, its children, its curve and its rows."""
    user, metric = actor(request), reach.metric_for(actor(request), code)
    form = WhereForm(request.GET if "where" in request.GET else None, user=user, metric=metric, today=today())
    if form.is_bound and form.is_valid():
        where, on = form.place
        return redirect(addresses.page_of(code, where.pk, on))
    place = _place(request, metric)
    if not form.is_bound:
        form.initial = {"where": place.unit, "on": place.on}
    page = _rows(request, place)
    if page and metric.leaves_event:
        exports.note_look(metric=metric, unit=place.unit, on=place.on, by=user, at=now())
    context = {
        "form": form, "place": place, "metric": metric, "unit": place.unit, "page": page, "active": "metrics",
        "rolls": ROLLS[metric.rolls], "taken": TAKEN[metric.reading], "query": place.query,
        "may_export": reach.may_at(user, metric.export_needs, place.unit),
    }  # fmt: skip
    if not (page and request.GET.get("after")):
        context |= _surroundings(place)
    context["table"] = [_cells(metric, row) for row in page.rows] if page else []
    return page_or_part(request, "metrics/metric.html", "body", context, status=422 if form.errors else 200)


@needs(Perm.UNIT_VIEW)
def metric_export(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """The rows behind a number in a file that says who took it and when; taking it is an event."""
    user, at = actor(request), now()
    place = _place(request, reach.metric_for(user, code))
    metric, unit = place.metric, place.unit
    if kind not in KINDS or not place.has_rows or not reach.may_at(user, metric.export_needs, unit):
        raise Http404
    rows = reach.rows_for(user, metric, place.part, metric.export_needs)
    try:
        exports.note_export(metric=metric, unit=unit, on=place.on, rows=rows.count(), kind=kind, by=user, at=at)
    except Refused as no:
        messages.error(request, str(no))
        return redirect(addresses.page_of(code, unit.pk, place.on))
    note = file_words.note(str(user), user.username, files.said(metric, unit.name, place.on), at)
    lines = (files.row(metric, row) for row in rows.iterator(chunk_size=1000))
    return KINDS[kind](files.name(metric, unit.name, place.on), files.header(metric), lines, note)


def _place(request: HttpRequest, metric: Metric) -> Place:
    """The unit and day of the address; without them what is being looked at, today."""
    user, on, asked = actor(request), day_asked(request), request.GET.get("unit", "")
    if asked.isdecimal():
        unit: Unit | None = reach.unit_for(user, metric, int(asked))
    else:
        unit = reach.first_unit(user, metric, chosen_unit(request))
    if unit is None:
        raise Http404
    path = path_on(unit, on)
    without = addresses.paths_without(path, request.GET.get("without", ""))
    return Place(user, metric, unit, Part(path, on, without))


def _surroundings(place: Place) -> dict[str, Any]:
    """All that stands around the rows; not asked again for the further pages of them."""
    metric, unit, on, part = place.metric, place.unit, place.on, place.part
    shown = showing.shown(metric, unit, on)
    if part.without:
        return {"shown": shown, "figures": [_own_part(place)], "chain": lineage(unit, on)}
    reachable = reach.units_for(place.user, metric).filter(parent=unit).values_list("pk", flat=True)
    days = showing.days(metric, unit, on)
    return {
        "shown": shown, "figures": _figures(shown, unit), "chain": lineage(unit, on),
        "below": showing.below(metric, unit, on, reachable), "days": days[::-1],
        "has_days": any(one for _day, one in days),
        "curve": curve_of([*(one.value if one else None for _day, one in days), shown.value]),
        "behind": metric.page(unit, on) if metric.page and on == today() else "",
    }  # fmt: skip


def _figures(shown: Shown, unit: Unit) -> list[dict[str, Any]]:
    metric = shown.metric
    source = shown.reading.get_source_display() if shown.reading else _("现在计数")
    found = [_figure(metric.title, metric, shown.value) | {"detail": source}]
    found += [
        _figure(part.metric.title, part.metric, part.value) | {"url": part.url}
        for part in showing.parts(metric, unit, shown.on)
    ]
    before, year = showing.beside(shown, unit)
    return [*found, _beside(metric, before, _("前一日")), _beside(metric, year, _("去年同日"))]


def _beside(metric: Metric, then: Beside, label: str) -> dict[str, Any]:
    """The change in the colour of its direction; without a direction in none."""
    by = then.change.by or 0
    tone = "detail" if not by or not metric.better else "good" if (by > 0) == (metric.better > 0) else "bad"
    found = _figure(f"{label} {then.on:%Y-%m-%d}", metric, then.change.before)
    return found | {"url": then.url, tone: metric.change_words(then.change)}


def _own_part(place: Place) -> dict[str, Any]:
    found = _figure(place.metric.title, place.metric, numbers.value(place.metric, place.part))
    return found | {"detail": _("不含自行填报的 %(n)d 个下级单位") % {"n": len(place.part.without)}}


def _figure(label: Any, metric: Metric, value: Number) -> dict[str, Any]:
    return {"label": label, "value": metric.words(value), "unit": "" if value is None else metric.unit}


def _rows(request: HttpRequest, place: Place) -> Page | None:
    if not place.has_rows:
        return None
    rows = reach.rows_for(place.user, place.metric, place.part, place.metric.rows_need)
    return page_of(rows, order=reach.ORDER, cursor=request.GET.get("after", ""), size=SIZE)


@dataclass(frozen=True)
class Cell:
    text: str
    url: str
    minor: bool


def _cells(metric: Metric, row: Any) -> list[Cell]:
    return [
        Cell(_text(column.of(row)), column.link(row) if column.link else "", column.minor) for column in metric.columns
    ]


def _text(value: Any) -> str:
    return plain(value)[:16] if isinstance(value, datetime) else plain(value) or "—"
