"""Items: the list, one of them, its turns, its files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import business_date, now
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, chosen_unit, needs, signed_in
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.files import kept_file, stream_csv, stream_xlsx
from wuli.web.pages import blame, page_or_part
from wuli.web.paging import page_of

from ..actions import item_exports
from ..actions import items as actions
from ..forms.items import FilterForm, FollowUpForm, OpenForm
from ..models import Item, Status
from ..queries import counts, history
from ..queries import evidence as files
from ..queries import items as queries
from ..queries.items import Asked
from ..rules import files as file_words
from ..rules import item_files
from ..rules import items as rules
from ..rules.clockwork import LABELS, Colour, missed
from ..rules.slips import Slip
from .turns import TURNS

KINDS = {"csv": stream_csv, "xlsx": stream_xlsx}


@signed_in
def item_list(request: HttpRequest) -> HttpResponse:
    """What must be finished: one's own items, and those of the units within reach."""
    user, at = actor(request), now()
    form = FilterForm(request.GET, user=user)
    asked = form.asked() if form.is_valid() else Asked(status="active")
    found = queries.found(user, asked, at)
    page = page_of(found, order=queries.ORDER, cursor=request.GET.get("after", ""), size=50)
    active = queries.items_for(user).active()
    colours = counts.colours_of(active.under(asked.unit) if asked.unit else active, at)
    context = {
        "form": form, "asked": asked, "page": page, "slips": [_slip(item, at) for item in page.rows],
        "figures": _figures(colours, asked), "all": colours.total(),
        "late": colours[Colour.RED] + colours[Colour.YELLOW], "may_open": may(user, Perm.ITEM_OPEN),
    }  # fmt: skip
    return page_or_part(
        request, "ledger/items/list.html", "rows", context, status=200 if form.is_valid() else 422
    )  # fmt: skip


@signed_in
def item_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: what is asked, how it stands, what became of it, and what the reader can do now."""
    user, at = actor(request), now()
    item = queries.item_for(user, pk)
    slip, offered = _slip(item, at), rules.offered(item, queries.standing_of(user, item))
    moments = history.history_of(item)
    asked = next((one for one in moments if one.mark == "asked"), None) if item.status == Status.CLOSING else None
    context = {
        "item": item, "slip": slip, "asked": asked, "history": [one for one in moments if one is not asked],
        "missed": _missed(item, slip),
        "turns": [(name, TURNS[name]) for name in offered if name != "follow-up"],
        "form": FollowUpForm(item=item, user=user, today=slip.today) if "follow-up" in offered else None,
    }  # fmt: skip
    return page_or_part(request, "ledger/items/detail.html", "body", context)


@needs(Perm.ITEM_OPEN)
def item_new(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    form = OpenForm(request.POST or None, user=user, initial={"unit": chosen_unit(request)})
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.open_item(by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("已交办%(owner)s") % {"owner": item.owner.name})
            return redirect("ledger:item", item.pk)
    context = {"form": form, "title": _("交办事项"), "verb": _("交办")}
    return _form(request, context)


@signed_in
def item_turn(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One turn of an item: its form, its action, and back to the item."""
    user = actor(request)
    item = queries.item_for(user, pk)
    if name not in TURNS:
        raise Http404
    turn, today = TURNS[name], business_date(now(), item.unit.zone)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = turn.form(*sent, item=item, user=user, today=today)
    if form.is_bound and form.is_valid():
        try:
            turn.do(item=item, by=user, at=now(), **form.cleaned_data)
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, str(turn.done))
            return redirect("ledger:item", item.pk)
    return _form(
        request, {"form": form, "item": item, "title": turn.title, "verb": turn.verb, "danger": turn.danger}
    )  # fmt: skip


@signed_in
def item_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The items of the list in a file that says who took it and when; taking it is an event."""
    user, at = actor(request), now()
    form = FilterForm(request.GET, user=user)
    if kind not in KINDS or not form.is_valid():
        raise Http404
    asked = form.asked()
    found = queries.found(user, asked, at)
    try:
        item_exports.note_export(asked=asked, rows=found.count(), kind=kind, by=user, at=at)
    except Refused as no:
        messages.error(request, str(no))
        return redirect(reverse("ledger:items", query=request.GET))
    rows = (item_files.row(_slip(item, at)) for item in found.iterator(chunk_size=500))
    note = file_words.note(str(user), user.username, queries.words_of(asked), at)
    return KINDS[kind](_("督办事项"), item_files.HEADER, rows, note)


@signed_in
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file that proves a follow-up, for those who may see its item; only pictures are shown in the browser."""
    found = files.evidence_for(actor(request), pk)
    return kept_file(files.path_of(found.digest), found.name, found.media_type, shown=found.is_picture)


def _slip(item: Item, at: Any) -> Slip:
    return Slip(item, business_date(at, item.unit.zone))


def _missed(item: Item, slip: Slip) -> list[Any]:
    """The days, since they last began to count, on which the owner was silent."""
    if not item.is_active:
        return []
    followed = list(item.follow_ups.values_list("for_date", flat=True))
    return missed(item.cadence, item.counts_from, followed, item.counts_from, slip.today)


def _figures(colours: counts.Colours, asked: Asked) -> list[dict[str, Any]]:
    """How many there are of each colour, the worst first; each opens into its rows."""
    unit = {"unit": asked.unit.code} if asked.unit else {}
    return [
        {
            "label": LABELS[colour], "value": colours[colour],
            "url": reverse("ledger:items", query={"colour": str(colour)} | unit),
        }
        for colour in (Colour.RED, Colour.YELLOW, Colour.BLUE, Colour.GREY)
    ]  # fmt: skip


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return page_or_part(request, "ledger/items/form.html", "form", {"active": "items", **context}, status=status)
