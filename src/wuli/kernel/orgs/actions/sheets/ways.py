"""How rosters and lists of units are checked and written."""

from datetime import datetime

import polars as pl

from ...models import FileImport
from ...rules.layouts import Way
from ...rules.sheets.plan import Plan
from ..roster import applying as roster_applying
from ..roster import checking as roster_checking
from ..roster import telling as roster_telling
from ..tree import applying as tree_applying
from ..tree import checking as tree_checking


def _plan_roster(one: FileImport, cells: pl.DataFrame) -> Plan:
    return roster_checking.plan(cells, unit=one.unit, on=one.effective_on, whole=one.is_whole_roster)


def _write_roster(one: FileImport, plan: Plan, at: datetime) -> None:
    roster_applying.apply(plan, by=one.by, at=at)
    roster_telling.tell_import(plan, one.unit, file=one.file_name, by=one.by, at=at)


def _plan_units(one: FileImport, cells: pl.DataFrame) -> Plan:
    return tree_checking.plan(cells, unit=one.unit, on=one.effective_on, by=one.by)


def _write_units(one: FileImport, plan: Plan, at: datetime) -> None:
    tree_applying.apply(plan, unit=one.unit, file=one.file_name, by=one.by, at=at)


ROSTER = Way(_plan_roster, _write_roster)
UNITS = Way(_plan_units, _write_units)
