"""What is wrong between lines: with the tree as it would be after all that are good so far."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property

from wuli.base.clock import FOREVER

from ...models import Kind, Line, Unit
from ...models.unit import PAST_THE_LAST
from .. import units as rules
from .alone import Found, problems_of
from .drafts import Draft, Tree
from .problems import RULE

type Flaws = list[tuple[int, *Found]]


def problems(drafts: Collection[Draft], tree: Tree, bad: Collection[int]) -> Flaws:
    """All that is wrong; `bad` are rows in which something was found already.

    A line that is refused changes what the others meet, so they are looked at again until no more are refused.
    """
    found = [(one.row, *flaw) for one in drafts for flaw in problems_of(one, tree)]
    found += _duplicates(drafts)
    refused = {flaw[0] for flaw in found}.union(bad)
    asked: Collection[Draft] = drafts
    while True:
        after = After(drafts, refused, tree)
        more = [(one.row, *flaw) for one in asked for flaw in after.why_not(one)]
        found += more
        if not {flaw[0] for flaw in more} - refused:
            return found
        refused |= {flaw[0] for flaw in more}
        asked = [one for one in drafts if one.row not in refused]


def _duplicates(drafts: Iterable[Draft]) -> Flaws:
    """Of lines with one code none is believed."""
    rows = defaultdict(list)
    for one in drafts:
        rows[one.code].append(one.row)
    return [
        (row, "code", "duplicate_code", code, "、".join(str(other) for other in lines if other != row))
        for code, lines in rows.items()
        if code and len(lines) > 1
        for row in lines
    ]


class After:
    """The tree as it would be once every line that is not `refused` has been carried out."""

    def __init__(self, drafts: Collection[Draft], refused: Collection[int], tree: Tree) -> None:
        self.tree = tree
        self.good = {one.code: one for one in drafts if one.row not in refused}
        self.not_new = {one.code for one in drafts if one.row in refused and not one.unit and not one.is_outside}
        self.parents = {unit.code: unit.parent.code if unit.parent else "" for unit in tree.units.values()}
        self.parents |= {code: one.now["parent"] for code, one in self.good.items() if one.places}

    def why_not(self, one: Draft) -> Iterator[Found]:
        if one.is_outside or one.kind is None:
            return
        place = list(self._about_place(one)) if one.places else []
        yield from place or self._about_shape(one)
        yield from self._about_served(one)
        yield from self._about_uscc(one)
        if not place:
            yield from self._about_past(one)
        if one.closes and one.unit and one.unit.closed_on == FOREVER:
            yield from self._about_closing(one, one.unit)

    def _about_place(self, one: Draft) -> Iterator[Found]:
        code = one.now["parent"]
        if not code:
            yield from self._about_top(one)
            return
        if code in self.not_new:
            yield "parent", "line_refused", code, ""
            return
        parent = self._unit(code)
        if parent is None:
            yield "parent", "unknown", code, ""
        elif reason := rules.why_not_child(str(one.kind), parent) or rules.why_not_open_from(parent, self._from(one)):
            yield "parent", RULE, code, reason

    def _about_top(self, one: Draft) -> Iterator[Found]:
        """The top of the Party line may be opened with the group; the group itself was founded with the system."""
        top = self.tree.top
        if one.kind != Kind.PARTY_GROUP or top.parent_id or top.line != Line.OPERATIONS:
            yield "parent", "no_parent", "", ""

    def _about_shape(self, one: Draft) -> Iterator[Found]:
        """Only of lines that place a unit: whoever hangs below them is carried along."""
        if not one.places:
            return
        if ring := self._rings.get(one.code):
            others = [str(self.good[code].row) for code in ring if code != one.code and code in self.good]
            alone = not any(self.good[code].places for code in ring if code != one.code and code in self.good)
            code = "under_itself" if alone else "cycle"
            yield "parent", code, one.now["name"] if alone else one.now["parent"], "、".join(sorted(others))
        elif one.code in self._too_deep:
            yield "parent", "too_deep", one.now["parent"], rules.DEEPEST

    def _about_served(self, one: Draft) -> Iterator[Found]:
        code, top = one.now["serves"], self.tree.top
        if one.unit and not one.changes("serves"):
            return
        if one.kind == Kind.PARTY_GROUP and top.line == Line.OPERATIONS and code != top.code:
            yield "serves", "top_serves", code, top.code
            return
        if not code:
            return
        served = self._unit(code) or self.tree.units.get(code)
        if code in self.not_new:
            yield "serves", "line_refused", code, ""
        elif served is None or not (self._is_new(code) or self.tree.inside(served) or self.tree.seen(served)):
            yield "serves", "unknown", code, ""
        elif reason := rules.why_not_serve(str(one.line), served):
            yield "serves", RULE, code, reason

    def _about_uscc(self, one: Draft) -> Iterator[Found]:
        uscc = one.now["uscc"]
        if uscc and uscc != one.was.get("uscc") and self._usccs[uscc] - (one.code in self.good) > 0:
            yield "uscc", "uscc_twice", uscc, ""

    def _about_past(self, one: Draft) -> Iterator[Found]:
        """Nothing can take effect before the last change of what it touches."""
        day = self._from(one)
        touched = [one.unit] if one.unit and one.changes("name") else []
        touched += [self.tree.units[code] for code in [one.now["parent"]] if one.places and code in self.tree.units]
        days = [self.tree.newest[unit.pk] for unit in touched]
        days += [self._newest_below(one.unit)] if one.unit and one.moves else []
        if days and max(days) > day:
            yield "parent" if one.places else "name", "changed_later", one.code, max(days)

    def _about_closing(self, one: Draft, unit: Unit) -> Iterator[Found]:
        day = one.now["closed_on"]
        if reason := rules.why_not_close(
            unit, on=day, open_children=self._children_left(unit, one), people=self.tree.people.get(unit.pk, 0)
        ):
            yield "closed_on", RULE, day, reason
        changed = max(self.tree.newest[unit.pk], self.tree.on if self._is_touched(one) else unit.opened_on)
        if changed >= day:
            yield "closed_on", "closes_before_change", day, changed

    def _children_left(self, unit: Unit, one: Draft) -> int:
        """Those that hang on it on the day, whether they hang there now, come with the file, or go only later."""
        day, left = one.now["closed_on"], 0
        for code in {child.code for child in self._children[unit.pk]} | self._coming[unit.code]:
            child, line = self.tree.units.get(code), self.good.get(code)
            until = line.now["closed_on"] if line else child.closed_on if child else FOREVER
            gone = self.parents[code] != unit.code and self.tree.on <= day
            left += until > day and not gone
        return left

    def _is_touched(self, one: Draft) -> bool:
        """Whether it or anything above it gets another name or place in the same file."""
        if one.changes("name"):
            return True
        code = one.code
        while code:
            if code in self.good and self.good[code].moves:
                return True
            code = self.parents.get(code, "")
        return False

    def _from(self, one: Draft) -> date:
        return one.now["opened_on"] if one.unit is None else self.tree.on

    def _is_new(self, code: str) -> bool:
        return code in self.good and self.good[code].unit is None

    def _unit(self, code: str) -> Unit | None:
        """A unit of which the file may speak: there already, or new in it."""
        unit = self.tree.units.get(code)
        if unit is None and self._is_new(code):
            return self._new_units[code]
        return unit if unit and self.tree.inside(unit) else None

    @cached_property
    def _new_units(self) -> dict[str, Unit]:
        return {
            code: Unit(
                code=code, kind=str(one.kind), line=str(one.line), name=one.now["name"], depth=0,
                opened_on=one.now["opened_on"],
            )
            for code, one in self.good.items()
            if one.unit is None
        }  # fmt: skip

    @cached_property
    def _rings(self) -> dict[str, list[str]]:
        """For each code on a ring of parents all codes on it."""
        rings: dict[str, list[str]] = {}
        done: set[str] = set()
        for start in self.good:
            way: dict[str, int] = {}
            code = start
            while code and code not in done and code not in way:
                way[code] = len(way)
                code = self.parents.get(code, "")
            if code in way:
                ring = list(way)[way[code] :]
                rings |= dict.fromkeys(ring, ring)
            done |= way.keys()
        return rings

    @cached_property
    def _too_deep(self) -> set[str]:
        """Lines that push something below the deepest level: the nearest one above it that places a unit."""
        depths: dict[str, int] = {"": -1}
        found = set()
        for code in self.parents:
            self._measure(code, depths)
            if depths[code] >= rules.DEEPEST:
                found.add(self._placed_by(code))
        return found

    def _measure(self, code: str, depths: dict[str, int]) -> None:
        way = []
        while code not in depths and code not in self._rings:
            way.append(code)
            code = self.parents.get(code, "")
        for depth, step in enumerate(reversed(way), start=depths.get(code, 0) + 1):
            depths[step] = depth
        depths.setdefault(code, 0)

    def _placed_by(self, code: str) -> str:
        while code and not (code in self.good and self.good[code].places):
            code = self.parents.get(code, "")
        return code

    @cached_property
    def _usccs(self) -> Counter[str]:
        """How many units have each credit code."""
        codes = Counter(one.now["uscc"] for one in self.good.values())
        codes.update(unit.uscc or "" for unit in self.tree.units.values() if unit.code not in self.good)
        return codes

    @cached_property
    def _children(self) -> dict[int, list[Unit]]:
        children = defaultdict(list)
        for unit in self.tree.units.values():
            if unit.parent_id:
                children[unit.parent_id].append(unit)
        return children

    @cached_property
    def _coming(self) -> dict[str, set[str]]:
        """For each parent those whom the file hangs there."""
        coming = defaultdict(set)
        for code, one in self.good.items():
            if one.places:
                coming[one.now["parent"]].add(code)
        return coming

    @cached_property
    def _by_path(self) -> list[tuple[str, int]]:
        return sorted((unit.path, unit.pk) for unit in self.tree.units.values())

    def _newest_below(self, unit: Unit) -> date:
        first = bisect_left(self._by_path, (unit.path, 0))
        last = bisect_left(self._by_path, (unit.path + PAST_THE_LAST, 0))
        return max(self.tree.newest[pk] for _path, pk in self._by_path[first:last])
