"""The grid of a unit, its cells in one list, whose cell someone is in, the directory as a file."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.ledger.rules.files import note
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models import Kind, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries import units
from wuli.kernel.orgs.queries.scope import grantable, may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import stream_csv, stream_xlsx
from wuli.web.pages import day_asked, page_or_part
from wuli.web.paging import page_of

from ..actions import exports
from ..queries import cells, directory
from ..queries import finding as people
from ..queries import grid as queries
from ..queries.board_facts import instructors_of
from ..rules import directory as columns
from ..rules.cells import CUT_KINDS
from .steps import grid_url, unit_asked

SHAPES = {"csv": stream_csv, "xlsx": stream_xlsx}
ONLY = ("unkept", "crowded")
MOST_INNER = 200
"""Cells inside units that the list names, above its teams; the metric has the rest."""


@needs(Perm.POSTING_VIEW)
def grid(request: HttpRequest) -> HttpResponse:
    """A unit as a grid: who keeps it, the grids below, the cells inside; of today or a past day."""
    unit, day, user = unit_asked(request), day_asked(request), actor(request)
    found = queries.grid_of(unit, day, seen_by=user, after=request.GET.get("after", ""))
    chain = units.lineage(unit, day)
    has_inside = unit.kind in CUT_KINDS and bool(chain)
    context = {
        "unit": unit, "chain": chain, "grid": found, "page": found.rows, **_days(day),
        "duties": Duty, "is_team": unit.kind == Kind.TEAM, "is_cut_kind": unit.kind in CUT_KINDS,
        "cut": cells.cut_of(unit, day) if has_inside else None, "instructors": instructors_of(unit, day),
        "may_arrange": may(user, Perm.POSTING_GRANT, unit) and day == today(),
        "may_appoint": Duty.GRID_KEEPER in grantable(user, unit) and unit.kind in CUT_KINDS and day == today(),
        "figures": _figures(unit, found, day),
    }  # fmt: skip
    return page_or_part(request, "grid/grid.html", "body", context)


@needs(Perm.POSTING_VIEW)
def cell_list(request: HttpRequest) -> HttpResponse:
    """The cells below a unit, one by one: all, those without keeper, those of too many people; teams in pages."""
    unit, day, user = unit_asked(request), day_asked(request), actor(request)
    only = request.GET.get("only", "")
    rows = queries.cells_under(unit, day, only=only)
    page = page_of(rows, order=("path", "pk"), cursor=request.GET.get("after", ""), size=50)
    inner = queries.inner_under(unit, day, only=only)
    cells_inside = inner.count()
    context = {
        "unit": unit, "page": page, "only": only if only in ONLY else "", "total": rows.count() + cells_inside,
        "inner": inner[:MOST_INNER] if not page.previous else [], **_days(day),
        "not_shown": max(0, cells_inside - MOST_INNER),
        "rows": directory.told(page.rows, day, within=units.path_on(unit, day), seen_by=user), "duties": Duty,
        "may_appoint": Duty.GRID_KEEPER in grantable(user, unit) and day == today(),
    }  # fmt: skip
    return page_or_part(request, "grid/cells.html", "rows", context)


@needs(Perm.PERSON_VIEW)
def find(request: HttpRequest) -> HttpResponse:
    """Whose cell is someone in: by name, pinyin or number, within reach."""
    text = request.GET.get("q", "").strip()[:80]
    found = people.found(actor(request), text, today()) if text else []
    return page_or_part(request, "grid/find.html", "found", {"q": text, "found": found, "most": people.MOST})


@needs(Perm.POSTING_VIEW)
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The directory of all grids below a unit in a file that says who took it and when; taking it is an event."""
    if kind not in SHAPES:
        raise Http404
    unit, user, at = unit_asked(request), actor(request), now()
    try:
        exports.note_export(
            unit=unit, rows=directory.exported(unit, today()).count(), kind=kind, by=user, at=at
        )  # fmt: skip
    except Refused as no:
        messages.error(request, str(no))
        return redirect(grid_url(unit))
    name = _("%(unit)s网格名录 %(day)s") % {"unit": unit.name, "day": today()}
    rows = columns.rows(directory.lines(unit, today()))
    return SHAPES[kind](name, columns.HEADER, rows, note(str(user), user.username, unit.name, at))


def _figures(unit: Unit, found: queries.Grid, day: date) -> list[dict[str, Any]]:
    """The numbers that matter; each opens into its rows."""
    on = {} if day == today() else {"on": day.isoformat()}

    def listed(only: str) -> str:
        return reverse("grid:cells", query={"unit": unit.pk, "only": only} | on)

    if found.heads is None:
        return []
    counts = found.counts
    return [
        {"label": _("在册人数"), "value": found.heads.people, "url": reverse("orgs:roster", query={"unit": unit.pk}),
         "detail": _("党员 %(n)s") % {"n": f"{found.heads.members:,}"}},
        {"label": _("网格数"), "value": counts.cells, "url": listed(""),
         "detail": _("班组 %(teams)s · 工序、岗位 %(inner)s") % {
             "teams": f"{counts.teams:,}", "inner": f"{counts.inner:,}"}},
        {"label": _("没有网格员"), "value": counts.without_keeper, "url": listed("unkept")},
        {"label": _("超过 30 人"), "value": counts.too_large, "url": listed("crowded")},
    ]  # fmt: skip


def _days(day: date) -> dict[str, Any]:
    return {"day": day, "today": today(), "on": "" if day == today() else day.isoformat(), "active": "grid"}
