"""The read-only line by place (属地): a round cut by province and country, as a page and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wuli.base.clock import now
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import plain, stream_xlsx
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..actions import exports
from ..models import Round
from ..queries import board, places
from ..queries import slots as queries
from ..queries.board import Node
from ..queries.coverage import total
from ..rules.form import Field, spec_of, told

NONE = "none"
"""How the place of units without one stands in an address."""


@needs(Perm.CALL_VIEW)
def round_places(request: HttpRequest, pk: int) -> HttpResponse:
    """Each place with its coverage and sums; with `?place=`, the units that stood there."""
    round_, node = _asked(request, pk)
    found, fields = _found(round_, node)
    context = {
        "round": round_, "node": node, "chain": board.chain(round_, node), "fields": fields, "places": found,
        "total": total(one.coverage for one in found), **_opened(request, round_, node, found),
        "totals": board.totals_of(round_, node),
    }  # fmt: skip
    return page_or_part(request, "cascade/places.html", "body", context)


@needs(Perm.CALL_VIEW)
def round_places_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same table in a file that says who took it and when; taking it is an event."""
    round_, node = _asked(request, pk)
    found, fields = _found(round_, node)
    exports.note_export(of=round_, unit=node.unit, rows=len(found), kind="xlsx", by=actor(request), at=now())
    header = [_("属地"), _("代码"), _("应报"), _("零报告"), _("有情况"), _("迟报"), _("未报"), _("免报")]
    header += [f"{one.label}（{one.unit}）" if one.unit else one.label for one in fields]
    everything = places.Place("", _("合计"), total(one.coverage for one in found), board.totals_of(round_, node))
    name = _("%(call)s按属地 %(unit)s %(day)s") % {
        "call": round_.call.title, "unit": node.unit.name, "day": round_.on}  # fmt: skip
    return stream_xlsx(name, header, (_row(one, fields) for one in [*found, everything]), _note(request, node))


def _asked(request: HttpRequest, pk: int) -> tuple[Round, Node]:
    round_ = queries.round_for(actor(request), pk)
    return round_, board.node_for(actor(request), round_, request.GET.get("unit", ""))


def _found(round_: Round, node: Node) -> tuple[list[places.Place], list[Field]]:
    spec = spec_of(round_.version)
    return places.by_place(round_, node.path, spec), [one for one in spec.fields if one.adds_up]


def _opened(request: HttpRequest, round_: Round, node: Node, found: list[places.Place]) -> dict[str, Any]:
    asked = request.GET.get("place", "")
    code = places.NOWHERE if asked == NONE else asked
    opened = next((one for one in found if asked and one.code == code), None)
    if opened is None:
        return {}
    slots = places.at_place(round_.slots.under(node.path), opened.code).select_related("unit", "region")
    page = page_of(slots, order=("path",), cursor=request.GET.get("after", ""), size=50)
    return {"opened": opened, "page": page}


def _row(place: places.Place, fields: list[Field]) -> list[Any]:
    of = place.coverage
    cells = [of.expected, of.zero, of.some, of.late, of.missing, of.exempt]
    return [place.name or _("没有登记所在地"), place.code, *cells, *(told(place.sums.get(one.key)) for one in fields)]


def _note(request: HttpRequest, node: Node) -> str:
    user = actor(request)
    who = f"{user} {user.person.number}" if user.person else str(user)
    return _("※ %(who)s 于 %(when)s 导出 · %(unit)s · %(kind)s") % {
        "who": who, "when": plain(localtime(now())), "unit": node.unit.name, "kind": _("按属地汇总")}  # fmt: skip
