"""Units' copies: the inbox, one copy, what waits for someone, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.prepared import Prepared
from wuli.kernel.cascade.models import Call, Round, Slot
from wuli.kernel.cascade.models.round import SlotQuerySet
from wuli.kernel.cascade.queries.review import waiting_within
from wuli.kernel.cascade.queries.slots import reviews
from wuli.kernel.cascade.rules.states import why_not_review
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import Scope, may, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Directive, Escalation, Evidence, Owed, Receipt, Step
from ..rules import states
from ..rules.colours import OWES, Colour, Standing, directive_of
from .coverage import with_standing
from .directives import KIND, called
from .places import own_units

JOINED = ("unit", "reply__by__person", "receipt__by", "round__call__issuer", "round__call__directive", "round__version")
FEW = 20
"""Copies that "my day" names; the inbox has the rest."""
OWING = [standing.value for standing in OWES]


@dataclass(frozen=True)
class Sought:
    """Which copies somebody looks for. `below`: those of the units under their own too."""

    text: str = ""
    standing: str = "owing"
    urgency: str = ""
    below: bool = False


def copies_for(user: User, perm: Perm = Perm.CALL_VIEW) -> SlotQuerySet:
    """The copies of issued directives at units where `user` may do `perm`."""
    return _copies(reach(user, perm))


def copy_for(user: User, pk: int, perm: Perm = Perm.CALL_VIEW) -> Slot:
    """The copy, if `user` may do `perm` at its unit; else the same 404 as for one that does not exist."""
    return get_object_or_404(copies_for(user, perm), pk=pk)


def received_by(user: User, sought: Sought) -> QuerySet[Any]:
    """The inbox: what was sent to the units for which `user` answers."""
    found = copies_for(user) if sought.below else copies_for(user).filter(unit__in=own_units(user))
    if sought.urgency:
        found = found.filter(round__call__directive__urgency=sought.urgency)
    standing = with_standing(found.filter(called(sought.text, "round__")))
    if sought.standing == "owing":
        return standing.filter(standing__in=OWING, round__call__status=Call.Status.ISSUED)
    return standing.filter(standing=sought.standing) if sought.standing else standing


def first_owed_by(user: User) -> list[Any]:
    """The first few that the units of `user` must still sign, act on or mend."""
    return _first_owed(scope=reach(user, Perm.CALL_VIEW), units=tuple(own_units(user)))


def to_review(user: User) -> list[tuple[Directive, int]]:
    """The directives in which reports of completion wait for `user`, with how many."""
    counts = dict(_reports(scope=reach(user, Perm.REPLY_REVIEW)))
    found = Directive.objects.filter(call__in=counts).select_related("call").order_by("due_on", "pk") if counts else ()
    return [(one, counts[one.call_id]) for one in found]


def own_copies(user: User, of: Round) -> list[Slot]:
    """The copies of one directive at the units for which `user` answers."""
    found = of.slots.filter(unit__in=own_units(user)).select_related(*JOINED)
    return list(found.order_by("path"))


def copy_at(directive: Directive, unit: int) -> Slot | None:
    """The copy of `directive` that was sent to a unit."""
    sent = Slot.objects.filter(round__call=directive.call_id, unit=unit)
    return sent.select_related("unit", "round__call", "receipt").first()


def offered(user: User, slot: Slot) -> list[str]:
    """What `user` can do now with a copy that was read with its receipt: sign, report, return."""
    files, signed = may(user, Perm.REPLY_FILE, slot.unit), hasattr(slot, "receipt")
    turns = {
        "sign": files and not states.why_not_sign(slot, signed=signed),
        "report": files and not states.why_not_report(directive_of(slot), slot, signed=signed),
        "return": directive_of(slot).is_live and reviews(user, slot) and not why_not_review(slot),
    }
    return [name for name, can in turns.items() if can]


def is_signed(slot: Slot) -> bool:
    return Receipt.objects.filter(slot=slot.pk).exists()


def steps_of(slot: Slot) -> QuerySet[Step]:
    """How the unit came along, the newest first, with what was said of it above."""
    reviews = "reply__reviews__by__person"
    found = Step.objects.filter(slot=slot).select_related("by", "reply").prefetch_related("evidence", reviews)
    return found.order_by("-at", "-pk")


def last_percent(slots: Iterable[int]) -> dict[int, int]:
    """How far each copy is by its newest word."""
    rows = Step.objects.filter(slot__in=list(slots)).order_by("slot", "at", "pk").values_list("slot", "percent")
    return dict(rows)


def evidence_counts(slots: Iterable[Slot]) -> dict[int, int]:
    """How many files prove what each unit has done."""
    rows = Evidence.objects.filter(step__slot__in=[slot.pk for slot in slots]).values_list("step__slot")
    return dict(rows.annotate(n=Count("pk")).order_by())


def evidence_for(user: User, pk: int) -> Evidence:
    within = Q(step__slot__in=copies_for(user).values("pk"))
    return get_object_or_404(Evidence.objects.filter(within), pk=pk)


def newly_red(slots: QuerySet[Any]) -> list[tuple[Slot, str]]:
    """Those of `slots`, coloured, that have turned red, with what they owe, as far as that is not on record yet."""
    noted = Escalation.objects.filter(slot=OuterRef("pk"))
    unsigned = Q(standing=Standing.UNSIGNED)
    known = Q(unsigned, Exists(noted.filter(owed=Owed.SIGN))) | Q(~unsigned, Exists(noted.filter(owed=Owed.ACT)))
    red = slots.filter(colour=Colour.RED).exclude(known).select_related("unit").order_by("pk")
    return [(slot, OWES[Standing(slot.standing)]) for slot in red]


def _copies(scope: Scope) -> SlotQuerySet:
    return Slot.objects.filter(scope.units("unit__path"), round__call__kind=KIND).select_related(*JOINED)


@Prepared
def _first_owed(scope: Scope, units: tuple[int, ...]) -> QuerySet[Any]:
    own = with_standing(_copies(scope).filter(unit__in=units))
    owing = own.filter(standing__in=OWING, round__call__status=Call.Status.ISSUED)
    return owing.order_by("due_at", "pk")[:FEW]


@Prepared
def _reports(scope: Scope) -> QuerySet[Slot, tuple[int, int]]:
    waiting = waiting_within(scope).filter(round__call__kind=KIND, round__call__status=Call.Status.ISSUED)
    return waiting.order_by().values_list("round__call").annotate(n=Count("pk"))
