"""Whose cell someone is in."""

from dataclasses import dataclass
from datetime import date

from wuli.kernel.orgs.models import Kind, Person, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.people import search_people
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Cell
from ..rules.chain import Holder
from .cells import cell_among, cells_on
from .contacts import Phones
from .holders import KEEPERS, all_of, cell_holders, held_at, holders

MOST = 20


@dataclass(frozen=True)
class Found:
    """Someone with the cell they are in, if any, and who keeps it."""

    person: Person
    cell: Cell | None
    has_cell: bool
    keepers: list[Holder]
    sees_grid: bool


def found(user: User, text: str, on: date) -> list[Found]:
    people = search_people(user, text, on, limit=MOST)
    units = {person.unit_id for person in people}
    cells: dict[int, list[Cell]] = {}
    for one in cells_on(on).filter(unit__in=units):
        cells.setdefault(one.unit_id, []).append(one)
    held = held_at(units, on, KEEPERS)
    inner = [one for some in cells.values() for cell in some for one in cell.keeping]  # type: ignore[attr-defined]
    phones = Phones(user, {one.person_id for one in (*all_of(held), *inner)})
    grid = reach(user, Perm.POSTING_VIEW)
    rows = []
    for person in people:
        post = person.post
        cell = cell_among(cells.get(person.unit_id, []), post.process_step, post.name) if post else None
        of_team = held.get(person.unit_id, {})
        keepers = (
            cell_holders(cell.keeping, phones) if cell  # type: ignore[attr-defined]
            else holders([one for duty in KEEPERS for one in of_team.get(Duty(duty), [])], phones)
        )  # fmt: skip
        has_cell = bool(cell) or person.unit.kind == Kind.TEAM
        rows.append(Found(person, cell, has_cell, keepers, grid.reaches(person.path)))
    return rows
