"""The hours that hold for what an office issues: what they are, where they were laid down, and from when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.pages import blame, page_or_part

from ..actions import standards as actions
from ..forms.standards import StandardForm
from ..queries import places, standards

SHOWN = 20


@needs(Perm.CALL_ISSUE)
def standard_list(request: HttpRequest) -> HttpResponse:
    """Of a unit for which the asker issues: what holds today, and a form that lays down something else."""
    own = places.own_units(actor(request), Perm.CALL_ISSUE)
    units = Unit.objects.filter(pk__in=own).order_by("depth", "path")
    unit = _unit(request) or units.first() or get_object_or_404(standards.may_lay_down(actor(request))[:1])
    form = StandardForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.lay_down(unit=unit, by=actor(request), at=now(), **form.standard())
        except Refused as no:
            blame(form, no)
        else:
            messages.success(request, _("时限标准已保存"))
            return redirect(reverse("directives:standards", query={"unit": unit.pk}))
    context = {
        "unit": unit, "units": units, "form": form, "held": standards.in_force(unit, today(unit.zone)),
        "history": standards.laid_down(unit)[:SHOWN],
    }  # fmt: skip
    return page_or_part(request, "directives/standards.html", "body", context, status=422 if form.is_bound else 200)


def _unit(request: HttpRequest) -> Unit | None:
    key = request.GET.get("unit", "")
    return get_object_or_404(standards.may_lay_down(actor(request)), pk=int(key)) if key.isdecimal() else None
