"""Registers that know answers: apps register what they can tell about a part of the tree on a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise

from wuli.kernel.orgs.models.unit import under


@dataclass(frozen=True)
class Part:
    """What one unit answers for on a day: its subtree without those of the units below that answer themselves."""

    path: str
    on: date
    without: tuple[str, ...] = ()

    def rows(self, field: str = "path") -> Q:
        inside = under(self.path, field)
        for path in self.without:
            inside &= ~under(path, field)
        return inside


@dataclass(frozen=True)
class Source:
    """A register: `count` tells its number for a part, `url` leads to the rows behind it, `each` tells the numbers
    of all places under a path on a day, where one reading can."""

    code: str
    label: str | Promise
    count: Callable[[Part], int]
    url: Callable[[Part], str]
    each: Callable[[str, date], Mapping[str, int]] | None = None


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    _sources.update({source.code: source for source in sources})


def forget(*codes: str) -> None:
    for code in codes:
        _sources.pop(code, None)


def known() -> dict[str, Source]:
    return dict(_sources)
