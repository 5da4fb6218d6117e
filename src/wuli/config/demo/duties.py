"""Who holds which duty where, and the few holes left on purpose for the blind-spot lists to show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from random import Random

from wuli.base.clock import FOREVER
from wuli.kernel.orgs.models import Kind
from wuli.kernel.orgs.models.posting import Duty

from .accounts import REPORTER_RANK, Holder
from .folk import DAY_ONE, Folk, Someone
from .shape import some
from .tree import Cell, Tree, segment_code

LEADERS = 4
"""The first people of the offices and teams that lead a house or workshop; holes are made among the others."""


@dataclass(frozen=True)
class NewDuty:
    person: Someone
    duty: Duty
    unit: str
    from_date: date = DAY_ONE
    until_date: date = FOREVER


@dataclass
class Holes:
    """What is missing on purpose. People in holes are changed in place."""

    without_keeper: set[str] = field(default_factory=set)
    without_head: set[str] = field(default_factory=set)
    without_reporter: set[str] = field(default_factory=set)


def plan_holes(tree: Tree, folk: Folk, spared: set[Someone], dice: Random) -> Holes:
    """Leave a few of each kind, spread over the segments, never around the people of the accounts."""
    people = tree.shape.people
    near = {tree.cells[someone.cell].house for someone in spared}
    cells = [cell for cell in tree.cells if cell.house not in near and cell.size < 28]
    houses = sorted(set(tree.enterprises) - near)
    picked = dice.sample(houses, some(5, people, least=2) + some(7, people, least=2))
    keep = some(5, people, least=2)
    holes = Holes(
        without_keeper={cell.code for cell in dice.sample([c for c in cells if c.hall], some(31, people))},
        without_head=set(picked[:keep]),
        without_reporter=set(picked[keep:]),
    )
    plain = [s for s in folk.everyone if s.left is None and _is_plain(tree, folk, s) and s not in spared]
    postless, cellless, twice = some(73, people, least=2), some(46, people, least=3), some(9, people)
    strays = dice.sample(plain, postless + cellless + 2 * twice)
    for someone in strays[:postless]:
        someone.step = someone.post = ""
    for someone, level in zip(strays[postless : postless + cellless], cycle(("hall", "house", "parent")), strict=False):
        someone.unit = _above(tree, tree.cells[someone.cell], level)
    pairs = strays[postless + cellless :]
    for first, second in zip(pairs[::2], pairs[1::2], strict=True):
        second.name, second.phone, second.identity = first.name, first.phone, first.identity
        second.is_second_entry = True
    return holes


def _is_plain(tree: Tree, folk: Folk, someone: Someone) -> bool:
    """Nobody's leader, no member (bodies stay complete), with an identity number."""
    leaders = folk.of_cell[someone.cell][:LEADERS]
    return bool(someone.identity) and not someone.branch and someone not in leaders


def _above(tree: Tree, cell: Cell, level: str) -> str:
    if level == "hall" and cell.hall:
        return cell.hall
    if level == "parent" and cell.segment >= 0:
        return segment_code(cell.segment)
    return cell.house


def plan_duties(tree: Tree, folk: Folk, holders: list[Holder], holes: Holes, dice: Random) -> list[NewDuty]:
    duties = [NewDuty(h.person, duty, unit) for h in holders for duty, unit in h.duties]
    for cell, people in zip(tree.cells, folk.of_cell, strict=True):
        if cell.leads_house:
            duties += _of_house(tree, cell, people, holes, dice)
        if cell.leads_hall:
            duties += _of_hall(cell, people, dice)
        if cell.code not in holes.without_keeper:
            duties.append(NewDuty(people[2 if cell.leads_house else 0], Duty.GRID_KEEPER, cell.code))
    duties += _of_plants(tree, folk)
    duties += _of_bodies(tree, folk)
    return duties


def _of_house(tree: Tree, cell: Cell, people: list[Someone], holes: Holes, dice: Random) -> Iterator[NewDuty]:
    house, (head, deputy, chief_clerk) = cell.house, people[:3]
    clerk = people[REPORTER_RANK]
    if house in holes.without_head:
        pass
    elif cell.trade and dice.random() < 0.09:
        yield from _handed_over(head, deputy, house, dice)
    else:
        yield NewDuty(head, Duty.HEAD, house)
        yield NewDuty(deputy, Duty.DEPUTY, house)
    if house not in holes.without_reporter:
        yield NewDuty(clerk, Duty.REPORTER, house)
    yield NewDuty(clerk, Duty.ROSTER_KEEPER, house)
    yield NewDuty(clerk if not cell.trade else chief_clerk, Duty.REVIEWER, house)


def _handed_over(head: Someone, deputy: Someone, house: str, dice: Random) -> Iterator[NewDuty]:
    """The deputy of today was the head until some day, and the other way round."""
    day = date(2019, 9, 1) + timedelta(days=dice.randrange(2000))
    yield NewDuty(deputy, Duty.HEAD, house, DAY_ONE, day)
    yield NewDuty(head, Duty.DEPUTY, house, DAY_ONE, day)
    yield NewDuty(head, Duty.HEAD, house, day)
    yield NewDuty(deputy, Duty.DEPUTY, house, day)


def _of_hall(cell: Cell, people: list[Someone], dice: Random) -> Iterator[NewDuty]:
    yield NewDuty(people[1], Duty.HEAD, cell.hall)
    if len(people) > LEADERS and dice.random() < 0.4:
        yield NewDuty(people[2], Duty.DEPUTY, cell.hall)


def _of_plants(tree: Tree, folk: Folk) -> Iterator[NewDuty]:
    """The head of a plant's first workshop heads the plant as well."""
    first = {cell.hall: people for cell, people in zip(tree.cells, folk.of_cell, strict=True) if cell.leads_hall}
    plants = set()
    for unit in tree.operations:
        if unit.kind == Kind.WORKSHOP and unit.parent not in plants and "-F" in unit.parent:
            plants.add(unit.parent)
            yield NewDuty(first[unit.code][1], Duty.HEAD, unit.parent)


def _of_bodies(tree: Tree, folk: Folk) -> Iterator[NewDuty]:
    """A secretary for every body: for a branch its first member, higher up the first member of a branch below."""
    members: dict[str, list[Someone]] = {}
    for people in folk.of_cell:
        for someone in people:
            if someone.branch:
                members.setdefault(someone.branch, []).append(someone)
    above = {unit.code: unit.parent for unit in tree.party}
    secretary: dict[str, Someone] = {}
    for unit in tree.party:
        if unit.kind == Kind.PARTY_BRANCH and unit.code in members:
            body = unit.code
            while body and body not in secretary:
                secretary[body] = members[unit.code][0]
                body = above[body]
    for unit in tree.party:
        if unit.code in secretary:
            yield NewDuty(secretary[unit.code], Duty.PARTY_SECRETARY, unit.code)
        if unit.kind == Kind.PARTY_COMMITTEE and len(own := members.get(unit.code.replace("-DW", "-ZB"), [])) > 1:
            yield NewDuty(own[1], Duty.PARTY_OFFICER, unit.code)
