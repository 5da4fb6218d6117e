"""Participation by branch: one table of what each has done."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.queries.units import lineage
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import stream_csv, stream_xlsx
from wuli.web.pages import day_asked, page_or_part

from ..actions import exports
from ..queries import participation as queries
from ..rules import files
from ..rules.rhythm import month_of

KINDS = {"csv": stream_csv, "xlsx": stream_xlsx}


@needs(Perm.PARTY_ORGANISE)
def participation(request: HttpRequest) -> HttpResponse:
    """What a body and each body below it have done: in the order of the tree, or by name; never a league table."""
    unit, day = queries.node_for(actor(request), number_of(request, "unit")), day_asked(request)
    if unit is None:
        raise Http404
    shown = queries.table(unit, day)
    by_name = request.GET.get("sort") == "name"
    chain = crumbs_to(request, unit, day)
    lines = sorted(shown.lines, key=lambda line: line.name) if by_name else shown.lines
    context = {
        "unit": unit, "day": day, "lines": lines, "total": shown.total, "by_name": by_name, "month": month_of(day),
        "chain": chain, "called": chain[-1].name if chain else unit.name, "children": len(shown.lines),
        "figures": _figures(shown.total, unit.pk, day),
    }  # fmt: skip
    return page_or_part(request, "mobilisation/participation.html", "rows", context)


@needs(Perm.PARTY_ORGANISE)
def participation_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every branch below, one row each; counts only, no names. Taking it is an event."""
    user, day, at = actor(request), day_asked(request), now()
    unit = queries.node_for(user, number_of(request, "unit"))
    if kind not in KINDS or unit is None:
        raise Http404
    rows = [files.row(placed, tally) for placed, tally in queries.every_branch(unit, day)]
    try:
        exports.note_export(unit=unit, on=day, rows=len(rows), kind=kind, by=user, at=at)
    except Refused as no:
        messages.error(request, str(no))
        return redirect(reverse("mobilisation:participation", query=request.GET))
    name = _("%(unit)s党员参与情况 %(day)s") % {"unit": unit.name, "day": day}
    return KINDS[kind](name, files.HEADER, rows, files.note(str(user), user.username, at))


def number_of(request: HttpRequest, name: str) -> int:
    """A key in the address; 0, which no row has, for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def crumbs_to(request: HttpRequest, unit: Any, day: date) -> list[Any]:
    """The bodies from the highest that the asker organises down to this one."""
    top = queries.node_for(actor(request), None)
    return [one for one in lineage(unit, day) if top is None or one.unit.depth >= top.depth]


def _figures(total: Any, unit: int, day: date) -> list[dict[str, Any]]:
    month = reverse("mobilisation:owing", query={"unit": unit, "month": f"{day:%Y-%m}"})
    return [
        _figure(_("党员承诺"), total.committed, total.asked, reverse("mobilisation:campaigns")),
        _figure(_("本月主题党日"), total.held, total.owing, month, unit=_("个支部")),
        _figure(_("有任务的党员"), total.tasked, total.members, reverse("mobilisation:errands")),
        {"label": _("先锋岗、责任区、突击队"), "value": total.vanguards, "unit": _("个"),
         "url": reverse("mobilisation:vanguards", query={"unit": unit})},
    ]  # fmt: skip


def _figure(label: str, part: int, whole: int, url: str, unit: str = "") -> dict[str, Any]:
    return {"label": label, "value": part, "unit": unit, "url": url,
            "detail": _("共 %(whole)s") % {"whole": f"{whole:,}"} if whole else _("还没有要求")}  # fmt: skip
