"""Expected answers of all rounds of a business date, at the places that their units had on it."""

from django.db.models import F, QuerySet

from wuli.kernel.cascade.models import Slot
from wuli.kernel.cascade.rules.sources import Part

from .placing import name_on

State = Slot.State


def expected(part: Part) -> QuerySet[Slot]:
    found = Slot.objects.filter(part.rows(), round__on=part.on)
    return found.annotate(place=F("path"), place_name=name_on(part, "unit"))


def asked(part: Part) -> QuerySet[Slot]:
    """All but the exempt."""
    return expected(part).exclude(state=State.EXEMPT)


def answered(part: Part) -> QuerySet[Slot]:
    return expected(part).filter(state__in=[State.ZERO, State.SOME])


def zero(part: Part) -> QuerySet[Slot]:
    return expected(part).filter(state=State.ZERO)


def missing(part: Part) -> QuerySet[Slot]:
    return expected(part).filter(state=State.MISSING)


def late(part: Part) -> QuerySet[Slot]:
    return expected(part).filter(late=True)
