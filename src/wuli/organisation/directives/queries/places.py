"""Who answers for which units: whose copies are somebody's own, and who is told for a unit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.db.models import Q

from wuli.kernel.cascade.models import Slot
from wuli.kernel.orgs.models import Person, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.models.unit import way_to
from wuli.kernel.orgs.queries.scope import grants_of
from wuli.kernel.orgs.rules.duties import DUTIES, Perm

from ..models import Directive

SIGNERS = (
    Duty.PARTY_SECRETARY, Duty.PARTY_OFFICER, Duty.HEAD, Duty.DEPUTY, Duty.COMMANDER, Duty.REPORTER, Duty.GRID_KEEPER,
)  # fmt: skip
"""Who receives what is sent to a unit: those who hold one of these duties at the very unit."""
AT_ONCE = 500


def own_units(user: User, perm: Perm = Perm.REPLY_FILE) -> list[int]:
    """The units at which `user` holds a duty that may do `perm`, not those below them."""
    held = (grant for grant in grants_of(user) if grant.duty in SIGNERS and perm in DUTIES[grant.duty].perms)
    return sorted({grant.unit_id for grant in held})


def belongs(user: User, unit: int) -> bool:
    """Whether `user` answers for the unit itself, rather than for it from above."""
    return unit in own_units(user)


def signers_of(units: Iterable[int], on: date) -> dict[int, list[Person]]:
    """Everyone who receives what is sent to each of `units` that day; units without anyone are left out."""
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    for some in batched(units, AT_ONCE, strict=False):
        for posting in _postings(some, on):
            found[posting.unit_id][posting.person_id] = posting.person
    return {unit: list(people.values()) for unit, people in found.items()}


@dataclass(frozen=True)
class Answering:
    """Who answers for the units over those that are late: people and units by the unit's key, keys by path."""

    by_path: Mapping[str, int]
    units: Mapping[int, Unit]
    people: Mapping[int, list[Person]]
    issuer: int

    def of(self, path: str) -> int | None:
        """The nearest unit above `path` for which somebody answers."""
        above = [self.by_path[step] for step in reversed(way_to(path)[:-1]) if step in self.by_path]
        return next((unit for unit in (*above, self.issuer) if self.people.get(unit)), None)


def answering_above(directive: Directive, slots: Iterable[Slot], on: date) -> Answering:
    """Of the units that `directive` asked, those that stand over `slots` today, and its issuer with all above that."""
    issuer = directive.call.issuer
    steps = {step for slot in slots for step in way_to(slot.unit.path)[:-1]}
    asked = Slot.objects.filter(round__call=directive.call_id, unit__path__in=steps).values("unit")
    known = Unit.objects.filter(Q(pk__in=asked) | Q(path__in=way_to(issuer.path)))
    units = {unit.pk: unit for unit in known.order_by("path")}
    return Answering({unit.path: pk for pk, unit in units.items()}, units, signers_of(units, on), issuer.pk)


def _postings(units: Collection[int], on: date) -> Iterable[Posting]:
    held = Posting.objects.on(on).filter(unit__in=units, duty__in=SIGNERS, person__on_roll_until__gt=on)
    return held.select_related("person").order_by("pk")
