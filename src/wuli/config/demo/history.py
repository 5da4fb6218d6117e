"""What has happened since the first day, so that the pages of a past day have something to say.

The tree of today is planned; here it is led back to what it was, and the changes that made it what it is
are listed day by day. `fill` carries them out through the actions that a real change would go through.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Kind
from wuli.kernel.orgs.models.posting import Duty

from .duties import NewDuty
from .enterprises import uscc
from .folk import DAY_ONE, Folk, Someone, Station
from .places import AT_HOME
from .shape import some
from .tree import Cell, Tree, segment_code

MERGED, CLOSED = "Q901", "Q902"
"""The enterprise that was merged into another, and the one that was closed: not among today's 548."""
CLOSERS = 6
"""People of the enterprise that was closed."""
MERGER, CLOSURE = date(2021, 7, 1), date(2023, 4, 1)


@dataclass(frozen=True)
class Change:
    """Something that takes effect on a day. `verb` is rename, move, merge, close, transfer or leave."""

    on: date
    verb: str
    unit: str = ""
    target: str = ""
    name: str = ""
    person: Someone | None = None


@dataclass
class History:
    operations: list[NewUnit]
    """Both lines as they were on the first day."""
    party: list[NewUnit]
    changes: list[Change] = field(default_factory=list)
    duties: list[NewDuty] = field(default_factory=list)
    """Held at units that are no more."""


def plan_history(tree: Tree, folk: Folk, spared: set[Someone], dice: Random) -> History:
    history = History(list(tree.operations), list(tree.party))
    spared_houses = {tree.cells[someone.cell].house for someone in spared}
    _rename(history, tree, spared_houses, dice)
    _move(history, tree, spared_houses, dice)
    merged = _merge(history, tree, folk, spared_houses)
    plain = _plain(tree, folk, spared, merged)
    moved = dice.sample(plain, CLOSERS + some(160, tree.shape.people, least=3))
    _close(history, moved[:CLOSERS])
    _transfer(history, tree, moved[CLOSERS:], dice)
    history.changes += [Change(s.left, "leave", person=s) for s in folk.everyone if s.left]
    history.changes.sort(key=lambda change: (change.on, ORDER.index(change.verb)))
    return history


ORDER = ("leave", "transfer", "close", "merge", "move", "rename")
"""On one day people go before what they belong to."""


def _rename(history: History, tree: Tree, spared: set[str], dice: Random) -> None:
    """Some enterprises had a plainer name once, and with them their Party bodies."""
    houses = [code for code, e in tree.enterprises.items() if code not in spared and not (e.listed or e.is_lead)]
    for code in dice.sample(houses, some(26, tree.shape.people, least=2)):
        e, day = tree.enterprises[code], _some_day(dice)
        before = f"{e.short}{dice.choice(('厂', '分公司', '工程指挥部'))}"
        history.operations = _with(history.operations, code, name=f"同舟{before}")
        history.changes.append(Change(day, "rename", code, name=e.name))
        for body in [unit for unit in tree.party if unit.code.split("-")[0] == code]:
            history.party = _with(history.party, body.code, name=body.name.replace(e.short, before, 1))
            history.changes.append(Change(day, "rename", body.code, name=body.name))


def _move(history: History, tree: Tree, spared: set[str], dice: Random) -> None:
    """Some enterprises hung directly under their segment before they came under a sister, their Party body likewise."""
    nested = [code for code, e in tree.enterprises.items() if e.parent and code not in spared]
    parents = {unit.code: unit.parent for unit in [*tree.operations, *tree.party]}
    for code in dice.sample(nested, min(len(nested), some(14, tree.shape.people, least=2))):
        e, day = tree.enterprises[code], _some_day(dice)
        body = next(unit.code for unit in tree.party if unit.serves == code)
        segment = segment_code(e.segment)
        history.operations = _with(history.operations, code, parent=segment)
        history.party = _with(history.party, body, parent=f"{segment}-DW")
        history.changes.append(Change(day, "move", code, parents[code]))
        if parents[body] != f"{segment}-DW":
            history.changes.append(Change(day, "move", body, parents[body]))


