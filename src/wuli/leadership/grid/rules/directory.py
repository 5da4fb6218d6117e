"""The directory of grids as a file."""

from collections.abc import Sequence
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Kind, Placement
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.people import CELL_LIMIT

from .boards import GRIDS
from .chain import Holder

HEADER = (
    lazy("单位编码"), lazy("网格"), lazy("层级"), lazy("上级"), lazy("人数"), lazy("网格长"), lazy("网格长电话"),
    lazy("网格员"), lazy("网格员电话"), lazy("副网格员"), lazy("副网格员电话"), lazy("联络员"), lazy("联络员电话"),
    lazy("提示"),
)  # fmt: skip
OFFICES = (Duty.HEAD, Duty.GRID_KEEPER, Duty.DEPUTY_KEEPER, Duty.REPORTER)


class Entry(Protocol):
    @property
    def placed(self) -> Placement: ...
    @property
    def above(self) -> str: ...
    @property
    def people(self) -> int: ...
    @property
    def held(self) -> Any: ...


def row(entry: Entry) -> Sequence[Any]:
    unit = entry.placed.unit
    who = [text for duty in OFFICES for text in _who(entry.held[duty])]
    return (
        unit.code, entry.placed.name, str(GRIDS[Kind(unit.kind)]), entry.above, entry.people, *who,
        _("；").join(warnings(unit.kind, entry.people, kept=bool(entry.held[Duty.GRID_KEEPER]))),
    )  # fmt: skip


def warnings(kind: str, people: int, *, kept: bool) -> list[str]:
    """What is wrong with a cell, in words for its unit's head."""
    if kind != Kind.TEAM:
        return []
    found = [] if kept else [_("没有网格员")]
    return [*found, _("超过 30 人")] if people > CELL_LIMIT else found


def why_not_export(rows: int) -> str | None:
    return None if rows else _("这里没有可导出的网格")


def _who(holders: Sequence[Holder]) -> tuple[str, str]:
    return _("、").join(one.name for one in holders), _("、").join(one.phone for one in holders if one.phone)
