"""The rows behind this app's metrics: units in force, with a leading group and without. They tell of today only."""

from collections.abc import Callable
from datetime import date

from django.db.models import F, Q, QuerySet

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import NOTHING, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Response
from .groups import without_group as lacking
from .responses import units_led


def units(part: Part) -> QuerySet[Unit]:
    """Units in which some response is in force and that lead it themselves."""
    return _of_responses(part, units_led)


def without_group(part: Part) -> QuerySet[Unit]:
    """Those that lack a leading group for any of the responses in force there."""
    return _of_responses(part, lacking)


def with_group(part: Part) -> QuerySet[Unit]:
    return units(part).exclude(pk__in=without_group(part).values("pk"))


def units_seen(user: User, perm: Perm) -> Q:
    return reach(user, perm).units()


def _of_responses(part: Part, which: Callable[[Response, date], QuerySet[Unit]]) -> QuerySet[Unit]:
    found = NOTHING
    for response in Response.objects.active().order_by("pk"):
        found |= Q(pk__in=which(response, part.on).values("pk"))
    return Unit.objects.filter(found).filter(part.rows()).annotate(place=F("path"), place_name=F("name"))
