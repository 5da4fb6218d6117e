"""What the boards of many grids are made of, read for all of them together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.evidence.people import on_roll
from wuli.kernel.orgs.models import Person, Placement, Post, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.models.unit import top_of, way_to
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.queries.units import Heads, heads_by_child, sum_heads
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Board, Cell, DutyText, Instructor
from .cells import Cut, cut_of
from .contacts import Phones, published
from .holders import SHOWN, ByDuty, all_of, held_at

FEW = 500


@dataclass(frozen=True)
class Facts:
    placed: dict[str, Placement]
    children: dict[int, list[Placement]]
    held: dict[int, ByDuty]
    heads: dict[str, Heads]
    instructors: dict[int, list[Instructor]]
    boards: dict[int, Board]
    texts: dict[tuple[int, str], str]
    steps: dict[int, list[str]]
    cuts: dict[int, Cut]
    phones: Phones

    def at(self, placed: Placement, duty: Duty) -> list[Posting]:
        """Who holds a duty at one unit; nobody's days are asked again."""
        return self.held.get(placed.unit_id, {}).get(duty, [])


def read(wanted: Sequence[Placement], on: date, reader: User) -> Facts:
    above = _placements(on, {path for placed in wanted for path in way_to(placed.path)})
    children = _children(on, [placed.unit_id for placed in wanted])
    among = {one.unit_id for one in above} | {one.unit_id for some in children.values() for one in some}
    held = held_at(among, on, SHOWN)
    own = [placed.unit_id for placed in wanted]
    instructors = _instructors(own, on)
    cut = _cut_units(own, on)
    cuts = {placed.unit_id: cut_of(placed.unit, on) for placed in wanted if placed.unit_id in cut}
    people = {posting.person_id for posting in all_of(held)}
    people |= {one.person_id for some in instructors.values() for one in some if one.person_id}
    people |= {one.person_id for cut in cuts.values() for cell in cut.cells for one in (*cell.keepers, *cell.deputies)}
    return Facts(
        placed={one.path: one for one in above}, children=children, held=held, heads=_heads(wanted, on),
        instructors=instructors, boards=_boards(among), texts=_texts(among), steps=_steps(own), cuts=cuts,
        phones=Phones(reader, people),
    )  # fmt: skip


def _placements(on: date, paths: set[str]) -> list[Placement]:
    found = Placement.objects.on(on).select_related("unit")
    return [one for some in _few(sorted(paths)) for one in found.filter(path__in=some)]


def _children(on: date, units: Sequence[int]) -> dict[int, list[Placement]]:
    sorted_out: dict[int, list[Placement]] = defaultdict(list)
    for some in _few(units):
        for one in Placement.objects.on(on).filter(parent__in=some).select_related("unit").order_by("path", "pk"):
            sorted_out[one.parent_id or 0].append(one)
    return sorted_out


def _heads(wanted: Sequence[Placement], on: date) -> dict[str, Heads]:
    """People at and below each place under what all the grids lie in, from one reading of the roll of the day."""
    if len(wanted) == 1:
        below = heads_by_child(wanted[0].path, on)
        return below | {wanted[0].path: sum_heads(below.values())}
    sums: dict[str, Heads] = defaultdict(Heads)
    if not wanted:
        return sums
    roll: QuerySet[Any] = on_roll(Part(top_of(placed.path for placed in wanted), on)).order_by()
    rows = roll.values_list("place").annotate(people=Count("pk"), members=Count("branch"), employees=Count("employer"))
    for place, people, members, employees in rows:
        for path in way_to(place):
            sums[path] += Heads(people, members, people - employees)
    return sums


def _instructors(units: Sequence[int], on: date) -> dict[int, list[Instructor]]:
    """Those in force that day; one of the group only while on the roll."""
    there = Q(person=None) | Q(person__on_roll_from__lte=on, person__on_roll_until__gt=on)
    sorted_out: dict[int, list[Instructor]] = defaultdict(list)
    for some in _few(units):
        found = Instructor.objects.on(on).filter(there, unit__in=some).select_related("person")
        for one in found.order_by("from_date", "pk"):
            sorted_out[one.unit_id].append(one)
    return sorted_out


def _boards(units: set[int]) -> dict[int, Board]:
    return {one.unit_id: one for some in _few(sorted(units)) for one in Board.objects.filter(unit__in=some)}


def _texts(units: set[int]) -> dict[tuple[int, str], str]:
    found = (one for some in _few(sorted(units)) for one in DutyText.objects.filter(unit__in=some))
    return {(one.unit_id, one.kind): one.text for one in found}


def _steps(units: Sequence[int]) -> dict[int, list[str]]:
    """The process steps at which the posts of each unit stand."""
    found: dict[int, list[str]] = defaultdict(list)
    for some in _few(units):
        rows = Post.objects.filter(unit__in=some).exclude(process_step="").values_list("unit", "process_step")
        for unit, step in rows.distinct().order_by("unit", "process_step"):
            found[unit].append(step)
    return found


def _cut_units(units: Sequence[int], on: date) -> set[int]:
    cells = Cell.objects.on(on)
    return {unit for some in _few(units) for unit in cells.filter(unit__in=some).values_list("unit", flat=True)}


def _few[T](keys: Sequence[T]) -> Iterable[Sequence[T]]:
    return (keys[start : start + FEW] for start in range(0, len(keys), FEW))


def instructors_of(unit: Unit, on: date) -> list[Instructor]:
    return _instructors([unit.pk], on).get(unit.pk, [])


def instructor_for(user: User, pk: int) -> Instructor:
    """Someone who guides a grid where `user` may appoint; else the same 404 as for nobody."""
    found = Instructor.objects.filter(reach(user, Perm.POSTING_GRANT).units("unit__path"))
    return get_object_or_404(found.select_related("unit", "person"), pk=pk)


def people_on(unit: Unit, on: date) -> tuple[list[Person], dict[int, str]]:
    """Who holds a duty of the grid at `unit` itself, and the work phones that are known of them."""
    people = {posting.person_id: posting.person for posting in all_of(held_at([unit.pk], on, SHOWN))}
    for cell in cut_of(unit, on).cells:
        people |= {one.person_id: one.person for one in (*cell.keepers, *cell.deputies)}
    return list(people.values()), published(set(people))


def said_on(unit: Unit) -> dict[str, str]:
    """What was set for the board of `unit`, as a form takes it."""
    board = Board.objects.filter(unit=unit).first()
    texts = DutyText.objects.filter(unit=unit)
    own = {"boundary": board.boundary, "hotline": board.hotline} if board else {}
    return own | {f"text_{one.kind}": one.text for one in texts}
