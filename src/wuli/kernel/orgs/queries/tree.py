"""All that a list of units has to meet, read at once however long the list is."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import batched

from django.db.models import Max, Q

from ..models import Line, Person, Placement, Region, Unit, User
from ..rules.duties import Perm
from .scope import reach

AT_ONCE = 500


def all_units() -> dict[str, Unit]:
    """Every unit by its code, each with its parent and the unit it serves."""
    units = list(Unit.objects.order_by("path"))
    by_key = {unit.pk: unit for unit in units}
    for unit in units:
        unit.parent = by_key[unit.parent_id] if unit.parent_id else None
        unit.serves = by_key[unit.serves_id] if unit.serves_id else None
    return {unit.code: unit for unit in units}


def newest_changes() -> dict[int, date]:
    """For each unit the day on which its name or place last changed."""
    return dict(Placement.objects.values_list("unit").annotate(newest=Max("from_date")).order_by())


def region_codes() -> frozenset[str]:
    return frozenset(Region.objects.values_list("code", flat=True))


def people_left(days: Mapping[int, date]) -> Counter[int]:
    """How many people each unit still has, by team, branch or employer, on the day on which it is to close."""
    found: Counter[int] = Counter()
    for some in batched(sorted(days), AT_ONCE, strict=False):
        anywhere = Q(unit__in=some) | Q(branch__in=some) | Q(employer__in=some)
        people = Person.objects.filter(anywhere, on_roll_until__gt=min(days[key] for key in some))
        for *places, until in people.values_list("unit_id", "branch_id", "employer_id", "on_roll_until").iterator():
            found.update(key for key in set(places) if key in days and until > days[key])
    return found


class Inside:
    """The units of which a file for `top` may speak: below it, and for a whole group its Party line too."""

    def __init__(self, top: Unit, units: Mapping[str, Unit]) -> None:
        whole = top.parent_id is None and top.line == Line.OPERATIONS
        served = (u for u in units.values() if whole and u.parent_id is None and u.serves_id == top.pk)
        self.paths = (top.path, *(unit.path for unit in served))

    def __call__(self, unit: Unit) -> bool:
        return unit.path.startswith(self.paths)


class Seen:
    """The units that someone may know of."""

    def __init__(self, user: User) -> None:
        self.scope = reach(user, Perm.UNIT_VIEW)

    def __call__(self, unit: Unit) -> bool:
        return self.scope.covers(unit.path)
