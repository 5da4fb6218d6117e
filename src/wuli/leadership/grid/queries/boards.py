"""Notice boards of many grids at once. Grids cut inside cost a few queries each; all others share theirs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Kind, Person, Placement, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.models.unit import under, way_to
from wuli.kernel.orgs.queries.units import Heads, path_on

from ..models import CellKeeper
from ..rules.boards import BELOW, GRIDS, SHIPPED, Line, Notice, duties_of
from ..rules.chain import first_responsible
from .board_facts import Facts, read
from .cells import CellHeads


def grids_below(unit: Unit, on: date, kinds: Sequence[str]) -> QuerySet[Placement]:
    """The grids of these kinds at and below `unit` as they were placed that day, in tree order."""
    path = path_on(unit, on)
    found = Placement.objects.on(on).filter(under(path)) if path else Placement.objects.none()
    wanted = [kind for kind in kinds if kind in GRIDS]
    return found.filter(unit__kind__in=wanted).select_related("unit").order_by("path", "pk")


def notices(placements: Iterable[Placement], on: date, *, reader: User, printing: bool = False) -> list[Notice]:
    """The boards of these grids as of that day.

    Numbers of the roster are masked until a board is printed; then they stand in full where `reader` may see them.
    """
    wanted = list(placements)
    facts = read(wanted, on, reader)
    return [_Drawing(placed, facts, printing).notice() for placed in wanted]


class _Drawing:
    """One board, out of facts read for all."""

    def __init__(self, placed: Placement, facts: Facts, printing: bool) -> None:
        self.placed = placed
        self.facts = facts
        self.printing = printing
        self.chain = [facts.placed[path] for path in way_to(placed.path) if path in facts.placed]
        self.unmasked: set[int] = set()

    def notice(self) -> Notice:
        placed, facts = self.placed, self.facts
        cut = facts.cuts.get(placed.unit_id)
        lines, cells, below = list(self._lines()), [self._cell(one) for one in cut.cells] if cut else [], self._below()
        board = facts.boards.get(placed.unit_id)
        return Notice(
            unit_id=placed.unit_id, name=placed.name, grid=str(GRIDS[Kind(placed.unit.kind)]),
            above=_("、").join(one.name for one in self.chain[-3:-1]),
            boundary=board.boundary if board and board.boundary else self._by_steps(),
            heads=facts.heads.get(placed.path, Heads()), lines=lines, cells=cells, below=below,
            duties=duties_of(self._duties()), hotline=self._hotline(), holders=frozenset(self.unmasked),
        )  # fmt: skip

    def _lines(self) -> Iterator[Line]:
        """First responsible, leader, keeper, deputy, instructor, liaison; what must be there and is not is a gap."""
        first = first_responsible(self.chain)
        if first and first.path == self.placed.path:
            yield from self._held(_("第一责任人、网格长"), [first], Duty.HEAD)
        else:
            yield from self._held(_("第一责任人"), [first] if first else [], Duty.HEAD)
            yield from self._held(_("网格长"), self.chain[::-1], Duty.HEAD)
        is_team = self.placed.unit.kind == Kind.TEAM
        if is_team or self.facts.at(self.placed, Duty.GRID_KEEPER):
            yield from self._held(_("网格员"), [self.placed], Duty.GRID_KEEPER)
            yield from self._held(_("副网格员"), [self.placed], Duty.DEPUTY_KEEPER)
        for instructor in self.facts.instructors.get(self.placed.unit_id, []):
            if instructor.person:
                yield self._line(_("指导员"), instructor.person)
            else:
                name = _("%(name)s（%(organisation)s）") if instructor.organisation else "%(name)s"
                said = {"name": instructor.name, "organisation": instructor.organisation}
                yield Line(_("指导员"), name % said, instructor.phone)
        yield from self._held(_("联络员"), self.chain[::-1], Duty.REPORTER)

    def _held(self, label: str, where: Sequence[Placement], duty: Duty) -> Iterator[Line]:
        """Whoever holds `duty` at the first of these units where somebody does."""
        postings = next((found for placed in where if (found := self.facts.at(placed, duty))), [])
        for posting in postings:
            yield self._line(label, posting.person)
        if not postings:
            yield Line(label)

    def _line(self, label: str, person: Person) -> Line:
        if not self.printing:
            return Line(label, person.name, self.facts.phones.shown(person))
        if self.facts.phones.needs_unmasking(person):
            self.unmasked.add(person.pk)
        return Line(label, person.name, self.facts.phones.on_board(person))

    def _cell(self, one: CellHeads) -> tuple[str, int, Line, Line]:
        keeper, deputy = (self._kept(label, found) for label, found in (
            (_("网格员"), one.keepers), (_("副网格员"), one.deputies)))  # fmt: skip
        return str(one.cell), one.heads.people, keeper, deputy

    def _kept(self, label: str, keepers: Sequence[CellKeeper]) -> Line:
        return self._line(label, keepers[0].person) if keepers else Line(label)

    def _below(self) -> list[tuple[str, int, Line]]:
        """The grids right below and who leads each; none where there are too many for a board."""
        children = self.facts.children.get(self.placed.unit_id, [])
        if not 0 < len(children) <= BELOW:
            return []
        return [
            (child.name, self.facts.heads.get(child.path, Heads()).people, self._leader(child)) for child in children
        ]  # fmt: skip

    def _leader(self, child: Placement) -> Line:
        duty, label = (
            (Duty.GRID_KEEPER, _("网格员")) if child.unit.kind == Kind.TEAM else (Duty.HEAD, _("网格长"))
        )  # fmt: skip
        return next(self._held(label, [child], duty))

    def _by_steps(self) -> str:
        return _("、").join(self.facts.steps.get(self.placed.unit_id, []))

    def _duties(self) -> str:
        """The words of the nearest unit above that set its own, else those shipped."""
        kind = self.placed.unit.kind
        found = (self.facts.texts.get((one.unit_id, kind)) for one in reversed(self.chain))
        return next((text for text in found if text), str(SHIPPED[Kind(kind)]))

    def _hotline(self) -> str:
        boards = (self.facts.boards.get(one.unit_id) for one in reversed(self.chain))
        return next((board.hotline for board in boards if board and board.hotline), "")
