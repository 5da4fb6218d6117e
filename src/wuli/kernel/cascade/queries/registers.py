"""What the registers count for the bound fields of slots."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from wuli.kernel.orgs.models.unit import STEP, top_of, way_to

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
    bound = {kind: bound_fields(spec, kind) for kind in {slot.kind for slot in slots}}
    asked = _Asked(of.slots.values_list("path", flat=True))
    counts = {
        source: _by_slot(source, of, slots, asked)
        for source in sorted({one.source for fields in bound.values() for one in fields})
    }
    return {slot.pk: {one.key: counts[one.source].get(slot.path, 0) for one in bound[slot.kind]} for slot in slots}


def bound_fields(spec: Spec, kind: str) -> list[Field]:
    """The fields that units of `kind` are asked and a register knows."""
    known = sources.known()
    return [one for one in spec.asked_of(kind) if one.source in known]


class _Asked:
    """The places of those who are asked in a round."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = set(paths)
        self.tops = _tops(self.paths)
        self._at_or_above: dict[str, str] = {}

    def at_or_above(self, place: str) -> str:
        """The lowest of them there; "" if there is none."""
        if place not in self._at_or_above:
            self._at_or_above[place] = next((step for step in reversed(way_to(place)) if step in self.paths), "")
        return self._at_or_above[place]


def _by_slot(code: str, of: Round, slots: Iterable[Slot], asked: _Asked) -> Mapping[str, int]:
    """Every place counts for the lowest asked unit at or above it."""
    source = sources.known()[code]
    if source.each is None:
        return {slot.path: source.count(part_of(slot)) for slot in slots}
    found: dict[str, int] = defaultdict(int)
    for top in asked.tops:
        for place, count in source.each(top, of.on).items():
            found[asked.at_or_above(place)] += count
    return found


def _tops(asked: Iterable[str]) -> list[str]:
    """For each line, the lowest place with everyone who is asked under it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for path in asked:
        lines[path[:STEP]].append(path)
    return sorted(map(top_of, lines.values()))
