"""The points of an agenda, and which figures each of them shows.

A metric is named by its code, or by a pattern ("production.*") for whatever an app tells: what nobody tells yet shows
as missing, and appears by itself once somebody does.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

FOLDER = Path(__file__).resolve().parents[1] / "shipped"
EVERY_CALL = "*"
"""Stands for all calls that ask units of the meeting's subtree."""
MOST_POINTS = 20
KEY = re.compile(r"[a-z0-9_]{1,12}")
OTHER = "other"
"""The point under which stands what fits no other: there in every meeting."""


@dataclass(frozen=True)
class Point:
    """One point. `key` stays, so that minutes find it again whatever it is called."""

    key: str
    title: str
    metrics: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    """Keys of calls, or EVERY_CALL."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"metrics": list(self.metrics), "calls": list(self.calls)}


def read(agenda: Iterable[Mapping[str, Any]]) -> list[Point]:
    return [
        Point(one["key"], one["title"], tuple(one.get("metrics", ())), tuple(one.get("calls", ()))) for one in agenda
    ]


def with_other(points: Sequence[Point]) -> list[Point]:
    return [*points, Point(OTHER, _("其他事项"))]


def written(points: Iterable[Point]) -> list[dict[str, Any]]:
    return [point.as_dict() for point in points]


def chosen(point: Point, known: Iterable[str]) -> list[str]:
    """The codes that are known among those that a point names, each once, in the order of naming."""
    known = list(known)
    return list(dict.fromkeys(code for named in point.metrics for code in known if fnmatchcase(code, named)))


def lacking(point: Point, known: Iterable[str]) -> list[str]:
    """What a point names and nobody tells."""
    known = list(known)
    return [named for named in point.metrics if not any(fnmatchcase(code, named) for code in known)]


def why_not_agenda(points: Sequence[Point]) -> str | None:
    if not points:
        return _("议程至少要有一项")
    if len(points) > MOST_POINTS:
        return _("议程最多 %(most)d 项") % {"most": MOST_POINTS}
    keys = [point.key for point in points]
    if len(set(keys)) < len(keys) or OTHER in keys or not all(KEY.fullmatch(key) for key in keys):
        return _("议程各项的代号应各不相同")
    return None


def moved(points: Sequence[Point], number: int, by: int) -> list[Point]:
    """With the point of that number one place up or down; at the edge, or for none, as they were."""
    found, to = list(points), number + by
    if 0 <= number < len(found) and 0 <= to < len(found):
        found[number], found[to] = found[to], found[number]
    return found


def fresh_key(points: Iterable[Point]) -> str:
    """A key that no point has."""
    taken = {point.key for point in points}
    return next(key for n in range(1, 1000) if (key := f"p{n}") not in taken)


def template_for(kind: str) -> list[Point]:
    """The shipped agenda of a kind, in the reader's language; one plain point where none is shipped."""
    told = _shipped().get(kind)
    if told is None:
        return [Point("matters", _("议题"), ("ledger.open", "ledger.overdue"))]
    return [replace_title(one) for one in told]


def replace_title(one: Mapping[str, Any]) -> Point:
    title = one["title_en"] if (get_language() or "").startswith("en") else one["title"]
    return Point(one["key"], title, tuple(one.get("metrics", ())), tuple(one.get("calls", ())))


@cache
def _shipped() -> dict[str, list[dict[str, Any]]]:
    files = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml"))]
    return {told["kind"]: told["points"] for told in files}
