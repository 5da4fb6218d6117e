"""Keepers appointed and handed over."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuli.base.clock import now
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.scope import grantable
from wuli.kernel.orgs.rules.duties import Perm

from ..actions import keepers as actions
from ..forms.keepers import HandOverForm, KeepersForm
from ..queries import keeping
from ..rules.cells import CUT_KINDS
from .steps import form_page, unit_asked, unit_of


@needs(Perm.POSTING_GRANT)
def keepers(request: HttpRequest, unit: int) -> HttpResponse:
    """Appoint keeper and deputy of a team or workshop."""
    found, user = unit_of(request, unit, Perm.POSTING_GRANT), actor(request)
    if Duty.GRID_KEEPER not in grantable(user, found) or found.kind not in CUT_KINDS:
        raise Http404
    form = KeepersForm(request.POST or None, user=user)

    def do() -> str:
        actions.appoint(unit=found, by=user, at=now(), **form.cleaned_data)
        return _("已安排%(unit)s的网格员") % {"unit": found.name}

    title = _("%(unit)s：任命网格员") % {"unit": found.name}
    return form_page(request, form, do, found, title=title, verb=_("任命"))


@needs(Perm.POSTING_GRANT)
def hand_over(request: HttpRequest) -> HttpResponse:
    """All grids of one keeper within reach to another, when someone leaves or moves."""
    user, unit = actor(request), unit_asked(request)
    asked = request.GET.get("person", "")
    form = HandOverForm(request.POST or None, user=user, initial={"person": asked} if asked else None)

    def do() -> str:
        said = form.cleaned_data
        held, inner = keeping.kept_by(said["person"], said["on"], granted_by=user)
        number = actions.hand_over(held=held, inner=inner, by=user, at=now(), **said)
        return ngettext("已移交 %(n)d 项网格职责", "已移交 %(n)d 项网格职责", number) % {"n": number}

    return form_page(request, form, do, unit, title=_("移交网格"), verb=_("移交"))
