"""The unit that is looked at within a response: the one asked for, else the issuer, else the top of one's reach."""

from django.http import Http404, HttpRequest

from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.queries.units import unit_for
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Response
from ..queries.responses import ground_of


def node_of(request: HttpRequest, response: Response) -> Unit:
    """Raises Http404 for a unit out of reach, or one that the response does not touch."""
    user, asked, ground = actor(request), request.GET.get("unit", ""), ground_of(response)
    if asked.isdecimal():
        unit = unit_for(user, int(asked), Perm.RESPONSE_VIEW)
        if ground.touches(unit.path):
            return unit
        raise Http404
    seen = reach(user, Perm.RESPONSE_VIEW)
    if seen.reaches(response.issuer.path):
        return response.issuer
    tops = [root for root, _line in seen.roots if ground.touches(root)]
    found = Unit.objects.filter(path__in=tops).order_by("depth", "path").first()
    if found is None:
        raise Http404
    return found
