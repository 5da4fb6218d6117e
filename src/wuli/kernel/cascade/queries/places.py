"""A round cut by place: the same slots, grouped by the province or country where their units stood that day."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Substr

from wuli.kernel.orgs.models import Region

from ..models import Round
from ..models.round import SlotQuerySet
from ..rules.form import Spec, sums
from .coverage import Coverage, one

SIGNS = 2
"""Of a code: a country has two letters, and the first two digits of a division are its province."""
NOWHERE = ""
"""The code for units of which no place is noted."""


@dataclass(frozen=True)
class Place:
    """`code` is a country's, the first two digits of a province, or NOWHERE."""

    code: str
    name: str
    coverage: Coverage
    sums: dict[str, Any]


def by_place(of: Round, path: str, spec: Spec) -> list[Place]:
    """The places under `path`: those at home by their code, then countries; what has no place last. They add up to
    the node, in coverage and in sums, since every slot has one place."""
    counts, told = _coverage(of, path), _sums(of, path, spec)
    names = names_of(counts)
    return [Place(code, names[code], counts[code], told.get(code, {})) for code in sorted(counts, key=_order)]


def names_of(codes: Any) -> dict[str, str]:
    """The name of each place; that of NOWHERE is empty."""
    keys = {f"{code}0000" if code.isdecimal() else code: code for code in codes}
    found = {keys[region.pk]: str(region) for region in Region.objects.filter(pk__in=keys)}
    return {code: found.get(code, code) for code in codes}


def at_place(slots: SlotQuerySet, code: str) -> SlotQuerySet:
    """Those of `slots` whose units stood at a place."""
    if code == NOWHERE:
        return slots.filter(region__isnull=True)
    return slots.filter(Q(region__gte=code, region__lt=f"{code}~"))


def _placed(of: Round, path: str) -> QuerySet[Any]:
    code = Coalesce(Substr("region", 1, SIGNS), Value(NOWHERE))
    return of.slots.under(path).annotate(place=code)


def _coverage(of: Round, path: str) -> dict[str, Coverage]:
    grouped = _placed(of, path).values_list("place", "state", "late", "review", "rests").annotate(n=Count("pk"))
    counts: dict[str, Coverage] = defaultdict(Coverage)
    for place, state, late, review, rests, n in grouped.order_by():
        counts[place] += one(state, n, late=late, review=review, rests=rests)
    return dict(counts)


def _sums(of: Round, path: str, spec: Spec) -> dict[str, dict[str, Any]]:
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    answered = _placed(of, path).filter(reply__isnull=False).values_list("place", "reply__values").order_by("path")
    for place, values in answered.iterator(2000):
        told[place].append(values)
    return {place: sums(spec, values) for place, values in told.items()}


def _order(code: str) -> tuple[int, str]:
    return (0 if code.isdecimal() else 1 if code else 2), code
