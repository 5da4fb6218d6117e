"""Write what a plan says: units opened, amended, renamed, moved, closed. Part of the caller's transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import batched
from typing import Any

from wuli.kernel.journal import actions as journal

from ...models import Line, Region, Unit, User
from ...rules.sheets.plan import Plan
from ...rules.tree.drafts import AMENDABLE
from ...rules.units import line_of
from ..units import NewUnit, open_units
from . import changing

type Row = Mapping[str, Any]


def apply(plan: Plan, *, unit: Unit, file: str, by: User | None, at: datetime) -> None:
    """Carry out `plan`, all but the lines it refuses: what is new first, so that others can hang there."""
    rows = list(plan.effective.sort("row").iter_rows(named=True))
    known = [row for row in rows if row["had_id"] is not None]
    when: dict[str, Any] = {"by": by, "at": at}
    changing.release_codes(row["had_id"] for row in known if _differs(row, "uscc") and row["had_uscc"])
    _open([row for row in rows if row["had_id"] is None], plan.on, **when)
    keys = _keys(rows)
    changing.rename_units(_changed(known, "name"), on=plan.on, **when)
    changing.move_units({pk: keys[code] for pk, code in _changed(known, "parent").items()}, on=plan.on, **when)
    changing.amend_units(_amended(known, keys), **when)
    changing.close_units(_changed(known, "closed_on"), **when)
    counts = {key: [None, count] for key, count in plan.counts().items()}
    changes = counts | {"file": [None, file], "from": [None, str(plan.on)]}
    journal.record("unit.imported", subject=unit, unit=unit, changes=changes, **when)


def _open(rows: Sequence[Row], on: date, *, by: User | None, at: datetime) -> None:
    """Operations first: Party bodies may serve what is new there."""
    for line in Line:
        news = [_new(row) for row in _parents_first(rows) if line_of(row["kind"]) == line]
        if news:
            open_units(news, on=on, by=by, at=at)


def _parents_first(rows: Sequence[Row]) -> Iterator[Row]:
    waiting = {row["code"]: row for row in rows}
    for row in rows:
        way = []
        step: Row | None = row
        while step is not None and step["code"] in waiting:
            way.append(waiting.pop(step["code"]))
            step = waiting.get(step["parent"])
        yield from reversed(way)


def _new(row: Row) -> NewUnit:
    said = {key: row[key] for key in ("code", "kind", "name", "parent", *AMENDABLE, "opened_on")}
    return NewUnit(**said)


def _keys(rows: Sequence[Row]) -> dict[str, int]:
    """The keys of all units that lines name as their parent or the unit they serve."""
    codes = sorted({row[key] for row in rows for key in ("parent", "serves") if row["had_id"] and row[key]})
    keys: dict[str, int] = {}
    for some in batched(codes, changing.AT_ONCE, strict=False):
        keys |= dict(Unit.objects.filter(code__in=some).values_list("code", "pk"))
    return keys


def _differs(row: Row, key: str) -> bool:
    return bool(row[key] != row[f"had_{key}"])


def _changed(known: Sequence[Row], key: str) -> dict[int, Any]:
    return {row["had_id"]: row[key] for row in known if _differs(row, key)}


def _amended(known: Sequence[Row], keys: Mapping[str, int]) -> dict[int, dict[str, Any]]:
    """For each unit the fields that become different, as the model holds them."""
    found = {}
    served = {key: Unit(pk=key, code=code) for code, key in keys.items()}
    regions = Region.objects.in_bulk({row["region"] for row in known if _differs(row, "region") and row["region"]})
    for row in known:
        values = {key: row[key] for key in AMENDABLE if _differs(row, key)}
        if "uscc" in values:
            values["uscc"] = values["uscc"] or None
        if "region" in values:
            values["region"] = regions.get(values["region"])
        if "serves" in values:
            values["serves"] = served.get(keys.get(values["serves"], 0))
        if values:
            found[row["had_id"]] = values
    return found
