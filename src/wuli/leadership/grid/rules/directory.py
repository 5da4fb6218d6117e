"""The directory of grids as a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Kind
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.people import CELL_LIMIT

from .boards import GRIDS

HEADER = (
    lazy("单位编码"), lazy("网格"), lazy("层级"), lazy("上级"), lazy("人数"), lazy("网格长"), lazy("网格长电话"),
    lazy("网格员"), lazy("网格员电话"), lazy("副网格员"), lazy("副网格员电话"), lazy("联络员"), lazy("联络员电话"),
    lazy("提示"),
)  # fmt: skip
OFFICES = (Duty.HEAD, Duty.GRID_KEEPER, Duty.DEPUTY_KEEPER, Duty.REPORTER)


@dataclass(frozen=True)
class Line:
    """A grid in a file; `held` names for each duty the people and their numbers, `people` counts all below it."""

    code: str
    name: str
    kind: str
    above: Sequence[str]
    people: int
    held: Mapping[str, Sequence[tuple[str, str]]]


def rows(lines: Iterable[Line]) -> Iterator[Sequence[Any]]:
    """`lines` as they stand in the file. What is the same in all of them is put into words once."""
    comma, semicolon, kinds = _("、"), _("；"), {str(kind): str(grid) for kind, grid in GRIDS.items()}
    for line in lines:
        who = [text for duty in OFFICES for text in _who(line.held.get(duty, ()), comma)]
        wrong = semicolon.join(warnings(line.kind, line.people, kept=Duty.GRID_KEEPER in line.held))
        yield line.code, line.name, kinds[line.kind], " / ".join(line.above), line.people, *who, wrong


def warnings(kind: str, people: int, *, kept: bool) -> list[str]:
    """What is wrong with a cell, in words for its unit's head."""
    if kind != Kind.TEAM:
        return []
    found = [] if kept else [_("没有网格员")]
    return [*found, _("超过 30 人")] if people > CELL_LIMIT else found


def why_not_export(rows: int) -> str | None:
    return None if rows else _("这里没有可导出的网格")


def _who(holders: Sequence[tuple[str, str]], comma: str) -> tuple[str, str]:
    if len(holders) == 1:
        return holders[0]
    return comma.join(name for name, _phone in holders), comma.join(phone for _name, phone in holders if phone)
