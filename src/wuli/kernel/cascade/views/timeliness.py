"""Which level was in time for which: a call over some business dates."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wuli.base.clock import now
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models.unit import Kind
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import page_or_part

from ..models import Round
from ..queries import board
from ..queries import slots as queries
from ..queries.timeliness import DUE, MOST_DAYS, Matrix, Span, matrix, worst

USUAL = timedelta(days=6)


@needs(Perm.CALL_VIEW)
def round_timeliness(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows answer, columns wait; a cell opens into its units. The period ends with the round that one came from."""
    round_ = queries.round_for(actor(request), pk)
    node = board.node_for(actor(request), round_, request.GET.get("unit", ""))
    first, last = _period(request, round_)
    span = Span(round_.call, node.unit, first, last, now())
    found = matrix(span)
    context = {
        "round": round_, "node": node, "chain": board.chain(round_, node), "first": first, "last": last,
        "columns": [_column(one) for one in found.columns], "rows": _rows(found), **_opened(request, span, found),
    }  # fmt: skip
    return page_or_part(request, "cascade/timeliness.html", "body", context)


def _period(request: HttpRequest, round_: Round) -> tuple[date, date]:
    """What is no period means the week that ends with the round; a longer one than is counted loses its beginning."""
    last = _day(request.GET.get("until", ""), round_.on)
    first = _day(request.GET.get("from", ""), last - USUAL)
    return max(min(first, last), last - timedelta(days=MOST_DAYS - 1)), last


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _rows(found: Matrix) -> list[dict[str, Any]]:
    return [
        {"kind": row, "label": Kind(row).label, "cells": list(zip(found.columns, cells, strict=True)), "reviewed": by}
        for row, cells, by in found.rows
    ]


def _column(column: str) -> str:
    return _("本级截止") if column == DUE else _("%(kind)s定数") % {"kind": Kind(column).label}


def _opened(request: HttpRequest, span: Span, found: Matrix) -> dict[str, Any]:
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    if column not in found.columns or row not in [kind for kind, _cells, _by in found.rows]:
        return {}
    title = _("%(row)s，%(column)s") % {"row": Kind(row).label, "column": _column(column)}
    return {"opened": title, "worst": worst(span, row, column)}
