"""What is counted of a part of the Party line; counts of parts add up to the whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from wuli.kernel.orgs.models.unit import STEP


@dataclass(frozen=True)
class Tally:
    """`asked` members are asked by a campaign, `committed` stand by all that ask them. `owing` branches have members
    and so owe a theme day this month, `held` have held it. `tasked` members have a task, `finished` one
    that is done."""

    branches: int = 0
    members: int = 0
    asked: int = 0
    committed: int = 0
    owing: int = 0
    held: int = 0
    tasked: int = 0
    finished: int = 0
    vanguards: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def uncommitted(self) -> int:
        return self.asked - self.committed

    @property
    def not_held(self) -> int:
        return self.owing - self.held


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def by_child(path: str, places: Mapping[str, Tally]) -> dict[str, Tally]:
    """For each child of the node at `path` the sum of what lies below it; under `path` itself what hangs on it."""
    found: dict[str, Tally] = {}
    for place, tally in places.items():
        child = place[: len(path) + STEP]
        found[child] = found.get(child, Tally()) + tally
    return found
