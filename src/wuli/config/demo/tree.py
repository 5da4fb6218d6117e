"""Both lines as lists of units, parents first, and the cells that people are to fill."""

from dataclasses import dataclass, field
from random import Random

from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Kind

from .enterprises import Enterprise, plan_enterprises, uscc
from .places import HEAD_OFFICE, Place
from .shape import Shape, portions, shared_out, some
from .trades import CHIEFS, GROUP_NAME, GROUP_SHORT, HEADQUARTERS, OFFICES, SEGMENTS, Shop, Step, ordinal

GROUP, PARTY_GROUP = "TZ", "TZ-DZ"
TEAM = 14.4
"""People of an ordinary team."""
DESK = 12
"""People of an ordinary office."""
CROWDED = range(31, 34)
"""People of the few teams that are too large for one keeper."""
SMALLEST_CELL, LARGEST_CELL = 4, 28


@dataclass(eq=False)
class Cell:
    """A team with room for `size` people who work at `house`. `posts` are its leader's, then the others'."""

    code: str
    name: str
    house: str
    branch: str
    place: Place
    size: int
    posts: tuple[Step, ...]
    segment: int = -1
    trade: str = ""
    hall: str = ""
    """The workshop; empty for an office."""
    chief: str = ""
    """What the head of that workshop is called."""
    leads_hall: bool = False
    """Its second person is the head of the workshop."""
    leads_house: bool = False
    """Its first people are the heads of the enterprise, segment or group."""

    @property
    def is_office(self) -> bool:
        return not self.hall


@dataclass(frozen=True)
class House:
    """Whatever has offices: headquarters, a segment, an enterprise. `body` is the Party body above its branches."""

    code: str
    short: str
    body: str
    place: Place
    heads: tuple[str, str]
    departments: tuple[str, ...] = OFFICES
    segment: int = -1
    trade: str = ""


@dataclass
class Tree:
    shape: Shape
    enterprises: dict[str, Enterprise] = field(default_factory=dict)
    operations: list[NewUnit] = field(default_factory=list)
    party: list[NewUnit] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


def segment_code(at: int) -> str:
    return f"{GROUP}{at + 1:02d}"


def plan_tree(shape: Shape, dice: Random) -> Tree:
    headquarters = some(420, shape.people, least=26)
    office = some(42, shape.people, least=SMALLEST_CELL)
    working = shape.people - headquarters - office * len(SEGMENTS)
    enterprises = plan_enterprises(shape, working, dice)
    desks = _share_branches(enterprises, headquarters, shape.branches)
    builder = _Builder(Tree(shape), _crowded(enterprises, some(12, shape.people)), dice)
    builder.headquarters(headquarters, desks)
    for at in range(len(SEGMENTS)):
        builder.segment(at, office, [e for e in enterprises if e.segment == at and e.parent is None])
    return builder.tree


def _share_branches(enterprises: list[Enterprise], headquarters: int, branches: int) -> int:
    """Give each enterprise its number of branches; returns the headquarters' own."""
    single = [e for e in enterprises if e.body == Kind.PARTY_BRANCH]
    others = [e for e in enterprises if e.body != Kind.PARTY_BRANCH]
    left = branches - len(SEGMENTS) - len(single) - len(others)
    desks, *counts = portions(left, [float(headquarters), *(float(e.people) for e in others)], least=1)
    for enterprise, count in zip(others, counts, strict=True):
        enterprise.branches = 1 + count
    return desks


def _crowded(enterprises: list[Enterprise], wanted: int) -> set[Enterprise]:
    """The enterprises that have a team too large for one keeper: a smelter to look at, and some of the larger ones."""
    first = next(e for e in enterprises if e.hosts_accounts)
    larger = sorted((e for e in enterprises if e is not first), key=lambda e: (-e.people, e.name))
    return {first, *larger[: 5 * (wanted - 1) : 5]}


