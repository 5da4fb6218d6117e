"""The number of a metric: an aggregate of its rows, for one part, for all children, for many nodes at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Substr

from wuli.base.clock import today
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models.unit import STEP, way_to

from ..rules.metrics import Metric, Rolls, parts_of
from ..rules.numbers import Number, number, ratio
from .evidence.placing import line_of

type Numbers = Mapping[str, Number]
"""By path."""


def value(metric: Metric, part: Part) -> Number:
    """The number of `part` on its day; None where it cannot be told: no such unit, no such line, no base, no past."""
    if not is_told(metric, part.path, part.on):
        return None
    if metric.is_ratio:
        above, below = parts_of(metric)
        return ratio(value(above, part), value(below, part))
    return _told(metric, rows(metric, part).aggregate(n=aggregate_of(metric))["n"])


def rows(metric: Metric, part: Part) -> QuerySet[Any]:
    """The rows that count, whose aggregate is the number. A ratio has none of its own: its parts have."""
    assert metric.rows is not None
    found = metric.rows(part)
    if metric.rolls != Rolls.LATEST:
        return found
    same = metric.rows(part).filter(**{metric.key: OuterRef(metric.key)})
    return found.filter(pk=Subquery(same.order_by(f"-{metric.newest}", "-pk").values("pk")[:1]))


def by_child(metric: Metric, path: str, on: date) -> Numbers:
    """For each child of the node at `path`, in one query (a ratio in two); under `path` itself what hangs on the node.

    Children without rows are absent: their number is `nothing_of(metric)`.
    """
    if not is_told(metric, path, on):
        return {}
    if metric.is_ratio:
        above, below = (by_child(one, path, on) for one in parts_of(metric))
        return _divided(metric, above, below)
    child = Substr("place", 1, len(path) + STEP)
    found = rows(metric, Part(path, on)).order_by().annotate(child=child).values_list("child")
    return {place: _told(metric, n) for place, n in found.annotate(n=aggregate_of(metric))}


def by_node(metric: Metric, on: date, tops: Sequence[str], nodes: Sequence[str]) -> Numbers:
    """For each of `nodes`, paths at or below `tops`, from one reading of the rows (of a ratio's parts: two).

    What a register without a past holds is counted as it is now: whoever calls knows that it stands for `on`.
    """
    if metric.is_ratio:
        above, below = (by_node(one, on, tops, nodes) for one in parts_of(metric))
        return _divided(metric, above, below)
    pairs = [pair for top in tops for pair in by_place(metric, Part(top, on))]
    fold = _folded_keys if metric.rolls == Rolls.DISTINCT else _folded
    return {node: nothing_of(metric) for node in nodes} | fold(pairs, set(nodes))


def by_place(metric: Metric, part: Part) -> Iterable[tuple[str, Any]]:
    """(place, number) of every place with rows; of a distinct metric (place, key) of every key there."""
    found = rows(metric, part).order_by()
    if metric.rolls == Rolls.DISTINCT:
        found = found.values_list("place", metric.key).distinct()
    else:
        found = found.values_list("place").annotate(n=aggregate_of(metric))
    return found.iterator(chunk_size=2000)


def nothing_of(metric: Metric) -> Number:
    """The number where there are no rows: 0 of what is counted, unknown of what somebody must have told."""
    return None if metric.is_ratio or metric.rolls == Rolls.LATEST else Decimal(0)


def is_told(metric: Metric, path: str, on: date) -> bool:
    """Whether the metric can be counted there for that day."""
    return bool(path) and line_of(path) in metric.lines and (metric.keeps_past or on == today())


def aggregate_of(metric: Metric) -> Aggregate:
    if metric.rolls == Rolls.DISTINCT:
        return Count(metric.key, distinct=True)
    return Sum(metric.value) if metric.value else Count("pk")


def _told(metric: Metric, found: Any) -> Number:
    return nothing_of(metric) if found is None or (found == 0 and not metric.value) else number(found)


def _divided(metric: Metric, above: Numbers, below: Numbers) -> dict[str, Number]:
    return {place: ratio(above.get(place, Decimal(0)), whole) for place, whole in below.items()}


def _folded(by_place: Iterable[tuple[str, Any]], wanted: set[str]) -> dict[str, Number]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for place, n in by_place:
        for node in _above(place, wanted):
            sums[node] += number(n) or 0
    return dict(sums)


def _folded_keys(by_place: Iterable[tuple[str, Any]], wanted: set[str]) -> dict[str, Number]:
    keys: dict[str, set[Any]] = defaultdict(set)
    for place, key in by_place:
        for node in _above(place, wanted):
            keys[node].add(key)
    return {node: Decimal(len(held - {None})) for node, held in keys.items()}


def _above(place: str, wanted: set[str]) -> Iterable[str]:
    return (step for step in way_to(place) if step in wanted)
