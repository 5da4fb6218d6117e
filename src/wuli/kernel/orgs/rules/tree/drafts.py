"""One line of a list of units beside the unit that it names: what it says, what it would change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wuli.base.clock import FOREVER

from ...models import Kind, Line, Unit
from ..sheets.layout import UNCHANGED
from ..units import line_of
from .columns import FLAGS, kind_named
from .outcomes import AMENDED, CLOSED, MOVED, OPENED, RENAMED

AMENDABLE = ("uscc", "region", "zone", "listed", "serves")
SHOWN = ("name", "parent", *AMENDABLE, "closed_on")
"""What a line can change, and what is known of it from before."""


@dataclass(frozen=True)
class Tree:
    """All that lines have to meet: the tree as it is, and what of it the asker reaches."""

    top: Unit
    on: date
    units: Mapping[str, Unit]
    """Every unit by its code."""
    names: Mapping[int, str]
    """Names as a cell would hold them."""
    newest: Mapping[int, date]
    """The day on which each unit's place or name last changed."""
    regions: frozenset[str]
    inside: Callable[[Unit], bool]
    """Whether the file may speak of that unit."""
    seen: Callable[[Unit], bool]
    """Whether the asker may know of that unit."""
    people: Mapping[int, int]
    """How many people are left in each unit that is to be closed."""


@dataclass
class Draft:
    """A line, and what would be so afterwards. `was` is empty for a new unit."""

    row: int
    code: str
    unit: Unit | None
    said: Mapping[str, Any]
    is_outside: bool = False
    now: dict[str, Any] = field(default_factory=dict)
    was: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind | None:
        return Kind(self.unit.kind) if self.unit else kind_named(self.said["kind"] or "")

    @property
    def line(self) -> Line | None:
        return line_of(self.kind) if self.kind else None

    def changes(self, key: str) -> bool:
        return bool(self.unit) and self.now[key] != self.was[key]

    @property
    def moves(self) -> bool:
        return self.changes("parent")

    @property
    def closes(self) -> bool:
        return self.changes("closed_on")

    @property
    def places(self) -> bool:
        """Whether it says where a unit hangs that did not hang there."""
        return self.unit is None or self.moves

    @property
    def outcome(self) -> str:
        if self.unit is None:
            return OPENED
        for outcome, keys in ((CLOSED, ("closed_on",)), (MOVED, ("parent",)), (RENAMED, ("name",))):
            if any(self.changes(key) for key in keys):
                return outcome
        return AMENDED if any(self.changes(key) for key in AMENDABLE) else UNCHANGED


def draft(row: Mapping[str, Any], tree: Tree) -> Draft:
    """The line `row`: what it leaves blank stays as it was, or as it is for a new unit."""
    code = row["code"] or ""
    unit = tree.units.get(code)
    made = Draft(row["row"], code, unit if unit and tree.inside(unit) else None, row)
    made.is_outside = made.unit is None and unit is not None
    made.was = was(made.unit, tree) if made.unit else {}
    made.now = _now(made, tree)
    return made


def was(unit: Unit, tree: Tree) -> dict[str, Any]:
    return {
        "name": tree.names[unit.pk], "parent": unit.parent.code if unit.parent else "", "uscc": unit.uscc or "",
        "region": unit.region_id or "", "zone": unit.zone, "listed": unit.listed,
        "serves": unit.serves.code if unit.serves else "", "closed_on": unit.closed_on,
    }  # fmt: skip


def _now(made: Draft, tree: Tree) -> dict[str, Any]:
    said, had = made.said, made.was
    flag = FLAGS.get(said["listed"].lower()) if said["listed"] is not None else None
    now: dict[str, Any] = {key: _kept(said[key], had.get(key, "")) for key in ("uscc", "region", "serves")}
    now |= {key: said[key] or had.get(key, "") for key in ("name", "parent", "zone")}
    now["listed"] = had.get("listed", False) if flag is None else flag
    now["closed_on"] = had.get("closed_on", FOREVER) if said["closed_on"] in (None, FOREVER) else said["closed_on"]
    now["opened_on"] = made.unit.opened_on if made.unit else _day(said["opened_on"]) or tree.on
    if made.unit is None and made.kind == Kind.PARTY_GROUP:
        now["serves"] = now["serves"] or tree.top.code
    return now


def _kept(cell: str | None, before: str) -> str:
    return before if cell is None else cell


def _day(cell: date | None) -> date | None:
    return None if cell == FOREVER else cell
