"""Rows put into the tree of a day: each gets `place`, the path that its unit had then, and `place_name`."""

from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from wuli.base.figures import kept
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models import Line, Placement, Unit
from wuli.kernel.orgs.models.unit import STEP


def line_of(path: str) -> Line:
    """The line to which a path belongs. Its first step is the top's own number, which never changes."""
    top = path[:STEP]
    found = kept(
        f"metrics.line.{top}", lambda: Unit.objects.filter(path=top).values_list("line", flat=True).first()
    )  # fmt: skip
    return Line(found or Line.OPERATIONS)


def placed[Q_: QuerySet[Any]](rows: Q_, to: str, part: Part) -> Q_:
    """Those of `rows` whose unit, to which the field `to` leads, lay inside `part` on its day."""
    that_day = Q(**{f"{to}__placements__from_date__lte": part.on, f"{to}__placements__until_date__gt": part.on})
    found = rows.annotate(spot=FilteredRelation(f"{to}__placements", condition=that_day))
    return found.annotate(place=F("spot__path"), place_name=F("spot__name")).filter(part.rows("place"))


def name_on(part: Part, to: str) -> Subquery:
    """What the unit to which the field `to` leads was called that day."""
    return Subquery(Placement.objects.on(part.on).filter(unit=OuterRef(to)).values("name")[:1])


def units(part: Part, *kinds: str) -> QuerySet[Placement]:
    """The units of these kinds that were open that day, as they were placed and called."""
    found = Placement.objects.on(part.on).filter(part.rows(), unit__kind__in=kinds)
    return found.annotate(place=F("path"))
