"""Who answers for the units of a response: their heads, deputies and secretaries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from wuli.kernel.orgs.models import Person, Posting, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.models.unit import way_to

from ..models import Response
from .responses import units_told

CHIEFS = (Duty.HEAD, Duty.DEPUTY, Duty.PARTY_SECRETARY)
"""Who is told of a response and is to be at post: those who lead a unit, in either line."""
HEADS = (Duty.HEAD, Duty.PARTY_SECRETARY)


def chiefs(response: Response, on: date) -> QuerySet[Posting]:
    """The duties of those who lead the units in force that day; nobody who has left."""
    return _held(on).filter(duty__in=CHIEFS, unit__in=units_told(response, on).values("pk"))


def chiefs_told(response: Response, on: date) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=chiefs(response, on).values("person"))


def heads_at(units: Iterable[Unit], on: date) -> list[Person]:
    held = _held(on).filter(duty__in=HEADS, unit__in=list(units)).select_related("person").order_by("from_date", "pk")
    return list(dict.fromkeys(one.person for one in held))


def chiefs_at(unit: Unit, on: date) -> list[Person]:
    """Whoever leads `unit`, heads first; where nobody does, those of the next unit above."""
    held = _held(on).filter(duty__in=CHIEFS, unit__path__in=way_to(unit.path)).select_related("person", "unit")
    by_path: dict[str, list[Person]] = {}
    for one in held.order_by("from_date", "pk"):
        by_path.setdefault(one.unit.path, []).append(one.person)
    nearest = max(by_path, key=len, default="")
    return list(dict.fromkeys(by_path.get(nearest, [])))


def headed_by(person: int | None, on: date) -> QuerySet[Posting, int]:
    """The keys of the units that a person heads."""
    return _held(on).filter(duty__in=HEADS, person=person).values_list("unit", flat=True)


def _held(on: date) -> QuerySet[Posting]:
    in_force = Posting.objects.on(on).filter(unit__closed_on__gt=on)
    return in_force.filter(person__on_roll_from__lte=on, person__on_roll_until__gt=on)