class _Builder:
    """Opens units of both lines side by side, so that each Party body stands with the unit it serves."""

    def __init__(self, tree: Tree, crowded: set[Enterprise], dice: Random) -> None:
        self.tree = tree
        self._crowded = crowded
        self._dice = dice

    def headquarters(self, people: int, branches: int) -> None:
        self._unit(GROUP, Kind.GROUP, GROUP_NAME, "", uscc=uscc(0), region=HEAD_OFFICE.region)
        self._body(PARTY_GROUP, Kind.PARTY_GROUP, f"{GROUP_SHORT}党组", "", GROUP)
        committee = self._body(f"{GROUP}-DW", Kind.PARTY_COMMITTEE, "集团总部直属党委", PARTY_GROUP, GROUP)
        self._body(f"{GROUP}-ZB", Kind.PARTY_BRANCH, "集团总部机关党支部", committee, GROUP)
        house = House(GROUP, "集团总部", committee, HEAD_OFFICE, ("董事长", "总经理"), HEADQUARTERS)
        self._offices(house, people, branches)

    def segment(self, at: int, people: int, enterprises: list[Enterprise]) -> None:
        name = SEGMENTS[at].name
        code = self._unit(segment_code(at), Kind.SEGMENT, name, GROUP, region=HEAD_OFFICE.region)
        committee = self._body(f"{code}-DW", Kind.PARTY_COMMITTEE, f"{name}党委", PARTY_GROUP, code)
        self._body(f"{code}-ZB", Kind.PARTY_BRANCH, f"{name}机关党支部", committee, code)
        self._offices(House(code, name, committee, HEAD_OFFICE, ("总裁", "副总裁"), segment=at), people, 1)
        for enterprise in enterprises:
            self._enterprise(enterprise, code, committee)

    def _enterprise(self, e: Enterprise, parent: str, body_above: str) -> None:
        number = len(self.tree.enterprises) + 1
        code = self._unit(
            f"Q{number:03d}", Kind.ENTERPRISE, e.name, parent, uscc="" if e.place.is_abroad else uscc(number),
            region=e.place.region, zone=e.place.zone, listed=e.listed,
        )  # fmt: skip
        self.tree.enterprises[code] = e
        body = self._enterprise_body(e, code, body_above)
        halls, desks = _split(e)
        house = House(code, e.short, body, e.place, ("总经理", "副总经理"), segment=e.segment, trade=e.trade)
        self._offices(house, desks, max(1, e.branches - len(halls)))
        self._halls(e, code, body, halls)
        for daughter in sorted(e.children, key=lambda d: (-d.people, d.name)):
            self._enterprise(daughter, code, body)

    def _enterprise_body(self, e: Enterprise, code: str, above: str) -> str:
        """The enterprise's Party body, on which its daughters' and workshops' bodies hang."""
        branch = f"{code}-ZB"
        if e.body == Kind.PARTY_BRANCH:
            return self._body(branch, e.body, f"{e.short}党支部", above, code)
        letters, ending = ("DW", "党委") if e.body == Kind.PARTY_COMMITTEE else ("DZ", "党总支")
        body = self._body(f"{code}-{letters}", e.body, f"{e.short}{ending}", above, code)
        self._body(branch, Kind.PARTY_BRANCH, f"{e.short}机关党支部", body, code)
        return body

    def _offices(self, house: House, people: int, branches: int) -> None:
        """Offices in a row, shared out to so many branches, of which the first serves the house itself."""
        sizes = _sizes(people, DESK, self._dice)
        branch, of_house = f"{house.code}-ZB", shared_out(len(sizes), branches)
        for at, (size, number) in enumerate(zip(sizes, of_house, strict=True)):
            name = _office_name(house.departments, at)
            code = self._unit(f"{house.code}-K{at + 1:02d}", Kind.TEAM, name, house.code)
            if number != of_house[max(0, at - 1)]:
                title = f"{house.short}机关第{ordinal(number + 1)}党支部"
                branch = self._body(f"{code}-ZB", Kind.PARTY_BRANCH, title, house.body, code)
            self.tree.cells.append(
                Cell(
                    code, name, house.code, branch, house.place, size, _desk_posts(at, house.heads), house.segment,
                    house.trade, leads_house=at == 0,
                )
            )  # fmt: skip

    def _halls(self, e: Enterprise, house: str, body: str, sizes: list[int]) -> None:
        """Workshops, in the largest enterprises under plants that have a general branch of their own."""
        if e in self._crowded:
            sizes = _roomier_first(sizes)
        kinds = _kinds_of_hall(e.kind_of_work.shops, len(sizes))
        names = _names_of_halls(kinds)
        plants = portions(len(sizes), [1.0] * e.plants + [0.6], least=1) if e.plants else [len(sizes)]
        above = [self._plant(e, house, body, plant) for plant in range(len(plants))]
        for at, plant in enumerate(plant for plant, count in enumerate(plants) for _hall in range(count)):
            parent, body_above = above[plant]
            hall = self._unit(f"{house}-C{at + 1:02d}", Kind.WORKSHOP, names[at], parent)
            branch = f"{house}-ZB"
            if e.branches > 1:
                branch = self._body(f"{hall}-ZB", Kind.PARTY_BRANCH, f"{e.short}{names[at]}党支部", body_above, hall)
            self._teams(e, house, hall, kinds[at], branch, sizes[at])

    def _plant(self, e: Enterprise, house: str, body: str, plant: int) -> tuple[str, str]:
        """The plant and its general branch; past the last plant the enterprise and its body themselves."""
        if plant >= e.plants:
            return house, body
        name = f"第{ordinal(plant + 1)}分厂"
        code = self._unit(f"{house}-F{plant + 1}", Kind.WORKSHOP, name, house)
        return code, self._body(f"{code}-DZ", Kind.GENERAL_BRANCH, f"{e.short}{name}党总支", body, code)

    def _teams(self, e: Enterprise, house: str, hall: str, shop: Shop, branch: str, people: int) -> None:
        crew, sizes = e.kind_of_work.crew, []
        if e in self._crowded and people >= CROWDED.start:
            self._crowded.discard(e)
            sizes.append(min(people, CROWDED[-1]))
        sizes += _sizes(people - sum(sizes), TEAM, self._dice)
        steps = [shop.steps[at % len(shop.steps)] for at in range(len(sizes))]
        for at, (size, step, name) in enumerate(zip(sizes, steps, _names_of_teams(steps, crew), strict=True)):
            code = self._unit(f"{hall}-B{at + 1:02d}", Kind.TEAM, name, hall)
            leader = Step("", "班长" if crew == "班" else "组长")
            posts = (leader, step, Step(step.name, "安全员"), Step(step.name, "技术员"))
            self.tree.cells.append(
                Cell(
                    code, name, house, branch, e.place, size, posts, e.segment, e.trade, hall, _chief(shop),
                    leads_hall=at == 0,
                )
            )  # fmt: skip

    def _unit(self, code: str, kind: Kind, name: str, parent: str, **more: str | bool) -> str:
        self.tree.operations.append(NewUnit(code, kind, name, parent, **more))  # type: ignore[arg-type]
        return code

    def _body(self, code: str, kind: Kind, name: str, parent: str, serves: str) -> str:
        self.tree.party.append(NewUnit(code, kind, name, parent, serves=serves))
        return code


