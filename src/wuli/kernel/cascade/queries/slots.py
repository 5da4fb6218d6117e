"""Slots, calls and replies within reach: whoever may file, review or watch finds theirs, others find nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from wuli.base.clock import business_date
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Person, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.models.unit import way_to
from wuli.kernel.orgs.queries.scope import Scope, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Call, Figure, Reply, Round, Slot
from ..models.round import SlotQuerySet
from ..rules import kinds
from ..rules.sources import Part

CONTACTS = (Duty.REPORTER, Duty.GRID_KEEPER, Duty.PARTY_SECRETARY, Duty.PARTY_OFFICER, Duty.HEAD)
"""Who answers for a unit when it is asked, the first duty that someone holds there."""
JOINED = ("unit", "round__call", "round__version", "reply")
FIRST = 20
"""Answers shown on "my day"; the list behind shows all."""


def slots_for(user: User, perm: Perm) -> SlotQuerySet:
    inside = reach(user, perm).units("unit__path")
    return Slot.objects.filter(inside).select_related(*JOINED)


def slot_for(user: User, pk: int, perm: Perm = Perm.REPLY_FILE) -> Slot:
    """The slot, if `user` may do `perm` there; else the same 404 as for one that does not exist."""
    return get_object_or_404(slots_for(user, perm), pk=pk)


def round_for(user: User, pk: int) -> Round:
    """The round, if its issuer or any unit it asks lies within reach; else the same 404 as for none."""
    seen = reach(user, Perm.CALL_VIEW)
    found = get_object_or_404(Round.objects.select_related("call__issuer", "version"), pk=pk)
    if seen.covers(found.call.issuer.path) or found.slots.filter(seen.units("unit__path")).exists():
        return found
    raise Http404


def rounds_within(user: User) -> QuerySet[Round]:
    """The rounds that ask any unit within reach."""
    asked = Slot.objects.filter(reach(user, Perm.CALL_VIEW).units("unit__path"), round=OuterRef("pk"))
    return Round.objects.filter(Exists(asked))


def waiting_for(user: User, at: datetime) -> SlotQuerySet:
    """What `user` has to file now, at the very units where they answer for it, the soonest first."""
    return _owed(reach(user, Perm.REPLY_FILE), user.person_id, business_date(at), at).select_related(*JOINED)


def first_waiting_for(user: User, at: datetime, *, but: tuple[str, ...]) -> list[Slot]:
    """The first few of these, without calls of the kinds `but`, as "my day" asks for them."""
    scope = reach(user, Perm.REPLY_FILE)
    return _first_owed(scope=scope, person=user.person_id, on=business_date(at), at=at, but=but)


def search(user: User, text: str, limit: int) -> list[Round]:
    """The newest rounds of calls whose title or number holds `text`, if they ask any unit within reach."""
    newest = Round.objects.filter(call=OuterRef("pk")).order_by("-on", "-pk").values("pk")[:1]
    named = Call.objects.filter(Q(title__icontains=text) | Q(number__icontains=text))
    rounds = named.exclude(kind__in=kinds.codes()).values(newest=Subquery(newest))
    found = rounds_within(user).filter(pk__in=rounds).select_related("call__issuer")
    return list(found.order_by("-on", "-pk")[:limit])


def part_of(slot: Slot) -> Part:
    """What `slot` answers for: its unit without the units below that are asked themselves."""
    below = Slot.objects.filter(round=slot.round_id).under(slot.path).filter(above=slot.path)
    return Part(slot.path, slot.round.on, tuple(below.order_by("path").values_list("path", flat=True)))


def fixed_above(slot: Slot) -> bool:
    """Whether a level at or above `slot` has already told its figure."""
    return Figure.objects.filter(round=slot.round_id, path__in=way_to(slot.path), frozen_at__isnull=False).exists()


def told_above(of: Round, paths: Iterable[str], at: datetime) -> set[str]:
    """Those of `paths` at or above which a level has told its figure, or should have by now: what was expected at its
    hour must not change after it."""
    told = set(of.figures.filter(Q(frozen_at__isnull=False) | Q(freeze_at__lte=at)).values_list("path", flat=True))
    return {path for path in paths if not told.isdisjoint(way_to(path))}


def reviews(user: User, slot: Slot) -> bool:
    """Whether `user` may review the answer of `slot`: from a duty above it, never the one who answers."""
    place = slot.unit.path
    return any(place != root and place.startswith(root) for root, _line in reach(user, Perm.REPLY_REVIEW).roots)


def belongs(user: User, unit: Unit, on: date) -> bool:
    """Whether `user` answers for `unit` itself that day, rather than entering for it from above."""
    return Posting.objects.on(on).filter(person=user.person_id, unit=unit, duty__in=CONTACTS).exists()


def contacts_of(units: Iterable[int], on: date) -> dict[int, list[Person]]:
    """Who is to be reminded for each unit: those of the first of `CONTACTS` that anyone holds there that day."""
    held: dict[int, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    rows = Posting.objects.on(on).filter(unit__in=units, duty__in=CONTACTS).select_related("person")
    for posting in rows.order_by("pk"):
        held[posting.unit_id][posting.duty].append(posting.person)
    return {unit: next(duties[duty] for duty in CONTACTS if duty in duties) for unit, duties in held.items()}


def history_of(slot: Slot) -> QuerySet[Reply]:
    return slot.replies.select_related("by__person").prefetch_related("reviews__by__person").order_by("-number")


def values_before(slot: Slot) -> dict[str, Any]:
    """What the same unit answered to the same call last, before this round."""
    before = Slot.objects.filter(
        unit=slot.unit_id, round__call=slot.round.call_id, round__on__lt=slot.round.on, reply__isnull=False
    )
    values: dict[str, Any] | None = before.order_by("-round__on").values_list("reply__values", flat=True).first()
    return values or {}


def _owed(scope: Scope, person: int | None, on: date, at: datetime) -> SlotQuerySet:
    own = Posting.objects.on(on).filter(person=person, duty__in=CONTACTS).values("unit")
    owing = Slot.objects.filter(scope.units("unit__path")).owing().filter(unit__in=own, opens_at__lte=at)
    return owing.filter(round__closed_at__isnull=True).order_by("due_at", "pk")


@Prepared
def _first_owed(scope: Scope, person: int | None, on: date, at: datetime, but: tuple[str, ...]) -> SlotQuerySet:
    owed = _owed(scope, person, on, at).exclude(round__call__kind__in=but)
    return owed.select_related("unit", "round__call")[:FIRST]
