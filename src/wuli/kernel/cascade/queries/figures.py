"""What a subtree told: the newest replies up to a moment, and their sums for many nodes at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import QuerySet

from wuli.kernel.orgs.models.unit import outermost, top_of, under, way_to

from ..models import Figure, Reply, Round, Slot
from ..models.round import SlotQuerySet
from ..rules.form import Spec, Value, spec_of, sums
from .coverage import Coverage

RANGES = 40
"""Ranges of paths in one question, above which one that holds them all is read."""

type Newest = tuple[str, dict[str, Value], datetime]
"""Zero or some, the values of the newest reply, and when the first came."""


@dataclass(frozen=True)
class Answer:
    """What one slot held at a moment."""

    path: str
    state: str
    late: bool
    values: dict[str, Value]
    rests: bool = False


def answers(of: Round, path: str, *, until: datetime | None = None) -> list[Answer]:
    """The slots at and under `path` with their newest reply; with `until`, with the newest there was before that
    moment: what comes at the very instant comes after it, so that it does not matter how fast the tick was.

    An empty path stands for all. What a slot was at a moment follows from its replies alone, so that a figure
    can be fixed after an outage exactly as it would have been in time, and be recounted for ever after.
    """
    slots = of.slots.under(path)
    if until is not None:
        return answers_then(slots, until)
    rows = slots.values_list("path", "state", "late", "reply__values", "rests").order_by("path")
    return [Answer(path, state, late, values or {}, rests) for path, state, late, values, rests in rows]


def answers_then(slots: SlotQuerySet, until: datetime) -> list[Answer]:
    """What these slots held at that moment."""
    newest = _newest(slots, until)
    then = slots.filter(made_at__lt=until).values_list("pk", "path", "due_at", "exempt_at", "rests").order_by("path")
    return [_answer_then(row, newest.get(row[0]), until) for row in then]


def slots_below(of: Round, paths: Iterable[str]) -> SlotQuerySet:
    """All slots at and under any of `paths`, and perhaps some more: a few ranges, or one wide one."""
    tops = outermost(paths)
    tops = tops if len(tops) <= RANGES else (top_of(tops),)
    return of.slots.filter(reduce(or_, (under(top) for top in tops)))


def counted(rows: Iterable[Answer]) -> Coverage:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row.state] += 1
        counts["late"] += row.late
        counts["resting"] += row.rests
    return Coverage(**counts)


def totals_by_node(
    spec: Spec, rows: Iterable[Answer], nodes: Iterable[str]
) -> dict[str, tuple[dict[str, Any], Coverage]]:
    """The sums and the coverage of each of `nodes` (paths), from one walk over the answers."""
    below: dict[str, list[Answer]] = {node: [] for node in nodes}
    for row in rows:
        for step in way_to(row.path):
            if (held := below.get(step)) is not None:
                held.append(row)
    return {node: (sums(spec, (row.values for row in held)), counted(held)) for node, held in below.items()}


def totals(of: Round, path: str, *, until: datetime | None = None) -> tuple[dict[str, Any], Coverage]:
    return totals_by_node(spec_of(of.version), answers(of, path, until=until), [path])[path]


def figures_due(at: datetime) -> QuerySet[Figure]:
    return Figure.objects.filter(frozen_at__isnull=True, freeze_at__lte=at).order_by("freeze_at", "path", "pk")


def restatements(figure: Figure) -> QuerySet[Reply]:
    """What arrived after `figure` was fixed: each changes what it told."""
    late = Reply.objects.filter(slot__in=figure.round.slots.under(figure.path), at__gte=figure.freeze_at)
    return late.select_related("slot__unit", "by__person").order_by("at", "pk")


def spared_since(figure: Figure) -> QuerySet[Slot]:
    """Units that were missing when `figure` was fixed and were spared afterwards: each changes what it told."""
    slots = figure.round.slots.under(figure.path).filter(made_at__lt=figure.freeze_at, exempt_at__gte=figure.freeze_at)
    return slots.select_related("unit").order_by("exempt_at", "path")


def _answer_then(row: tuple[Any, ...], newest: "Newest | None", until: datetime) -> Answer:
    _pk, path, due_at, exempt_at, rests = row
    if exempt_at and exempt_at < until:
        return Answer(path, Slot.State.EXEMPT, False, {}, rests)
    if newest is None:
        return Answer(path, Slot.State.MISSING, False, {})
    kind, values, first = newest
    return Answer(path, kind, first > due_at, values)


def _newest(slots: SlotQuerySet, until: datetime) -> dict[int, Newest]:
    """For each slot its newest reply before `until`, with when its first came."""
    found: dict[int, Newest] = {}
    replies = Reply.objects.filter(slot__in=slots, at__lt=until).order_by("slot", "number")
    for slot, kind, values, at in replies.values_list("slot", "kind", "values", "at").iterator(2000):
        first = found[slot][2] if slot in found else at
        found[slot] = (kind, values, first)
    return found
