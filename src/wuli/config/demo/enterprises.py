"""Which enterprises there are: trade, place, name, size, parent, and the kind of Party body each has."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from wuli.base.codes import uscc_check_digit
from wuli.kernel.orgs.models import Kind

from .places import ABROAD, AT_HOME, HEAD_OFFICE, Place
from .shape import OFFICES, Shape, portions
from .trades import SEGMENTS, TRADES, Segment, Trade

LEAST = 9
"""People of the smallest enterprise: an office and a team."""
FIRST_PLACES = {"electrolysis": AT_HOME["64"][4], "survey": AT_HOME["51"][10]}
"""Where the enterprises of the demonstration accounts stand at any size: a smelter in Zhongwei, surveyors in Garzê."""
LEAST_OF_FIRST = {"electrolysis": 40, "survey": 20}
"""How many work there at least, so that there is something to look at."""
PEOPLE_OF_A_PLANT = 700
PARTS_OF_THE_COUNTRY = tuple(AT_HOME)


@dataclass(eq=False)
class Enterprise:
    segment: int
    trade: str
    place: Place
    name: str
    short: str
    weight: float
    is_lead: bool = False
    hosts_accounts: bool = False
    listed: bool = False
    people: int = 0
    plants: int = 0
    branches: int = 1
    body: Kind = Kind.PARTY_BRANCH
    parent: "Enterprise | None" = None
    children: "list[Enterprise]" = field(default_factory=list)

    @property
    def kind_of_work(self) -> Trade:
        return TRADES[self.trade]


def plan_enterprises(shape: Shape, people: int, dice: Random) -> list[Enterprise]:
    """All enterprises, `people` of them on the roll together; leads first in each segment."""
    counts = portions(shape.enterprises, [float(segment.enterprises) for segment in SEGMENTS], least=1)
    names: set[str] = set()
    found = [
        enterprise
        for at, (segment, count) in enumerate(zip(SEGMENTS, counts, strict=True))
        for enterprise in _of_segment(at, segment, count, names, dice)
    ]
    _size(found, people)
    own_committees = shape.committees - OFFICES
    _nest(found, own_committees, dice)
    _give_bodies(found, own_committees, shape.general_branches)
    return found


def uscc(number: int) -> str:
    """A unified social credit code of right form that no office can have issued: its region is 000000."""
    body = f"91000000MA{number:07d}"
    return body + uscc_check_digit(body)


def _of_segment(at: int, segment: Segment, count: int, names: set[str], dice: Random) -> list[Enterprise]:
    name, trade = segment.lead
    lead = Enterprise(at, trade, HEAD_OFFICE, name, _short(name), 1.2 * TRADES[trade].size, is_lead=True)
    names.add(name)
    made = [lead]
    abroad = _how_many_abroad(segment, count)
    provinces = list(PARTS_OF_THE_COUNTRY)
    dice.shuffle(provinces)
    for number, trade in enumerate(_trades(segment, count - 1 - abroad)):
        first = FIRST_PLACES.get(trade) if number == 0 else None
        at_home = TRADES[trade].provinces.split() or provinces[number % len(provinces) :][:1]
        places = [first] if first else AT_HOME[dice.choice(at_home)]
        made.append(_enterprise(at, trade, places, names, dice))
        made[-1].hosts_accounts = first is not None
    for entry in segment.abroad[:abroad]:
        country, trade = entry.split()
        made.append(_enterprise(at, trade, [ABROAD[country]], names, dice))
    _list_on_exchange(made, segment.listed)
    return made


def _how_many_abroad(segment: Segment, count: int) -> int:
    """In proportion, at least one where there is one, but never instead of the lead and the first trade at home."""
    share = max(1, round(len(segment.abroad) * count / segment.enterprises))
    return min(share, len(segment.abroad), max(0, count - 2))


def _trades(segment: Segment, count: int) -> list[str]:
    """`count` trades in the segment's mix; its first trade is always there."""
    if count < 1:
        return []
    first = next(iter(segment.trades))
    shares = portions(count - 1, list(segment.trades.values()))
    rest = [trade for trade, share in zip(segment.trades, shares, strict=True) for _each in range(share)]
    return [first, *rest]


