"""The chain of responsibility of a person and of a unit on a day: read once, then told by rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Assignment, Kind, Person, Placement, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries import units

from ..models import Cell, CellKeeper
from ..rules import chain as rules
from ..rules.chain import Answer, Link
from .cells import cell_among, cells_on
from .contacts import Phones
from .holders import APPOINTERS, KEEPERS, ByDuty, all_of, cell_holders, held_at, holders

DUTIES = (Duty.HEAD, *KEEPERS, Duty.PARTY_SECRETARY, *APPOINTERS)


@dataclass
class Facts:
    """What the answers are made of: the units above, who holds what there, the numbers that may be shown."""

    on: date
    chain: list[Placement]
    held: dict[int, ByDuty]
    phones: Phones
    postings: list[Posting] = field(init=False)

    def __post_init__(self) -> None:
        self.postings = list(all_of(self.held))

    def link(self, label: str, placed: Placement, duty: Duty, since: date | None = None) -> Link:
        """Who holds `duty` at a unit of the chain, or that nobody does and who must appoint someone."""
        found = holders(self.held.get(placed.unit_id, {}).get(duty, []), self.phones)
        chain = self.chain[: self.chain.index(placed) + 1]
        gap = "" if found else rules.missing(duty, chain, self.postings)
        return Link(label, placed.name, placed.unit, since, found, gap)


def of_person(person: Person, on: date, *, seen_by: User) -> list[Answer]:
    """Who employs, manages and is responsible for someone that day; nothing when they were not on the roll."""
    past = list(person.assignments.select_related("unit", "employer", "post", "branch").order_by("-from_date", "pk"))
    here = next((one for one in past if one.holds_on(on)), None)
    if here is None:
        return []
    chain = units.lineage(here.unit, on)
    beside = [unit for unit in (here.employer_id, here.branch_id) if unit]
    cell = _cell_of(here, on)
    facts = _facts(chain, beside, cell, on, seen_by)
    return [
        Answer("employs", _("谁用工"), [_employer(here, past, facts, on)]),
        Answer("manages", _("谁管理"), list(_managers(here, past, cell, facts, on))),
        Answer("answers", _("谁负责"), list(_answerable(facts, here.branch))),
    ]


def of_unit(unit: Unit, on: date, *, seen_by: User) -> list[Answer]:
    """Who manages a unit of the operations line and who is responsible above it; nothing when it was not open."""
    chain = units.lineage(unit, on)
    if not chain:
        return []
    body = _body_of(chain, on)
    facts = _facts(chain, [body.pk] if body else [], None, on, seen_by)
    house = rules.first_responsible(chain)
    answers = [Answer("employs", _("谁用工"), [Link(_("所在企业"), house.name, house.unit)])] if house else []
    answers.append(Answer("manages", _("谁管理"), list(_managers_of_unit(unit, facts))))
    answers.append(Answer("answers", _("谁负责"), list(_answerable(facts, body))))
    return answers


def _facts(chain: list[Placement], beside: list[int], cell: Cell | None, on: date, reader: User) -> Facts:
    held = held_at({placed.unit_id for placed in chain} | set(beside), on, DUTIES)
    people = {posting.person_id for posting in all_of(held)}
    if cell:
        people |= {one.person_id for one in cell.keeping}  # type: ignore[attr-defined]
    return Facts(on, chain, held, Phones(reader, people))


def _employer(here: Assignment, past: list[Assignment], facts: Facts, on: date) -> Link:
    employers = [(one.from_date, one.until_date, (one.employer_id, one.outside_employer)) for one in past]
    began = rules.since(employers, on)
    if here.employer:
        heads = holders(facts.held.get(here.employer_id or 0, {}).get(Duty.HEAD, []), facts.phones)
        return Link(_("用工单位"), here.employer.name, here.employer, began, heads)
    house = rules.first_responsible(facts.chain)
    note = _("外协人员编入所在班组的网格，现场由%(unit)s一并管理") % {"unit": house.name} if house else ""
    return Link(_("外协单位"), here.outside_employer, None, began, note=note)


def _managers(here: Assignment, past: list[Assignment], cell: Cell | None, facts: Facts, on: date) -> Iterator[Link]:
    """The cell first, then the team around it. Someone hung higher, in no cell, has nobody who keeps them."""
    own = facts.chain[-1] if facts.chain else None
    began = rules.since(((one.from_date, one.until_date, one.unit_id) for one in past), on)
    if cell:
        yield _cell_link(cell, facts)
    if own is None:
        return
    if here.unit.kind == Kind.TEAM:
        yield _kept(own, facts, began)
    elif not cell:
        gap = rules.without_cell(facts.chain, facts.postings)
        yield Link(_("网格"), own.name, own.unit, began, gap=gap)


def _kept(team: Placement, facts: Facts, began: date | None = None) -> Link:
    """The team with its keeper, then its deputy; a deputy alone does not fill the gap."""
    link = facts.link(_("班组网格"), team, Duty.GRID_KEEPER, began)
    deputies = holders(facts.held.get(team.unit_id, {}).get(Duty.DEPUTY_KEEPER, []), facts.phones)
    return replace(link, holders=[*link.holders, *deputies])


def _cell_link(cell: Cell, facts: Facts) -> Link:
    keeping: list[CellKeeper] = cell.keeping  # type: ignore[attr-defined]
    found = cell_holders(sorted(keeping, key=lambda one: one.role != CellKeeper.Role.KEEPER), facts.phones)
    kept = any(one.role == CellKeeper.Role.KEEPER for one in keeping)
    label = _("岗位网格") if cell.post else _("工序网格")
    gap = "" if kept else rules.missing(Duty.GRID_KEEPER, facts.chain, facts.postings)
    return Link(label, str(cell), None, cell.from_date, found, gap)


def _managers_of_unit(unit: Unit, facts: Facts) -> Iterator[Link]:
    own = facts.chain[-1]
    if unit.kind == Kind.TEAM:
        yield _kept(own, facts)
        return
    if facts.held.get(unit.pk, {}).get(Duty.GRID_KEEPER):
        yield facts.link(_("网格员"), own, Duty.GRID_KEEPER)
    yield facts.link(_("网格长"), own, Duty.HEAD)


def _answerable(facts: Facts, body: Unit | None) -> Iterator[Link]:
    """The heads up the line, from the one who answers first; and the secretary of the Party body."""
    first = rules.first_responsible(facts.chain)
    for placed in reversed(facts.chain):
        if placed.unit.kind == Kind.TEAM:
            continue
        label = _("第一责任人") if placed is first else str(placed.unit.get_kind_display())
        yield facts.link(label, placed, Duty.HEAD)
    if body:
        secretaries = holders(facts.held.get(body.pk, {}).get(Duty.PARTY_SECRETARY, []), facts.phones)
        gap = "" if secretaries else rules.without_secretary(_party_officers(body, facts.on))
        yield Link(_("党组织"), body.name, body, None, secretaries, gap)


def _party_officers(body: Unit, on: date) -> list[Posting]:
    """Who may appoint a secretary there, the nearest first; asked only where there is none."""
    above = Posting.objects.on(on).filter(duty=Duty.PARTY_OFFICER, unit__path__in=body.ancestor_paths)
    return list(above.select_related("person").order_by("-unit__depth", "pk"))


def _cell_of(here: Assignment, on: date) -> Cell | None:
    if here.post is None:
        return None
    cells: Sequence[Cell] = list(cells_on(on).filter(unit=here.unit_id))
    return cell_among(cells, here.post.process_step, here.post.name)


def _body_of(chain: list[Placement], on: date) -> Unit | None:
    """The Party body that serves the unit, or the nearest one above it."""
    bodies = {one.serves_id: one for one in Unit.objects.open(on).filter(serves__in=[p.unit_id for p in chain])}
    return next((bodies[placed.unit_id] for placed in reversed(chain) if placed.unit_id in bodies), None)
