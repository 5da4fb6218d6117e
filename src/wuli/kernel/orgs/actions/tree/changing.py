"""Many changes of the tree at once. Each says and writes what the action of its name in `units` does for one unit.

Whoever calls has checked all of them together, holds the tree, and is in a transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import batched
from typing import Any

import polars as pl
from django.db.models import OuterRef, Subquery

from wuli.base.clock import FOREVER
from wuli.base.pinyin import pinyin_of
from wuli.kernel.journal import actions as journal

from ...models import Person, Placement, Posting, Unit, User
from ...models.unit import STEP
from .. import bulk
from ..units import split

AT_ONCE = 500
ID = {"id": "id"}
COLUMNS = {"region": "region_id", "serves": "serves_id"}


def rename_units(names: Mapping[int, str], *, on: date, by: User | None, at: datetime) -> None:
    """Call each unit by another name from the day `on`."""
    units = units_of(names)
    before = {unit.pk: unit.name for unit in units}
    _split(names, on)
    rows = pl.DataFrame(
        [(pk, name, *pinyin_of(name), on) for pk, name in names.items()],
        schema=["id", "name", "pinyin", "initials", "day"], orient="row",
    )  # fmt: skip
    bulk.update(Placement, rows, {"name": "name"}, where={"unit_id": "id", "from_date": "day"})
    bulk.update(Unit, rows, {"name": "name", "pinyin": "pinyin", "initials": "initials"}, where=ID)
    for unit in units:
        unit.name = names[unit.pk]
    _tell("unit.renamed", units, {pk: {"name": [before[pk], name]} for pk, name in names.items()}, on, by=by, at=at)


def move_units(targets: Mapping[int, int], *, on: date, by: User | None, at: datetime) -> None:
    """Hang each unit, with all that is below it, under the unit `targets` says, from the day `on`.

    All at once: a unit may go under one that was below it, if that goes elsewhere too.
    """
    tree = {unit.pk: unit for unit in Unit.objects.all()}
    paths = _paths({pk: targets.get(pk, unit.parent_id) for pk, unit in tree.items()}, tree)
    changed = {pk: path for pk, path in paths.items() if path != tree[pk].path}
    _split(changed, on)
    rows = pl.DataFrame(
        [(pk, path, len(path) // STEP - 1, on) for pk, path in changed.items()],
        schema=["id", "path", "depth", "day"], orient="row",
    )  # fmt: skip
    moved = pl.DataFrame([(*move, on) for move in targets.items()], schema=["id", "parent", "day"], orient="row")
    bulk.update(Placement, rows, {"path": "path"}, where={"unit_id": "id", "from_date": "day"})
    bulk.update(Placement, moved, {"parent_id": "parent"}, where={"unit_id": "id", "from_date": "day"})
    bulk.update(Unit, rows, {"path": "path", "depth": "depth"}, where=ID)
    bulk.update(Unit, moved, {"parent_id": "parent"}, where=ID)
    _carry_people(changed)
    parents = {pk: [tree[pk].parent_id, target] for pk, target in targets.items()}
    told = {pk: {"parent": [str(tree[key]) if key else None for key in pair]} for pk, pair in parents.items()}
    _tell("unit.moved", units_of(targets), told, on, by=by, at=at)


def amend_units(values: Mapping[int, Mapping[str, Any]], *, by: User | None, at: datetime) -> None:
    """Change what has no history: for each unit the fields of `units.amend_unit` that are to be different."""
    units = units_of(values)
    told = {unit.pk: {field: [_said(getattr(unit, field)), _said(value)] for field, value in values[unit.pk].items()}
            for unit in units}  # fmt: skip
    for unit in units:
        for field, value in values[unit.pk].items():
            setattr(unit, field, value)
    by_fields: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
    for unit in units:
        by_fields[tuple(sorted(values[unit.pk]))].append(unit)
    for fields, alike in by_fields.items():
        columns = {COLUMNS.get(field, field): field for field in fields}
        rows = [
            {"id": unit.pk, **{field: getattr(unit, column) for column, field in columns.items()}} for unit in alike
        ]
        bulk.update(Unit, pl.DataFrame(rows, infer_schema_length=None), columns, where=ID)
    entries = (journal.Entry("unit.amended", unit, unit, told[unit.pk]) for unit in units)
    journal.record_all(entries, at=at, by=by)


def release_codes(units: Iterable[int]) -> None:
    """Free the credit codes of units that get another in the same file, so that they can pass from one to the next."""
    for some in batched(units, AT_ONCE, strict=False):
        Unit.objects.filter(pk__in=some).update(uscc=None)


def close_units(days: Mapping[int, date], *, by: User | None, at: datetime) -> None:
    """Close each unit, empty by then, on its day; duties held there end."""
    by_day = defaultdict(list)
    for pk, day in days.items():
        by_day[day].append(pk)
    for day, keys in by_day.items():
        for some in batched(keys, AT_ONCE, strict=False):
            Placement.objects.filter(unit__in=some, until_date=FOREVER).update(until_date=day)
            Posting.objects.filter(unit__in=some, from_date__gte=day).delete()
            Posting.objects.filter(unit__in=some, until_date__gt=day).update(until_date=day)
            Unit.objects.filter(pk__in=some).update(closed_on=day)
    entries = (
        journal.Entry("unit.closed", unit, unit, {"closed_on": [None, str(days[unit.pk])]}) for unit in units_of(days)
    )
    journal.record_all(entries, at=at, by=by)


def units_of(keys: Iterable[int]) -> list[Unit]:
    found: dict[int, Unit] = {}
    for some in batched(keys, AT_ONCE, strict=False):
        found |= Unit.objects.select_related("region", "serves").in_bulk(list(some))
    return list(found.values())


def _split(units: Iterable[int], on: date) -> None:
    for some in batched(units, AT_ONCE, strict=False):
        split(Placement.objects.filter(unit__in=some, from_date__lt=on, until_date__gt=on), on)


def _paths(parents: Mapping[int, int | None], tree: Mapping[int, Unit]) -> dict[int, str]:
    paths: dict[int | None, str] = {None: ""}
    for key in parents:
        way: list[int] = []
        step: int | None = key
        while step is not None and step not in paths:
            way.append(step)
            step = parents[step]
        for one in reversed(way):
            paths[one] = paths[parents[one]] + tree[one].path[-STEP:]
    return {key: paths[key] for key in parents}


def _carry_people(units: Iterable[int]) -> None:
    path = Subquery(Unit.objects.filter(pk=OuterRef("unit_id")).values("path")[:1])
    for some in batched(units, AT_ONCE, strict=False):
        Person.objects.filter(unit__in=some).update(path=path)


def _said(value: Any) -> str | None:
    return None if value is None else str(value)


def _tell(
    verb: str, units: Sequence[Unit], changes: Mapping[int, dict[str, Any]], on: date, *, by: User | None, at: datetime
) -> None:
    since = {"from": [None, str(on)]}
    journal.record_all((journal.Entry(verb, unit, unit, changes[unit.pk] | since) for unit in units), at=at, by=by)
