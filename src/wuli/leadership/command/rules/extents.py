"""Where a response is in force: subtrees, each without those that were taken out of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.unit import under, way_to

from ..models import Response
from .responses import LATE

FARTHEST = timedelta(days=31)
"""How long before it begins a narrowing may be ordered."""


@dataclass(frozen=True)
class Part:
    """A subtree without the holes in it."""

    root: str
    holes: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        return path.startswith(self.root) and not path.startswith(self.holes)


@dataclass(frozen=True)
class Ground:
    """The subtrees a response is in force in, as paths of one day."""

    parts: tuple[Part, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(part.root for part in self.parts)

    def covers(self, path: str) -> bool:
        return any(part.covers(path) for part in self.parts)

    def touches(self, path: str) -> bool:
        """Whether `path` lies inside, or has some of it below."""
        return self.covers(path) or any(root.startswith(path) for root in self.paths)

    def units(self, field: str = "path") -> Q:
        inside = Q(pk__in=[])
        for part in self.parts:
            whole = under(part.root, field)
            for hole in part.holes:
                whole &= ~under(hole, field)
            inside |= whole
        return inside

    def rebuilt(self, change: Callable[[str], str]) -> "Ground":
        return Ground(tuple(Part(change(part.root), tuple(map(change, part.holes))) for part in self.parts))


def ground(words: Iterable[tuple[str, bool]]) -> Ground:
    """`words` name places in the order in which they were said to be in or out: the last word on a place holds.

    What is said of a place is said of all below it, whatever was said of that before.
    """
    marks: dict[str, bool] = {}
    for path, inside in words:
        marks = {other: said for other, said in marks.items() if not other.startswith(path)} | {path: inside}
    kept = _telling(marks)
    holes = [path for path, inside in kept.items() if not inside]
    return Ground(tuple(
        Part(root, tuple(hole for hole in holes if hole.startswith(root))) for root, inside in kept.items() if inside
    ))  # fmt: skip


def why_not_widen(root: Unit, *, covered: bool, open_: bool, reason: str) -> str | None:
    if covered:
        return _("“%(unit)s”已经在响应范围内") % {"unit": root.name}
    if not open_:
        return _("“%(unit)s”已不是开办中的单位") % {"unit": root.name}
    return None if reason.strip() else _("请写明原因")


def why_not_narrow(
    response: Response, root: Unit, *, in_force: bool, empties: bool, from_date: date, began_on: date, today: date,
    reason: str,
) -> tuple[str, str] | None:  # fmt: skip
    """The field at fault, and why. `in_force`: whether it is in force there on the day; `empties`: nowhere else."""
    if from_date < max(began_on, today - LATE):
        return "from_date", _("日期应不早于响应启动之日，最多补录七天以内的")
    if from_date > today + FARTHEST:
        return "from_date", _("日期最多在 %(n)d 天以后") % {"n": FARTHEST.days}
    if not in_force:
        return "root", _("“%(unit)s”那天不在“%(title)s”的范围内") % {"unit": root.name, "title": response.title}
    if empties:
        return "root", _("移出“%(unit)s”后就没有单位在响应范围内了，请终止响应") % {"unit": root.name}
    return None if reason.strip() else ("reason", _("请写明原因"))


def _telling(marks: dict[str, bool]) -> dict[str, bool]:
    """Without marks that say what the next above them says already."""
    kept: dict[str, bool] = {}
    for path in sorted(marks):
        above = [kept[step] for step in way_to(path)[:-1] if step in kept]
        if marks[path] != (above[-1] if above else False):
            kept[path] = marks[path]
    return kept
