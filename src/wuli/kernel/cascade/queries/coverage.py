"""Who has answered: counted live from the slots of a round, for any node and its children.

expected = zero + some + exempt + missing everywhere, and the counts of children add up to their parent's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Self

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from wuli.kernel.orgs.models.unit import STEP

from ..models import Round, Slot

State, Review = Slot.State, Slot.Review


@dataclass(frozen=True)
class Coverage:
    """How many were asked and what became of it. `late`, `waiting`, `accepted`, `returned` are among the answered,
    `resting` among the exempt."""

    zero: int = 0
    some: int = 0
    exempt: int = 0
    missing: int = 0
    late: int = 0
    waiting: int = 0
    accepted: int = 0
    returned: int = 0
    resting: int = 0

    @property
    def expected(self) -> int:
        return self.zero + self.some + self.exempt + self.missing

    @property
    def answered(self) -> int:
        return self.zero + self.some

    @property
    def asked(self) -> int:
        """Those who must answer: all but the exempt."""
        return self.expected - self.exempt

    @property
    def percent(self) -> float | None:
        """Answered of those who must, in per cent; None where nobody must."""
        return 100 * self.answered / self.asked if self.asked else None

    def __add__(self, other: Self) -> "Coverage":
        return Coverage(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def total(counts: Iterable[Coverage]) -> Coverage:
    return sum(counts, Coverage())


def coverage(of: Round, path: str) -> Coverage:
    return total(coverage_by_child(of, path).values())


def coverage_by_child(of: Round, path: str = "") -> dict[str, Coverage]:
    """For each child of the node at `path`; under `path` itself the slot of the node's own unit.

    With an empty path: for each top of the lines that are asked.
    """
    return _counted(of.slots.under(path), len(path) + STEP)


def coverage_by_top(slots: QuerySet[Slot]) -> dict[str, Coverage]:
    """Some slots, by the top of the line in which they are."""
    return _counted(slots, STEP)


def _counted(slots: QuerySet[Slot], length: int) -> dict[str, Coverage]:
    rows = (
        slots.annotate(child=Substr("path", 1, length))
        .values_list("child", "state", "late", "review", "rests")
        .annotate(n=Count("*"))
        .order_by()
    )
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for child, state, late, review, rests, n in rows:
        for count in _counts(state, late=late, review=review, rests=rests):
            found[child][count] += n
    return {child: Coverage(**counts) for child, counts in found.items()}


def one(state: str, n: int, *, late: bool, review: str, rests: bool) -> Coverage:
    """What `n` slots in one state count."""
    return Coverage(**dict.fromkeys(_counts(state, late=late, review=review, rests=rests), n))


def _counts(state: str, *, late: bool, review: str, rests: bool) -> Iterator[str]:
    """The names of the counts to which a slot belongs."""
    yield state
    if late:
        yield "late"
    if review != Review.NONE:
        yield review
    if rests:
        yield "resting"
