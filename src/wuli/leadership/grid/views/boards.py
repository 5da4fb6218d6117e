"""Notice boards: on the screen, on paper, all of an enterprise in one file."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models import Kind, Placement, Unit
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.documents import PDF
from wuli.web.pages import blame, page_or_part

from ..actions import boards as actions
from ..actions import packs
from ..forms.boards import BoardForm, PackForm, PhonesForm
from ..models import Pack
from ..queries import board_facts, boards
from ..queries import packs as waiting
from ..rules.boards import AT_ONCE, GRIDS, Notice
from ..tasks import set_going, set_in_type
from .steps import grid_url, unit_of


@needs(Perm.POSTING_VIEW)
def board(request: HttpRequest, unit: int) -> HttpResponse:
    """The board as it would be printed. Numbers of the roster are shown by printing, which is a look at them."""
    found = unit_of(request, unit)
    notice = _notice(request, found)
    context = {
        "unit": found, "notice": notice, "day": today(), "active": "grid", "sizes": Pack.Size.values,
        "may_arrange": may(actor(request), Perm.POSTING_GRANT, found), "back": grid_url(found),
    }  # fmt: skip
    return page_or_part(request, "grid/board.html", "body", context)


@needs(Perm.POSTING_VIEW)
def board_paper(request: HttpRequest, unit: int) -> HttpResponse:
    """The board as a PDF. It is asked for by POST, since it leaves an event and looks at numbers."""
    if request.method != "POST":
        return redirect("grid:board", unit)
    found = unit_of(request, unit)
    try:
        return _printed(request, found, [_notice(request, found, printing=True)])
    except Refused as no:
        messages.error(request, str(no))
        return redirect("grid:board", unit)


@needs(Perm.POSTING_GRANT)
def board_edit(request: HttpRequest, unit: int) -> HttpResponse:
    """What the board says beside its people, and the work phones of those."""
    found, user = unit_of(request, unit, Perm.POSTING_GRANT), actor(request)
    people, known = board_facts.people_on(found, today())
    sent = request.POST if "phones" in request.POST else None
    phones = PhonesForm(sent, people=people, known=known)
    if sent is not None and phones.is_valid():
        try:
            number = actions.publish_phones(phones=phones.said(), unit=found, by=user, at=now())
        except Refused as no:
            blame(phones, no)
        else:
            messages.success(request, _("已保存 %(n)s 个公示电话") % {"n": number})
            return redirect("grid:board", found.pk)
    said = request.POST if request.method == "POST" and sent is None else None
    form = BoardForm(said, unit=found, initial=board_facts.said_on(found))
    if said is not None and form.is_valid():
        try:
            actions.set_board(unit=found, by=user, at=now(), **form.said())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已保存公示牌"))
            return redirect("grid:board", found.pk)
    context = {"unit": found, "form": form, "phones": phones, "active": "grid"}
    status = 422 if form.errors or phones.errors else 200
    return page_or_part(request, "grid/board_edit.html", "body", context, status=status)


@needs(Perm.POSTING_VIEW)
def pack_new(request: HttpRequest, unit: int) -> HttpResponse:
    """Boards of all grids below a unit: a few at once, many through the worker."""
    found, user = unit_of(request, unit), actor(request)
    numbers = Counter(boards.grids_below(found, today(), list(GRIDS)).values_list("unit__kind", flat=True))
    kinds = {kind.value: numbers[kind] for kind in Kind if numbers[kind]}
    form = PackForm(request.POST or None, kinds=kinds, initial={"kinds": list(kinds)})
    if form.is_bound and form.is_valid():
        wanted, size = form.cleaned_data["kinds"], form.cleaned_data["size"]
        number = sum(kinds[kind] for kind in wanted)
        try:
            if number <= AT_ONCE:
                made = _notices(request, boards.grids_below(found, today(), wanted), printing=True)
                return _printed(request, found, made)
            pack = packs.ask(unit=found, kinds=wanted, size=size, boards=number, by=user, at=now())
        except Refused as no:
            blame(form, no)
        else:
            set_going(pack)
            return redirect("grid:pack", pack.pk)
    context = {
        "form": form, "unit": found, "title": _("%(unit)s：印制公示牌") % {"unit": found.name}, "verb": _("印制"),
        "back": grid_url(found), "active": "grid", "at_once": AT_ONCE, "packs": waiting.packs_of(user),
    }  # fmt: skip
    return page_or_part(request, "grid/pack_new.html", "form", context, status=422 if form.errors else 200)


@needs(Perm.POSTING_VIEW)
def pack_detail(request: HttpRequest, pk: int) -> HttpResponse:
    pack = waiting.pack_for(actor(request), pk)
    return page_or_part(request, "grid/pack.html", "state", {"pack": pack, "unit": pack.unit, "active": "grid"})


@needs(Perm.POSTING_VIEW)
def pack_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    pack = waiting.pack_for(actor(request), pk, with_content=True)
    if pack.content is None:
        raise Http404
    return _file(bytes(pack.content), pack.unit)


def _notices(request: HttpRequest, placed: QuerySet[Placement], *, printing: bool = False) -> list[Notice]:
    return boards.notices(placed, today(), reader=actor(request), printing=printing)


def _notice(request: HttpRequest, unit: Unit, *, printing: bool = False) -> Notice:
    """The board of one grid; 404 for a unit that is not open today."""
    made = _notices(request, boards.grids_below(unit, today(), [unit.kind]).filter(unit=unit), printing=printing)
    if not made:
        raise Http404
    return made[0]


def _printed(request: HttpRequest, unit: Unit, made: list[Notice]) -> HttpResponse:
    size = request.POST.get("size", "")
    size = size if size in Pack.Size.values else Pack.Size.A4
    said: dict[str, Any] = {"size": size, "by": actor(request), "at": now()}
    content = set_in_type(made, **said)
    actions.note_print(unit=unit, notices=made, **said)
    return _file(content, unit)


def _file(content: bytes, unit: Unit) -> HttpResponse:
    answer = HttpResponse(content, content_type=PDF)
    name = _("%(unit)s网格公示牌") % {"unit": unit.name}
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or ""
    answer["Cache-Control"] = "no-store"
    return answer