def _enterprise(at: int, trade: str, places: Sequence[Place], names: set[str], dice: Random) -> Enterprise:
    info = TRADES[trade]
    names_there = [(place, word, f"同舟{place.name}{word}有限公司") for word in info.words for place in places]
    free = [entry for entry in names_there if entry[2] not in names] or _numbered(names_there, names)
    likely = max(1, len(free) // 2)
    place, _word, name = free[dice.randrange(likely)]
    names.add(name)
    return Enterprise(at, trade, place, name, _short(name), info.size * dice.lognormvariate(0, 0.5))


def _numbered(taken: list[tuple[Place, str, str]], names: set[str]) -> list[tuple[Place, str, str]]:
    tries = ((place, word, f"同舟{place.name}第二{word}有限公司") for place, word, _name in taken)
    return [entry for entry in tries if entry[2] not in names]


def _short(name: str) -> str:
    """同舟中卫铝业有限公司 → 中卫铝业."""
    for ending in ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司"):
        if name.endswith(ending):
            return name.removeprefix("同舟").removesuffix(ending)
    raise ValueError(name)


def _list_on_exchange(enterprises: list[Enterprise], listed: int) -> None:
    lead, *others = enterprises
    at_home = sorted((e for e in others if not e.place.is_abroad), key=lambda e: (-e.weight, e.name))
    for enterprise in [lead, *at_home][:listed]:
        enterprise.listed = True
        enterprise.name = enterprise.name.replace("股份", "").replace("有限公司", "股份有限公司")


def _size(enterprises: list[Enterprise], people: int) -> None:
    """Share out the people: to segments as they are, inside them by what a trade needs."""
    sums = [sum(e.weight for e in enterprises if e.segment == at) for at in range(len(SEGMENTS))]
    weights = [SEGMENTS[e.segment].people * e.weight / sums[e.segment] for e in enterprises]
    more = [LEAST_OF_FIRST[e.trade] - LEAST if e.hosts_accounts else 0 for e in enterprises]
    shares = portions(people - sum(more), weights, least=LEAST)
    for enterprise, share, extra in zip(enterprises, shares, more, strict=True):
        enterprise.people = share + extra


def _nest(enterprises: list[Enterprise], parents: int, dice: Random) -> None:
    """Hang enterprises under one another, several tiers deep; only those with a committee can have daughters."""
    larger_first = sorted(enterprises, key=lambda e: (not e.is_lead, -e.people, e.name))
    families = larger_first[: min(parents, len(enterprises) // 3 + 1)]
    tops: dict[int, list[Enterprise]] = {}
    for enterprise in families:
        _adopt(enterprise, tops.get(enterprise.segment, []), dice, own_house=0.3)
        tops.setdefault(enterprise.segment, []).append(enterprise)
    for enterprise in larger_first[len(families) :]:
        _adopt(enterprise, tops.get(enterprise.segment, []), dice, own_house=0.12)


def _adopt(enterprise: Enterprise, candidates: list[Enterprise], dice: Random, *, own_house: float) -> None:
    """Choose a parent: the segment itself, its lead, or an elder sister, near by if there is one."""
    if not candidates or enterprise.is_lead or dice.random() < own_house:
        return
    near = [e for e in candidates if e.place.region[:2] == enterprise.place.region[:2] and not e.is_lead]
    if dice.random() < 0.35:
        enterprise.parent = candidates[0]
    else:
        enterprise.parent = dice.choice(near or candidates)
    enterprise.parent.children.append(enterprise)


def _give_bodies(enterprises: list[Enterprise], committees: int, general_branches: int) -> None:
    """The larger the enterprise, the higher its Party body; the largest also have plants with a general branch each."""
    ranked = sorted(enterprises, key=lambda e: (not e.children, -e.people, e.name))
    for enterprise in ranked[:committees]:
        enterprise.body = Kind.PARTY_COMMITTEE
    plants = _give_plants(ranked[:committees], round(0.45 * general_branches))
    rest = sorted(ranked[committees:], key=lambda e: (-e.people, e.name))
    for enterprise in rest[: general_branches - plants]:
        enterprise.body = Kind.GENERAL_BRANCH


def _give_plants(enterprises: list[Enterprise], wanted: int) -> int:
    given = 0
    for enterprise in sorted(enterprises, key=lambda e: (-e.people, e.name)):
        enterprise.plants = min(enterprise.people // PEOPLE_OF_A_PLANT, 6, wanted - given)
        given += enterprise.plants
    return given
