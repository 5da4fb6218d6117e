"""How many items stand where, by the colour of their due date."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Substr

from wuli.base.clock import business_date
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import STEP

from ..models import Item
from ..rules.clockwork import Colour, due_colour
from .items import items_for

type Colours = Counter[Colour]


def colours_of(items: QuerySet[Item], at: datetime) -> Colours:
    """Of these items, in one query."""
    return sum(_colours(items.annotate(place=Value("")), at).values(), Counter())


def colours_below(user: User, unit: Unit, at: datetime) -> dict[str, Colours]:
    """Items not yet finished at `unit` itself and under each of its children, by path: in one query.

    The sum over all paths is the count of the whole subtree, since each item lies at exactly one of them.
    """
    below = items_for(user).active().under(unit)
    return _colours(below.annotate(place=Substr("path", 1, len(unit.path) + STEP)), at)


def _colours(placed: QuerySet[Any], at: datetime) -> dict[str, Colours]:
    """The database counts by date and zone; which colour a date has is decided by the rule, in that zone."""
    rows = placed.order_by().values_list("place", "unit__zone", "due_on").annotate(count=Count("pk"))
    found: dict[str, Colours] = defaultdict(Counter)
    for place, zone, due_on, count in rows:
        found[place][due_colour(due_on, business_date(at, zone))] += count
    return dict(found)
