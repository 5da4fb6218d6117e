from django.http import Http404, HttpRequest, HttpResponse

from wuli.base.clock import today
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..access import actor, chosen_unit, needs
from ..models import Unit
from ..queries import blind_spots as queries
from ..queries import units
from ..queries.blind_spots import SPOTS, Spot
from ..rules.duties import Perm


@needs(Perm.BLIND_SPOT_VIEW)
def blind_spots(request: HttpRequest) -> HttpResponse:
    """Every kind of hole, by child of the chosen unit; each figure opens into its rows."""
    unit = _unit(request)
    counts = queries.counted(unit, today())
    below = units.subtree(unit, today(), seen_by=actor(request)).children
    rows = [(node.name, node.unit.pk, [counts[spot].get(node.path, 0) for spot in SPOTS]) for node in below]
    direct = [counts[spot].get(unit.path, 0) for spot in SPOTS]
    totals = [sum(counts[spot].values()) for spot in SPOTS]
    context = {
        "unit": unit, "chain": units.lineage(unit, today()), "spots": list(SPOTS.items()), "rows": rows,
        "direct": direct, "totals": totals, "all": sum(totals),
    }  # fmt: skip
    return page_or_part(request, "orgs/blind_spots/table.html", "body", context)


@needs(Perm.BLIND_SPOT_VIEW)
def blind_spot_rows(request: HttpRequest, spot: str) -> HttpResponse:
    if spot not in list(Spot):
        raise Http404
    unit, info = _unit(request), SPOTS[Spot(spot)]
    rows = queries.listed(Spot(spot), unit, today())
    page = page_of(rows, order=("path", "pk"), cursor=request.GET.get("after", ""), size=50)
    context = {"unit": unit, "spot": spot, "info": info, "page": page, "total": rows.count()}
    return page_or_part(request, "orgs/blind_spots/rows.html", "rows", context)


def _unit(request: HttpRequest) -> Unit:
    asked = request.GET.get("unit", "")
    if asked.isdecimal():
        return units.unit_for(actor(request), int(asked), Perm.BLIND_SPOT_VIEW)
    unit = chosen_unit(request)
    if unit is None:
        raise Http404
    return units.unit_for(actor(request), unit.pk, Perm.BLIND_SPOT_VIEW)
