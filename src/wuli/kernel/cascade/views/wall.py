"""The board on a wall: dark, large, without navigation, asking for itself whether anything has changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from wuli.base.clock import now
from wuli.kernel.ledger.queries.counts import colours_of
from wuli.kernel.ledger.queries.items import items_for
from wuli.kernel.ledger.rules.clockwork import Colour
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.again import told_again
from wuli.web.pages import page_or_part

from ..models import Round
from ..queries import board, wall
from ..queries import slots as queries
from ..queries.board import Node
from ..rules.wall import tiles

MOST_TILES = 4


@told_again
@needs(Perm.CALL_VIEW)
def round_wall(request: HttpRequest, pk: int) -> HttpResponse:
    """One round for a node. `?show=` names metrics to stand beside it."""
    round_ = queries.round_for(actor(request), pk)
    node = board.node_for(actor(request), round_, request.GET.get("unit", ""))
    context = _wall(request, round_, node)
    seen = (context["left"], context["items"], context["tiles"], context["silent"])
    stamp = board.stamp(round_, node, context["lines"], seen)
    tag = f'"wall-{stamp}-{request.GET.urlencode()}-{get_language()}-{actor(request).pk}"'
    answer = get_conditional_response(request, etag=tag) if request.headers.get("HX-Request") else None
    answer = answer or page_or_part(request, "cascade/wall.html", "body", context)
    answer["ETag"] = tag
    patch_cache_control(answer, private=True, no_cache=True)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _wall(request: HttpRequest, round_: Round, node: Node) -> dict[str, Any]:
    user, at, lines = actor(request), now(), board.lines(round_, node)
    kinds, figure = wall.kinds_shown(round_, node), board.figure_at(round_, node)
    blocks = wall.blocks(round_, node, lines, kinds)
    squares = sum(len(block.squares) for block in blocks)
    return {
        "theme": "dark", "round": round_, "node": node, "at": at, "lines": lines, "total": board.whole(lines),
        "blocks": blocks, "size": "few" if squares <= 60 else "some" if squares <= 240 else "many",
        "silent": wall.silent(round_, node, kinds), "figure": figure, "left": wall.minutes_left(figure, at),
        "items": _items(request, node), "tiles": tiles(user, node.unit, round_.on, _codes(request))[:MOST_TILES],
    }  # fmt: skip


def _items(request: HttpRequest, node: Node) -> dict[str, int] | None:
    """Items not finished at and below the node, and those past due; None for whoever may not see items there."""
    if not may(actor(request), Perm.ITEM_VIEW, node.unit):
        return None
    colours = colours_of(items_for(actor(request)).active().under(node.unit), now())
    late = sum(n for colour, n in colours.items() if colour in (Colour.YELLOW, Colour.RED))
    return {"open": sum(colours.values()), "late": late}


def _codes(request: HttpRequest) -> list[str]:
    return request.GET.getlist("show")[:MOST_TILES]
