"""What the registers count for the bound fields of slots."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from os.path import commonprefix

from wuli.kernel.orgs.models.unit import STEP, way_to

from ..models import Round, Slot
from ..rules import sources
from ..rules.form import Field, Spec
from ..rules.sources import Part
from .slots import part_of


def registers_of(slot: Slot, spec: Spec, *, alone: bool = False) -> dict[str, int]:
    """By field: what the registers count now for what `slot` answers for. `alone`: no unit below answers itself."""
    bound = bound_fields(spec, slot.kind)
    if not bound:
        return {}
    part = Part(slot.path, slot.round.on) if alone else part_of(slot)
    known = sources.known()
    return {one.key: known[one.source].count(part) for one in bound}


def registers_of_many(of: Round, slots: Sequence[Slot], spec: Spec) -> dict[int, dict[str, int]]:
    """The same for many slots of one round, by their keys, from one reading of each register that can tell."""
    found: dict[int, dict[str, int]] = {slot.pk: {} for slot in slots}
    for source in {one.source for slot in slots for one in bound_fields(spec, slot.kind)}:
        counts = _by_slot(source, of, slots)
        for slot in slots:
            fields = [one for one in bound_fields(spec, slot.kind) if one.source == source]
            found[slot.pk] |= {one.key: counts.get(slot.path, 0) for one in fields}
    return found


def bound_fields(spec: Spec, kind: str) -> list[Field]:
    """The fields that units of `kind` are asked and a register knows."""
    known = sources.known()
    return [one for one in spec.asked_of(kind) if one.source in known]


def _by_slot(code: str, of: Round, slots: Iterable[Slot]) -> Mapping[str, int]:
    """Every place counts for the lowest asked unit at or above it."""
    source = sources.known()[code]
    if source.each is None:
        return {slot.path: source.count(part_of(slot)) for slot in slots}
    asked = set(of.slots.values_list("path", flat=True))
    found: dict[str, int] = defaultdict(int)
    for top in _tops(asked):
        for place, count in source.each(top, of.on).items():
            if lowest := next((step for step in reversed(way_to(place)) if step in asked), ""):
                found[lowest] += count
    return found


def _tops(asked: Iterable[str]) -> list[str]:
    """For each line, the lowest place with everyone who is asked under it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for path in asked:
        lines[path[:STEP]].append(path)
    prefixes = (commonprefix(paths) for paths in lines.values())
    return sorted(prefix[: len(prefix) // STEP * STEP] for prefix in prefixes)
