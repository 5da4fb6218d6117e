"""Steps that several pages of this app take in the same way."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, chosen_unit
from wuli.kernel.orgs.models import Line, Unit
from wuli.kernel.orgs.queries import units
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part


def unit_asked(request: HttpRequest, perm: Perm = Perm.POSTING_VIEW) -> Unit:
    """The unit in the address, else the chosen one; 404 for a Party body, and where the asker may not do `perm`."""
    asked = request.GET.get("unit", "")
    unit = units.unit_for(actor(request), int(asked), perm) if asked.isdecimal() and len(asked) < 12 else None
    return unit_of(request, unit or chosen_unit(request), perm)


def unit_of(request: HttpRequest, unit: Unit | int | None, perm: Perm = Perm.POSTING_VIEW) -> Unit:
    if unit is None:
        raise Http404
    found = units.unit_for(actor(request), unit.pk if isinstance(unit, Unit) else unit, perm)
    if found.line != Line.OPERATIONS:
        raise Http404
    return found


def grid_url(unit: Unit | int) -> str:
    return reverse("grid:grid", query={"unit": unit.pk if isinstance(unit, Unit) else unit})


def form_page(
    request: HttpRequest, form: Any, do: Callable[[], str], unit: Unit, *, title: str, verb: str, back: str = ""
) -> HttpResponse:
    """A form, one action, and back to the grid with what `do` says; a refusal stands in the form."""
    back = back or grid_url(unit)
    if form.is_bound and form.is_valid():
        try:
            said = do()
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, said)
            return redirect(back)
    context = {"form": form, "unit": unit, "title": title, "verb": verb, "back": back, "active": "grid"}
    return page_or_part(request, "grid/form.html", "form", context, status=422 if form.is_bound else 200)