def _split(e: Enterprise) -> tuple[list[int], int]:
    """People of each workshop, and people in offices. Several branches go to either in proportion."""
    desks = max(min(e.people, 5), round(e.people * e.kind_of_work.desks))
    halls = int(e.people - desks >= 12)
    if e.branches > 1:
        desks = min(desks, e.people - SMALLEST_CELL)
        halls = e.branches - max(1, min(round(e.branches * desks / e.people), round(desks / DESK)))
    halls = min(halls, (e.people - desks) // SMALLEST_CELL)
    if not halls:
        return [], e.people
    weights = [1.0 + 0.5 * (at % 3) for at in range(halls)]
    return portions(e.people - desks, weights, least=SMALLEST_CELL), desks


def _kinds_of_hall(shops: tuple[Shop, ...], count: int) -> list[Shop]:
    """The trade's main workshop comes twice in each turn, in the order in which the work flows."""
    turn = [0, *range(len(shops))]
    return [shops[kind] for kind in sorted(turn[at % len(turn)] for at in range(count))]


def _names_of_halls(kinds: list[Shop]) -> list[str]:
    return [shop.title(kinds[:at].count(shop) + 1, kinds.count(shop)) for at, shop in enumerate(kinds)]


def _roomier_first(sizes: list[int]) -> list[int]:
    """The first workshop large enough for a crowded team, at the others' cost."""
    first, *others = sizes
    for at, size in enumerate(others):
        more = min(max(0, CROWDED.start - first), size - SMALLEST_CELL)
        first, others[at] = first + more, size - more
    return [first, *others]


def _names_of_teams(steps: list[Step], crew: str) -> list[str]:
    """换极一班, 换极二班, 出铝班: by process step, numbered where there are several."""
    names = [step.name for step in steps]
    return [
        name + (ordinal(names[:at].count(name) + 1) if names.count(name) > 1 else "") + crew
        for at, name in enumerate(names)
    ]


def _chief(shop: Shop) -> str:
    return next(title for ending, title in CHIEFS.items() if shop.pattern.endswith(ending))


def _office_name(names: tuple[str, ...], at: int) -> str:
    """财务部; where there are more offices than names, 财务部二处."""
    turn, place = divmod(at, len(names))
    return names[place] + (f"{ordinal(turn + 1)}处" if turn else "")


def _desk_posts(at: int, heads: tuple[str, str]) -> tuple[Step, ...]:
    """The first office of a house is its heads' own; in the others someone directs and the rest are clerks."""
    first = (*heads, "办公室主任", "综合管理员", "秘书", "机要员", "档案管理员")
    other = ("主任", "副主任", "主管", "专员", "专员", "主管", "专员")
    return tuple(Step("", post) for post in (other if at else first))


def _sizes(people: int, usual: float, dice: Random) -> list[int]:
    """`people` in teams of about `usual`, some larger, some smaller."""
    count = max(1, round(people / usual)) if people else 0
    sizes = portions(people, [1.0] * count)
    for left in range(0, count - 1, 2):
        shift = min(dice.randrange(4), sizes[left] - SMALLEST_CELL, LARGEST_CELL - sizes[left + 1])
        if shift > 0:
            sizes[left] -= shift
            sizes[left + 1] += shift
    return sizes
