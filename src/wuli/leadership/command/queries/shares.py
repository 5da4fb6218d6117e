"""Of the units that should have something, how many have it: level by level."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists
from django.db.models.functions import Substr

from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.unit import STEP, UnitQuerySet


@dataclass(frozen=True)
class Share:
    expected: int = 0
    there: int = 0

    @property
    def missing(self) -> int:
        return self.expected - self.there

    def __add__(self, other: "Share") -> "Share":
        return Share(self.expected + other.expected, self.there + other.there)


@dataclass(frozen=True)
class Line:
    """A child of the unit that is looked at, or that unit itself."""

    unit: Unit
    share: Share
    is_own: bool


def lines(asked: UnitQuerySet, has: Exists, unit: Unit) -> list[Line]:
    """`unit` itself and each child with units among `asked`, in tree order."""
    length = len(unit.path) + STEP
    inside = asked.under(unit).annotate(child=Substr("path", 1, length), has=has)
    shares: dict[str, Share] = {}
    for child, there, n in inside.values_list("child", "has").annotate(n=Count("pk")).order_by():
        shares[child] = shares.get(child, Share()) + Share(n, n if there else 0)
    units = {one.path: one for one in Unit.objects.filter(path__in=shares)}
    return [Line(units[path], share, path == unit.path) for path, share in sorted(shares.items()) if path in units]


def whole(rows: Iterable[Line]) -> Share:
    return sum((row.share for row in rows), Share())