def _merge(history: History, tree: Tree, folk: Folk, spared: set[str]) -> str:
    """A workshop of today was an enterprise's own until that was merged; returns the workshop."""
    fitting = (cell for cell in reversed(tree.cells) if _can_come_from_elsewhere(cell, tree, history, spared))
    into, hall = next((cell.house, cell.hall) for cell in fitting)
    e = tree.enterprises[into]
    segment, branch = segment_code(e.segment), f"{hall}-ZB"
    name, region = f"同舟{e.short}协力有限公司", e.place.region
    before = NewUnit(MERGED, Kind.ENTERPRISE, name, segment, uscc=uscc(901), region=region)
    history.operations = _with(history.operations, hall, parent=MERGED)
    history.operations.insert([unit.code for unit in history.operations].index(hall), before)
    history.party = _with(history.party, branch, parent=f"{segment}-DW")
    history.changes += [Change(MERGER, "merge", MERGED, into), Change(MERGER, "move", branch, _parent(tree, branch))]
    leaders = next(people for people in folk.of_cell if tree.cells[people[0].cell].hall == hall)
    history.duties += [NewDuty(leaders[1], Duty.HEAD, MERGED), NewDuty(leaders[2], Duty.REPORTER, MERGED)]
    return hall


def _can_come_from_elsewhere(cell: Cell, tree: Tree, history: History, spared: set[str]) -> bool:
    """Whether the cell's workshop hangs directly on an enterprise at home that nothing else happens to."""
    if not cell.hall or cell.house in spared or cell.place.is_abroad or _parent(tree, cell.hall) != cell.house:
        return False
    untouched = not any(change.unit.split("-")[0] == cell.house for change in history.changes)
    return untouched and tree.enterprises[cell.house].branches > 1


def _close(history: History, people: list[Someone]) -> None:
    """An enterprise whose people all went elsewhere, with its office and its Party branch."""
    segment, office, branch = segment_code(4), f"{CLOSED}-K01", f"{CLOSED}-ZB"
    place = AT_HOME["31"][3]
    history.operations += [
        NewUnit(CLOSED, Kind.ENTERPRISE, "同舟虹口招待所有限公司", segment, uscc=uscc(902), region=place.region),
        NewUnit(office, Kind.TEAM, "经理办公室", CLOSED),
    ]
    history.party.append(NewUnit(branch, Kind.PARTY_BRANCH, "虹口招待所党支部", f"{segment}-DW", serves=CLOSED))
    for someone in people:
        post = "招待员" if someone.step else "管理员"
        someone.before = Station(office, "", post, branch if someone.branch else "")
        someone.moved = CLOSURE - timedelta(days=16)
        history.changes.append(Change(someone.moved, "transfer", someone.unit, person=someone))
    history.changes += [Change(CLOSURE, "close", code) for code in (office, branch, CLOSED)]
    head, reporter, keeper = people[:3]
    history.duties += [NewDuty(head, Duty.HEAD, CLOSED), NewDuty(reporter, Duty.REPORTER, CLOSED)]
    history.duties.append(NewDuty(keeper, Duty.GRID_KEEPER, office))


def _transfer(history: History, tree: Tree, people: list[Someone], dice: Random) -> None:
    """People who worked in another team of their enterprise before."""
    of_house: dict[str, list[Cell]] = {}
    for cell in tree.cells:
        of_house.setdefault(cell.house, []).append(cell)
    for someone in people:
        here = tree.cells[someone.cell]
        others = [cell for cell in of_house[here.house] if cell.hall and cell is not here]
        if not others:
            continue
        old = dice.choice(others)
        work = old.posts[1]
        someone.before = Station(old.code, work.name, work.post, old.branch if someone.branch else "")
        someone.moved = _some_day(dice)
        history.changes.append(Change(someone.moved, "transfer", someone.unit, person=someone))


def _plain(tree: Tree, folk: Folk, spared: set[Someone], merged: str) -> list[Someone]:
    """People of the first day whom a transfer leaves nothing behind: no leaders, no holes, no contractors."""
    leaders = {someone for people in folk.of_cell for someone in people[:4]}
    return [
        s for s in folk.everyone
        if s.joined == DAY_ONE and not s.left and s.post and s.employer and s not in leaders and s not in spared
        and s.unit == tree.cells[s.cell].code and tree.cells[s.cell].hall not in {"", merged} and not s.is_second_entry
    ]  # fmt: skip


def _parent(tree: Tree, code: str) -> str:
    return next(unit.parent for unit in [*tree.operations, *tree.party] if unit.code == code)


def _with(units: list[NewUnit], code: str, **values: str) -> list[NewUnit]:
    return [replace(unit, **values) if unit.code == code else unit for unit in units]  # type: ignore[arg-type]


def _some_day(dice: Random) -> date:
    """The first of a month from February 2019 to December 2025: such changes are made at the turn of a month."""
    years, month = divmod(1 + dice.randrange(83), 12)
    return date(2019 + years, month + 1, 1)
