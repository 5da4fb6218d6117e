"""For everything that a file may be about, how it is checked and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from ...models import About, FileImport
from ...rules.sheets.plan import Plan
from ..roster import applying as roster_applying
from ..roster import checking as roster_checking
from ..roster import telling as roster_telling
from ..tree import applying as tree_applying
from ..tree import checking as tree_checking


@dataclass(frozen=True)
class Way:
    plan: Callable[[FileImport, pl.DataFrame], Plan]
    """What its cells would change, as things are now."""
    write: Callable[[FileImport, Plan, datetime], None]


def _plan_roster(one: FileImport, cells: pl.DataFrame) -> Plan:
    return roster_checking.plan(cells, unit=one.unit, on=one.effective_on, whole=one.is_whole_roster)


def _write_roster(one: FileImport, plan: Plan, at: datetime) -> None:
    roster_applying.apply(plan, by=one.by, at=at)
    roster_telling.tell_import(plan, one.unit, file=one.file_name, by=one.by, at=at)


def _plan_units(one: FileImport, cells: pl.DataFrame) -> Plan:
    return tree_checking.plan(cells, unit=one.unit, on=one.effective_on, by=one.by)


def _write_units(one: FileImport, plan: Plan, at: datetime) -> None:
    tree_applying.apply(plan, unit=one.unit, file=one.file_name, by=one.by, at=at)


WAYS: dict[str, Way] = {
    About.ROSTER: Way(_plan_roster, _write_roster),
    About.UNITS: Way(_plan_units, _write_units),
}
