"""A row of numbers as a small picture: its line, and where days are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .numbers import Number

WIDTH, HEIGHT, MARGIN = 600, 90, 6


@dataclass(frozen=True)
class Curve:
    """`lines` are the points of each unbroken stretch; `dots` stand alone; `gaps` are (x, width) of missing days."""

    lines: list[str]
    dots: list[tuple[str, str]]
    gaps: list[tuple[str, str]]
    width: int = WIDTH
    height: int = HEIGHT


def curve_of(values: Sequence[Number]) -> Curve | None:
    """The picture of a number a day, from 0 (or the least, if that is below) to the most. None: nothing to draw."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(*known, Decimal(0)), max(*known, Decimal(0))
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    points = [_point(place, value, step, low, high) for place, value in enumerate(values)]
    stretches = _stretches(points)
    return Curve(
        [" ".join(",".join(point) for point in one) for one in stretches if len(one) > 1],
        [one[0] for one in stretches if len(one) == 1],
        [(f"{MARGIN + (place - 0.5) * step:.1f}", f"{step:.1f}") for place, point in enumerate(points) if not point],
    )


def _point(place: int, value: Number, step: float, low: Decimal, high: Decimal) -> tuple[str, str] | None:
    if value is None:
        return None
    share = float((value - low) / (high - low)) if high > low else 0.5
    return f"{MARGIN + place * step:.1f}", f"{HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN):.1f}"


def _stretches(points: Sequence[tuple[str, str] | None]) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = [[]]
    for point in points:
        if point is not None:
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [one for one in found if one]
