"""Who fills the cells: 170,000 people with posts, employers, numbers that nobody has, and days on which they came.

Phones begin with 154, the one prefix between 150 and 159 that no operator was ever given; identity numbers begin
with area 000000, which is no place. Both pass the checks of form; neither can reach or be a real person.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from wuli.base.codes import identity_check_digit

from .names import Namer
from .shape import some
from .trades import Step
from .tree import Cell, Tree

DAY_ONE = date(2019, 1, 1)
"""The tree opened, and everyone who was there already came on the roll."""
LAST_DAY = date(2025, 12, 31)
"""Nothing in the demonstration happens after this day, whenever it is filled."""
FOUNDERS = 0.61
"""The part of today's people who were there on the first day."""
CONTRACTORS = 0.105
"""The part of workshop people whom an outside company employs."""
NO_AREA = "000000"
NO_OPERATOR = "154"


@dataclass(frozen=True, slots=True)
class Station:
    """Where someone belonged before a transfer."""

    unit: str
    step: str
    post: str
    branch: str


@dataclass(slots=True, eq=False)
class Someone:
    number: str
    name: str
    cell: int
    unit: str
    employer: str
    joined: date
    outside_employer: str = ""
    step: str = ""
    post: str = ""
    branch: str = ""
    phone: str = ""
    identity: str = ""
    left: date | None = None
    before: Station | None = None
    moved: date | None = None
    is_local_abroad: bool = False
    is_second_entry: bool = False
    """The same person under another number: on two rolls at once."""

    @property
    def can_be_member(self) -> bool:
        """Contractors belong to a branch of their own company, local staff abroad to none."""
        return not self.outside_employer and not self.is_local_abroad


@dataclass
class Folk:
    everyone: list[Someone] = field(default_factory=list)
    """On the roll today, in the order of the cells; after them those who have left."""
    of_cell: list[list[Someone]] = field(default_factory=list)
    """Today's people of each cell, leaders first."""


def plan_folk(tree: Tree, dice: Random) -> Folk:
    folk = Folk()
    draw = _Draw(dice)
    for at, cell in enumerate(tree.cells):
        people = [draw.someone(at, cell, rank) for rank in range(cell.size)]
        folk.of_cell.append(people)
        folk.everyone += people
    _choose_members(tree, folk, dice)
    folk.everyone += _leavers(tree, draw, dice)
    return folk


class _Draw:
    """Draws people one after another; numbers are never used twice."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._namer = Namer(dice)
        self._count = 0
        self._identities: set[str] = set()
        self._days = (LAST_DAY - DAY_ONE).days

    def someone(self, at: int, cell: Cell, rank: int) -> Someone:
        self._count += 1
        dice, leads = self._dice, rank == 0 or rank < 4 and (cell.leads_house or cell.leads_hall)
        founder = leads or dice.random() < FOUNDERS
        joined = DAY_ONE if founder else DAY_ONE + timedelta(days=31 + dice.randrange(self._days - 30))
        woman = dice.random() < (0.42 if cell.is_office else 0.17)
        born = self._birthday(joined, leads)
        sent = cell.place.is_abroad and leads
        named = self._namer.name(
            "han" if sent else cell.place.folk, woman=woman, born=born.year, abroad=cell.place.is_abroad and not sent
        )
        work = _work(cell, rank)
        someone = Someone(
            f"{100_000 + self._count}", named.name, at, cell.code, cell.house, joined, step=work.name, post=work.post,
            is_local_abroad=named.is_local_abroad,
        )  # fmt: skip
        if not named.is_local_abroad:
            someone.phone = f"{NO_OPERATOR}{self._count * 48_271 % 100_000_000:08d}"
            someone.identity = self._identity(born, woman)
        if not (leads or cell.is_office) and dice.random() < CONTRACTORS:
            someone.number = f"W{someone.number}"
            someone.employer, someone.outside_employer = "", _outside_employer(cell)
        return someone

    def _birthday(self, joined: date, leads: bool) -> date:
        """Old enough to work on the day of joining, young enough to work on the last day."""
        youngest = min(joined.year - (30 if leads else 19), 2003)
        oldest = 1966 if joined == DAY_ONE else joined.year - 40
        day = date(oldest, 1, 1).toordinal() + self._dice.randrange(365 * (youngest - oldest))
        return date.fromordinal(day)

    def _identity(self, born: date, woman: bool) -> str:
        order = self._dice.randrange(500) * 2 + (not woman)
        while (body := f"{NO_AREA}{born:%Y%m%d}{order:03d}") in self._identities:
            order = (order + 2) % 1000
        self._identities.add(body)
        return body + identity_check_digit(body)


def _work(cell: Cell, rank: int) -> Step:
    if cell.leads_hall and rank in {1, 2}:
        return Step("", ("" if rank == 1 else "副") + cell.chief)
    if cell.is_office:
        heads = 3 if cell.leads_house else 1
        return cell.posts[rank if rank < heads else heads + (rank - heads) % (len(cell.posts) - heads)]
    return cell.posts[(0, 2, 3)[rank]] if rank < 2 or rank == 2 and cell.size > 12 else cell.posts[1]


def _outside_employer(cell: Cell) -> str:
    """A workshop's contractors all come from one company. 彼岸 is to the outsiders what 同舟 is to the group."""
    kind = ("劳务", "检修", "建设安装", "运输服务")[sum(map(ord, cell.hall)) % 4]
    return f"彼岸{cell.place.name}{kind}有限公司"


def _choose_members(tree: Tree, folk: Folk, dice: Random) -> None:
    """Exactly so many members as published: leaders first, three in every branch, the rest by chance."""
    by_branch: dict[str, list[Someone]] = {}
    rest: list[tuple[float, int, Someone]] = []
    chosen = 0
    for cell, people in zip(tree.cells, folk.of_cell, strict=True):
        fellows = by_branch.setdefault(cell.branch, [])
        for someone in people:
            if not someone.can_be_member:
                continue
            if len(fellows) < 3 or someone is people[0] and cell.leads_house:
                someone.branch = cell.branch
                fellows.append(someone)
                chosen += 1
            else:
                rest.append((dice.random(), len(rest), someone))
    rest.sort()
    for _key, _at, someone in rest[: tree.shape.members - chosen]:
        someone.branch = tree.cells[someone.cell].branch


def _leavers(tree: Tree, draw: _Draw, dice: Random) -> list[Someone]:
    """People who were there from the first days and have left since."""
    gone = []
    for _each in range(some(240, tree.shape.people, least=4)):
        at = dice.randrange(len(tree.cells))
        someone = draw.someone(at, tree.cells[at], rank=9)
        someone.joined = DAY_ONE
        someone.left = date(2019, 3, 1) + timedelta(days=dice.randrange((LAST_DAY - date(2019, 3, 1)).days))
        gone.append(someone)
    return gone
