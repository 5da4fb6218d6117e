"""Who has answered and who has not: the list of rounds, the board of one, its sums, and the chase."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_POST

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.again import told_again
from wuli.web.pages import page_or_part
from wuli.web.paging import page_of

from ..actions import chasing
from ..models import Round
from ..queries import board, told
from ..queries import slots as queries
from ..queries.board import Line, Node
from ..queries.coverage import total
from ..rules.form import spec_of

SHOWN = ("owing", "late", "all")


@needs(Perm.CALL_VIEW)
def round_list(request: HttpRequest) -> HttpResponse:
    """The newest rounds of everything that is asked within reach, each with its coverage there."""
    rows = board.rounds_for(actor(request))
    return page_or_part(request, "cascade/rounds.html", "rows", {"rows": rows, "at": now()})


@told_again
@needs(Perm.CALL_VIEW)
def round_board(request: HttpRequest, pk: int) -> HttpResponse:
    """One round for a node: its coverage, its children, and by name those who still owe an answer."""
    round_ = queries.round_for(actor(request), pk)
    node = board.node_for(actor(request), round_, request.GET.get("unit", ""))
    lines, in_lines = board.lines(round_, node), board.by_line(actor(request), round_)
    who = _who(request, round_, node)
    stamp = board.stamp(round_, node, lines, [one.coverage for one in in_lines], told.stamp(who["told"]))
    tag = f'"{stamp}-{request.GET.urlencode()}-{get_language()}-{actor(request).pk}"'
    answer = get_conditional_response(request, etag=tag) if request.headers.get("HX-Request") else None
    context = {"in_lines": in_lines, "both": total(one.coverage for one in in_lines), **who}
    answer = answer or page_or_part(
        request, "cascade/board.html", "body", context | _board(request, round_, node, lines)
    )  # fmt: skip
    answer["ETag"] = tag
    patch_cache_control(answer, private=True, no_cache=True)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@needs(Perm.CALL_VIEW)
def round_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """What a node and its children told: fixed at the freeze, and what has changed since."""
    round_ = queries.round_for(actor(request), pk)
    node = board.node_for(actor(request), round_, request.GET.get("unit", ""))
    context = {
        "round": round_, "node": node, "fields": [one for one in spec_of(round_.version).fields if one.adds_up],
        "chain": board.chain(round_, node), **board.figures(round_, node),
    }  # fmt: skip
    return page_or_part(request, "cascade/figures.html", "body", context)


@needs(Perm.REPLY_REVIEW)
@require_POST
def round_chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the units that are picked; without a pick, all that owe an answer under the node."""
    round_ = queries.round_for(actor(request), pk)
    within = queries.slots_for(actor(request), Perm.REPLY_REVIEW).filter(round=round_).owing()
    picked = [int(key) for key in request.POST.getlist("slot") if key.isdecimal()]
    keys = list(within.filter(pk__in=picked).values_list("pk", flat=True))
    try:
        count = chasing.chase(
            of=round_, slots=keys, text=request.POST.get("text", "")[:100], by=actor(request), at=now()
        )
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, ngettext("已催办 %(n)d 个单位", "已催办 %(n)d 个单位", count) % {"n": count})
    return redirect(_back(request, pk))


def _board(request: HttpRequest, round_: Round, node: Node, lines: list[Line]) -> dict[str, Any]:
    return {
        "round": round_, "node": node, "lines": lines, "total": board.whole(lines), "chain": board.chain(round_, node),
        "figure": board.figure_at(round_, node), "at": now(),
        "may_review": may(actor(request), Perm.REPLY_REVIEW, node.unit),
    }  # fmt: skip


def _who(request: HttpRequest, round_: Round, node: Node) -> dict[str, Any]:
    """The units by name, with who answers for them and what became of the reminders."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else SHOWN[0]
    found = board.slots_shown(round_, node, show)
    page = page_of(found, order=("path",), cursor=request.GET.get("after", ""), size=50)
    contacts = queries.contacts_of([slot.unit_id for slot in page.rows], round_.on)
    return {"show": show, "page": page, "told": told.told(actor(request), round_, page.rows, contacts)}


def _back(request: HttpRequest, pk: int) -> str:
    unit = request.POST.get("unit", "")
    return reverse("cascade:board", args=[pk]) + (f"?unit={unit}" if unit.isdecimal() else "")
