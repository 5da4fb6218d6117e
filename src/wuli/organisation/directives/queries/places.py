"""Who answers for which units: whose copies are somebody's own, and who is told for a unit."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from itertools import batched

from wuli.kernel.orgs.models import Person, Posting, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.scope import grants_of
from wuli.kernel.orgs.rules.duties import DUTIES, Perm

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


def _postings(units: Collection[int], on: date) -> Iterable[Posting]:
    held = Posting.objects.on(on).filter(unit__in=units, duty__in=SIGNERS, person__on_roll_until__gt=on)
    return held.select_related("person").order_by("pk")
