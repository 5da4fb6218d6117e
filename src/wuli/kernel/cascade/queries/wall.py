"""A board for a wall: every expected answer as a square at its fixed place, and who has been silent longest."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from wuli.kernel.orgs.models.unit import STEP, Kind

from ..models import Figure, Round, Slot
from .board import Line, Node
from .coverage import Coverage

MOST_SQUARES = 700
LONGEST_SILENCE = 14
"""Rounds that are looked back on."""
SILENT = 10

State = Slot.State


@dataclass(frozen=True)
class Square:
    name: str
    mark: str
    """ok, zero, late, miss, na: as everywhere."""


@dataclass(frozen=True)
class Block:
    """A child of the node, or the node's own answer, with its squares in the order of the tree."""

    name: str
    coverage: Coverage
    squares: list[Square]


@dataclass(frozen=True)
class Silent:
    """A unit that has not answered, nor in so many rounds up to this one."""

    slot: Slot
    rounds: int


def kinds_shown(of: Round, node: Node) -> list[str]:
    """The upper levels, as many as fit on a wall."""
    counted = dict(of.slots.under(node.path).values_list("kind").annotate(n=Count("pk")).order_by())
    shown: list[str] = []
    squares = 0
    for kind in (kind for kind in Kind.values if kind in counted):
        squares += counted[kind]
        if squares > MOST_SQUARES:
            break
        shown.append(kind)
    return shown


def blocks(of: Round, node: Node, lines: Sequence[Line], kinds: Sequence[str]) -> list[Block]:
    slots = of.slots.under(node.path).filter(kind__in=kinds).order_by("path")
    squares: dict[str, list[Square]] = defaultdict(list)
    for path, name, state, late in slots.values_list("path", "unit__name", "state", "late"):
        squares[path[: len(node.path) + STEP]].append(Square(name, _mark(state, late=late)))
    return [Block(line.name, line.coverage, squares[line.path]) for line in lines]


def silent(of: Round, node: Node, kinds: Sequence[str]) -> list[Silent]:
    """Those who owe an answer, the longest silent first."""
    missing = of.slots.under(node.path).missing().filter(kind__in=kinds)
    before = of.call.rounds.filter(on__lte=of.on).order_by("-on").values_list("pk", flat=True)[:LONGEST_SILENCE]
    past = Slot.objects.filter(round__in=list(before), unit__in=missing.values("unit")).order_by("unit", "-round__on")
    states: dict[int, list[str]] = defaultdict(list)
    for unit, state in past.values_list("unit", "state"):
        states[unit].append(state)
    worst = sorted(states, key=lambda unit: (-_in_a_row(states[unit]), unit))[:SILENT]
    slots = {slot.unit_id: slot for slot in missing.filter(unit__in=worst).select_related("unit")}
    return [Silent(slots[unit], _in_a_row(states[unit])) for unit in worst if unit in slots]


def minutes_left(figure: Figure | None, at: datetime) -> int | None:
    """Until the node's figure is fixed; None once it is, or where none will be."""
    if figure is None or figure.frozen_at or figure.freeze_at <= at:
        return None
    return int((figure.freeze_at - at).total_seconds() // 60)


def _in_a_row(states: Sequence[str]) -> int:
    """How many of the newest are missing; days on which nothing was asked of the unit do not interrupt."""
    asked = [state for state in states if state != State.EXEMPT]
    return next((n for n, state in enumerate(asked) if state != State.MISSING), len(asked))


def _mark(state: str, *, late: bool) -> str:
    marks: dict[str, Any] = {State.MISSING: "miss", State.EXEMPT: "na", State.ZERO: "zero", State.SOME: "ok"}
    return "late" if late else str(marks[state])
