"""Who holds which duty of the grid, at many units at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from wuli.kernel.orgs.models import Person, Posting, Unit, User
from wuli.kernel.orgs.models.dated import DatedQuerySet
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.units import lineage
from wuli.kernel.orgs.rules.duties import DUTIES

from ..models import CellKeeper
from ..rules.chain import Holder
from .contacts import Phones

KEEPERS = (Duty.GRID_KEEPER, Duty.DEPUTY_KEEPER)
SHOWN = (Duty.HEAD, *KEEPERS, Duty.REPORTER)
"""Leader, keeper, deputy and liaison of a grid."""
APPOINTERS = (Duty.ROSTER_KEEPER, Duty.SECURITY_ADMIN)
FEW = 500

type ByDuty = dict[str, list[Posting]]


def held_at(units: Collection[int], on: date, duties: Collection[Duty] = SHOWN) -> dict[int, ByDuty]:
    """For each of `units`, who holds these duties there that day, in the order in which they began."""
    wanted = sorted(units)
    some = (wanted[start : start + FEW] for start in range(0, len(wanted), FEW))
    return _sorted_out(posting for keys in some for posting in in_force(on, duties).filter(unit__in=keys))


def in_force(on: date, duties: Collection[Duty]) -> DatedQuerySet[Posting]:
    """Nobody holds a duty who is off the roll that day, whatever was not ended."""
    on_roll = {"person__on_roll_from__lte": on, "person__on_roll_until__gt": on}
    found = Posting.objects.on(on).filter(duty__in=duties, **on_roll)
    return found.select_related("person", "unit", "stands_in_for__person").order_by("from_date", "pk")


def appointers_of(unit: Unit, on: date) -> list[Person]:
    """The nearest at or above `unit` who may appoint keepers there, but for the security administrator."""
    duties = [duty for duty in Duty if Duty.GRID_KEEPER in DUTIES[duty].grants and DUTIES[duty].admin is None]
    chain = lineage(unit, on)
    held = held_at({placed.unit_id for placed in chain}, on, duties)
    for placed in reversed(chain):
        if found := [one.person for some in held.get(placed.unit_id, {}).values() for one in some]:
            return found
    return []


def holders(postings: Iterable[Posting], phones: Phones) -> list[Holder]:
    return [
        Holder(
            posting.person_id, posting.person.name, str(Duty(posting.duty).label), phones.shown(posting.person),
            posting.from_date, posting.until_date,
            posting.stands_in_for.person.name if posting.stands_in_for else "",
        ) for posting in postings
    ]  # fmt: skip


def cell_holders(keepers: Iterable[CellKeeper], phones: Phones) -> list[Holder]:
    return [
        Holder(
            one.person_id, one.person.name, str(CellKeeper.Role(one.role).label), phones.shown(one.person),
            one.from_date, one.until_date,
        ) for one in keepers
    ]  # fmt: skip


def phones_of(reader: User, *some: Iterable[Posting] | Iterable[CellKeeper]) -> Phones:
    return Phones(reader, {one.person_id for among in some for one in among})


def all_of(held: dict[int, ByDuty]) -> Iterator[Posting]:
    return (posting for by_duty in held.values() for postings in by_duty.values() for posting in postings)


def _sorted_out(postings: Iterable[Posting]) -> dict[int, ByDuty]:
    found: dict[int, ByDuty] = defaultdict(lambda: defaultdict(list))
    for posting in postings:
        found[posting.unit_id][posting.duty].append(posting)
    return found
