"""How many of what: the published figures, and what becomes of them in a smaller group."""

from dataclasses import dataclass

SMALLEST = 300


@dataclass(frozen=True)
class Shape:
    people: int
    members: int
    enterprises: int
    committees: int
    general_branches: int
    branches: int

    @property
    def bodies(self) -> int:
        """Party bodies as published: committees, general branches and branches, without the Party group above them."""
        return self.committees + self.general_branches + self.branches


FULL = Shape(people=170_000, members=80_709, enterprises=548, committees=322, general_branches=189, branches=2_733)
OFFICES = 12
"""Headquarters and eleven segments: each has a committee and at least one branch of its own."""


def shape_for(people: int) -> Shape:
    """The group with `people` on the roll. Enterprises grow fewer more slowly than people, so that all trades stay."""
    if not SMALLEST <= people <= FULL.people:
        raise ValueError(f"between {SMALLEST} and {FULL.people} people, not {people}")
    if people == FULL.people:
        return FULL
    part = people / FULL.people
    enterprises = max(18, round(FULL.enterprises * part**0.7))
    committees = max(OFFICES + 6, round(FULL.committees * enterprises / FULL.enterprises))
    general_branches = max(3, round(FULL.general_branches * enterprises / FULL.enterprises))
    return Shape(
        people=people,
        members=round(FULL.members * part),
        enterprises=enterprises,
        committees=committees,
        general_branches=general_branches,
        branches=max(round(FULL.branches * part), enterprises + committees + general_branches),
    )


def some(full: int, people: int, *, least: int = 1) -> int:
    """A few of something in a group of `people`, where the full group has `full` of it."""
    part: float = (people / FULL.people) ** 0.6
    return max(least, round(full * part))


def portions(total: int, weights: list[float], *, least: int = 0) -> list[int]:
    """Whole numbers in proportion to `weights`, each at least `least`, that add up to `total` exactly."""
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError(f"{total} is too few for {len(weights)} portions of {least}")
    scale = spare / (sum(weights) or 1)
    exact = [weight * scale for weight in weights]
    whole = [int(share) for share in exact]
    by_rest = sorted(range(len(weights)), key=lambda at: (whole[at] - exact[at], at))
    for at in by_rest[: spare - sum(whole)]:
        whole[at] += 1
    return [least + share for share in whole]


def shared_out(count: int, shares: int) -> list[int]:
    """Which of so many shares each of `count` in a row belongs to: (5, 2) → [0, 0, 0, 1, 1]."""
    shares = min(shares, count)
    return [-(-(at + 1) * shares // count) - 1 for at in range(count)]
