"""What a reviewer should look at first: what changed since the day before, and what is unlike the days before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from .form import NUMBERS, Field

FEWEST_DAYS = 3
"""With fewer answers before, nothing can be said to be unusual."""
FAR = 3
"""How many times the usual distance from the median is far."""


@dataclass(frozen=True)
class Change:
    """One field beside what it was the time before. `unusual`: far from the median of the answers before."""

    field: Field
    now: Any
    before: Any
    unusual: bool

    @property
    def weight(self) -> int:
        return 4 * self.field.matter + 2 * self.unusual + 1


def changes(fields: Sequence[Field], now: Mapping[str, Any], past: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The fields that differ from the newest of `past` (newest first), or are unlike them all; the weightiest first."""
    before = past[0] if past else {}
    found = [
        Change(one, now.get(one.key), before.get(one.key), is_unusual(one, now.get(one.key), past))
        for one in fields
        if past and now.get(one.key) != before.get(one.key)
    ]
    return sorted(found, key=lambda change: -change.weight)


def is_unusual(field: Field, value: Any, past: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a number is farther from the median of the past than three times their median distance from it.

    The distance counts as at least one, so that the first 1 after many zeros is told, and 101 after 100s is not.
    """
    known = [Decimal(str(row[field.key])) for row in past if field.key in row]
    if field.type not in NUMBERS or value is None or len(known) < FEWEST_DAYS:
        return False
    middle = median(known)
    usual = max(median(abs(one - middle) for one in known), Decimal(1) if not field.matter else Decimal("0.3"))
    return abs(Decimal(str(value)) - middle) > FAR * usual
