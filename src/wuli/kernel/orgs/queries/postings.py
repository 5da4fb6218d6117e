"""Who holds which duty where."""

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.prepared import Prepared

from ..models import Person, Placement, Posting, Unit, User
from ..models.dated import DatedQuerySet
from ..models.posting import Duty
from ..models.unit import under
from ..rules.duties import Perm
from .scope import reach

ANSWERABLE = (
    Duty.HEAD, Duty.DEPUTY, Duty.GRID_KEEPER, Duty.DEPUTY_KEEPER, Duty.REPORTER, Duty.REVIEWER, Duty.PARTY_SECRETARY,
)  # fmt: skip
"""The duties shown on a unit's page, in this order."""
ABOVE = (Duty.HEAD, Duty.GRID_KEEPER, Duty.PARTY_SECRETARY)
"""The duties shown of the units above someone."""
ORDER = {duty: place for place, duty in enumerate(Duty)}


def posting_for(user: User, pk: int, perm: Perm = Perm.POSTING_VIEW) -> Posting:
    return get_object_or_404(_postings(user, perm), pk=pk)


def own_posting(user: User, pk: int) -> Posting:
    """A duty that `user` holds in their own right."""
    held = Posting.objects.filter(person=user.person_id).select_related("person", "unit")
    return get_object_or_404(held, pk=pk)


def postings_for(
    user: User, on: date, *, within: Unit | None = None, duty: str = "", text: str = "", perm: Perm = Perm.POSTING_VIEW
) -> QuerySet[Posting]:
    """Duties in force that day at units within reach, in tree order."""
    found = _postings(user, perm).on(on)
    if within:
        found = found.filter(under(within.path, "unit__path"))
    if duty:
        found = found.filter(duty=duty)
    if text:
        found = found.filter(Q(person__name__contains=text) | Q(person__number=text) | Q(unit__name__contains=text))
    return found.order_by("unit__path", "pk")


def own_postings(person: Person, on: date) -> dict[Posting, list[Posting]]:
    """Duties that the person holds that day or will hold, and for each those who stand in."""
    held: dict[int | None, Posting] = {one.pk: one for one in _own(person=person.pk, on=on)}
    beside: dict[Posting, list[Posting]] = {one: [] for one in held.values()}
    for one in _standing_in(postings=tuple(held)):
        beside[held[one.stands_in_for_id]].append(one)
    return beside


def ending(person: Person, on: date, *, by: date) -> list[Posting]:
    """Duties that the person holds that day and no longer on the day `by`."""
    return _ending(person=person.pk, on=on, by=by)


def answerable_at(unit: Unit, on: date) -> list[Posting]:
    """Who answers for `unit` itself that day, heads first."""
    held = unit.postings.on(on).filter(duty__in=ANSWERABLE)
    found = list(held.select_related("person", "stands_in_for__person").order_by("from_date", "pk"))
    return sorted(found, key=lambda posting: ANSWERABLE.index(Duty(posting.duty)))


def answerable_above(chain: list[Placement], on: date) -> dict[int, list[Posting]]:
    """For each unit of a chain, who heads or keeps it: the line of people above someone."""
    by_unit: dict[int, list[Posting]] = defaultdict(list)
    for posting in _held_above(units=tuple(placement.unit_id for placement in chain), on=on):
        by_unit[posting.unit_id].append(posting)
    return by_unit


def _postings(user: User, perm: Perm) -> DatedQuerySet[Posting]:
    inside = reach(user, perm).units("unit__path")
    return Posting.objects.filter(inside).select_related("person", "unit", "stands_in_for__person")


@Prepared
def _own(person: int, on: date) -> QuerySet[Posting]:
    held = Posting.objects.filter(person=person, until_date__gt=on).select_related("unit", "stands_in_for__person")
    return held.order_by("from_date", "pk")


@Prepared
def _standing_in(postings: tuple[int, ...]) -> QuerySet[Posting]:
    return Posting.objects.filter(stands_in_for__in=postings).select_related("person").order_by("from_date", "pk")


@Prepared
def _held_above(units: tuple[int, ...], on: date) -> QuerySet[Posting]:
    held = Posting.objects.on(on).filter(unit__in=units, duty__in=ABOVE)
    return held.select_related("person").order_by("from_date", "pk")


@Prepared
def _ending(person: int, on: date, by: date) -> QuerySet[Posting]:
    held = Posting.objects.on(on).filter(person=person, until_date__lte=by)
    return held.select_related("unit").order_by("until_date", "pk")
