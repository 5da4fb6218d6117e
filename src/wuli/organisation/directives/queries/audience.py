"""Before a directive goes out: how many units of which kinds it would ask, and where nobody would receive it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q

from wuli.kernel.cascade.models import Call
from wuli.kernel.orgs.models import Posting, Unit
from wuli.kernel.orgs.models.unit import Kind, UnitQuerySet, under

from .places import SIGNERS

NAMED = 20


@dataclass(frozen=True)
class Audience:
    kinds: list[tuple[str, int]]
    """The label of each kind with how many units of it, from the top down."""
    deaf: int
    """Units where nobody holds a duty that receives."""
    named: list[Unit]
    """The first of those."""

    @property
    def units(self) -> int:
        return sum(number for _kind, number in self.kinds)


def audience_of(call: Call, on: date) -> Audience:
    asked = asked_by(call, on)
    counts = dict(asked.values_list("kind").annotate(n=Count("pk")).order_by())
    held = Posting.objects.on(on).filter(unit=OuterRef("pk"), duty__in=SIGNERS, person__on_roll_until__gt=on)
    deaf = asked.filter(~Exists(held))
    kinds = [(str(kind.label), counts[kind]) for kind in Kind if kind in counts]
    return Audience(kinds, deaf.count(), list(deaf.order_by("path")[:NAMED]))


def zones(asked: UnitQuerySet) -> dict[str, str]:
    """The zones of the asked units, each with the name of one unit there."""
    return dict(asked.order_by().values_list("zone").annotate(name=Min("name")))


def asked_by(call: Call, on: date) -> UnitQuerySet:
    """The units of the kinds under the roots that a draft names; nobody asks themselves."""
    asked = Q(pk__in=[])
    for target in call.targets.select_related("root"):
        asked |= under(target.root.path) & Q(kind__in=target.kinds)
    return Unit.objects.filter(asked).exclude(pk=call.issuer_id).open(on)
