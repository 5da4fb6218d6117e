"""Series where someone may arrange meetings."""

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.cascade.models import Call
from wuli.kernel.metrics.rules.metrics import Metric, known
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Seat, Series
from ..rules.packs import may_be_told

ORDER = ("-ends_on", "unit__path", "starts_at", "pk")


def series_for(user: User) -> QuerySet[Series]:
    """Those going on first; to be paged by ORDER."""
    found = Series.objects.filter(reach(user, Perm.MEETING_ARRANGE).units("unit__path"))
    seats = Prefetch("seats", Seat.objects.select_related("person", "unit").order_by("pk"))
    return found.select_related("unit", "chair", "secretary").prefetch_related(seats).order_by(*ORDER)


def one_for(user: User, pk: int) -> Series:
    return get_object_or_404(series_for(user), pk=pk)


def tellable(unit: Unit) -> list[Metric]:
    """The metrics that a pack of the unit's meetings can show."""
    return [metric for metric in known().values() if may_be_told(metric, unit)]


def calls_of(unit: Unit) -> QuerySet[Call]:
    """The calls going on that ask units at, below or above `unit`."""
    asks = under(unit.path, "targets__root__path") | Q(targets__root__path__in=unit.ancestor_paths)
    return Call.objects.asking().filter(asks).distinct().order_by("title", "pk")
