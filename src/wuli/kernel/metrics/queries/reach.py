"""Which metrics someone may see, of which units, and which of their rows."""

from itertools import islice
from typing import Any

from django.db.models import FETCH_RAISE, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import UnitQuerySet, under
from wuli.kernel.orgs.queries.scope import NOTHING, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..rules.metrics import Metric, known
from . import numbers

ORDER = ("place", "pk")


def metrics_for(user: User) -> list[Metric]:
    """The metrics of which `user` may see the number of some unit."""
    perms = {perm for perm in {metric.perm for metric in known().values()} if reach(user, perm).roots}
    return [metric for metric in known().values() if metric.perm in perms]


def search(user: User, text: str, limit: int) -> list[Metric]:
    """The first few metrics that `user` may see whose name holds `text`, or whose code begins with it."""
    said = text.lower()
    named = (one for one in metrics_for(user) if said in str(one.title).lower() or one.code.startswith(said))
    return list(islice(named, limit))


def metric_for(user: User, code: str) -> Metric:
    """The metric, if `user` may see it anywhere; else the same 404 as for one that is not there."""
    metric = known().get(code)
    if metric is None or not reach(user, metric.perm).roots:
        raise Http404
    return metric


def units_for(user: User, metric: Metric) -> UnitQuerySet:
    """The units whose number `user` may see: only those that a duty reaches as a whole."""
    inside = NOTHING
    for root, _line in reach(user, metric.perm).roots:
        inside |= under(root)
    return Unit.objects.filter(inside, line__in=metric.lines)


def unit_for(user: User, metric: Metric, pk: int) -> Unit:
    return get_object_or_404(units_for(user, metric), pk=pk)


def first_unit(user: User, metric: Metric, chosen: Unit | None) -> Unit | None:
    """The unit looked at, if the metric can be told there; else the highest where it can."""
    units = units_for(user, metric)
    found = units.filter(pk=chosen.pk).first() if chosen else None
    return found or units.order_by("depth", "path").first()


def may_at(user: User, perm: Perm, unit: Unit) -> bool:
    return reach(user, perm).reaches(unit.path)


def has_rows(user: User, metric: Metric, unit: Unit, part: Part) -> bool:
    """Whether `user` may open the rows behind the number of `part`. A ratio has none of its own."""
    told = not metric.is_ratio and numbers.is_told(metric, part.path, part.on)
    return told and may_at(user, metric.rows_need, unit)


def rows_for(user: User, metric: Metric, part: Part, perm: Perm) -> QuerySet[Any]:
    """Of the rows that count, those with which `user` may do `perm` today."""
    found = numbers.rows(metric, part).filter(metric.seen(user, perm)).select_related(*metric.related)
    return found.order_by(*ORDER).fetch_mode(FETCH_RAISE)
