"""Check a list of units against the tree: what it would change, what is wrong with it. Writes nothing."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from wuli.base.clock import FOREVER

from ...models import Unit, User
from ...queries import tree as queries
from ...rules.sheets.findings import Findings, frame_of
from ...rules.sheets.legible import NUMBER, ask
from ...rules.sheets.plan import Plan
from ...rules.sheets.tidy import read_cells, tidied, with_days
from ...rules.tree.columns import COLUMNS
from ...rules.tree.drafts import SHOWN, Draft, Tree, draft
from ...rules.tree.layout import TREE
from ...rules.tree.together import problems

CODES = ("code", "parent", "serves")
KEPT = {
    "row": pl.Int64, "code": pl.String, "outcome": pl.String, "had_id": pl.Int64, "kind": pl.String,
    "opened_on": pl.Date, **{had + key: pl.String for key in SHOWN[:-1] for had in ("", "had_")},
    "closed_on": pl.Date, "had_closed_on": pl.Date, "listed": pl.Boolean, "had_listed": pl.Boolean,
}  # fmt: skip
"""What of a checked line is needed to show it and to apply it."""


def plan(cells: pl.DataFrame, *, unit: Unit, on: date, by: User) -> Plan:
    """What `cells` (text columns of `TREE` and the line number `row`) would change below `unit` from the day `on`."""
    units, found = queries.all_units(), Findings()
    lines = _read(cells, list(units), found)
    rows = list(lines.iter_rows(named=True))
    inside = queries.Inside(unit, units)
    tree = Tree(
        top=unit, on=on, units=units, names=_names(units.values()), newest=queries.newest_changes(),
        regions=queries.region_codes(), inside=inside, seen=queries.Seen(by),
        people=queries.people_left(_closing(rows, units, inside)),
    )  # fmt: skip
    drafts, legible = [draft(row, tree) for row in rows], found.frame()
    flaws = problems(drafts, tree, set(legible["row"]))
    known = set(legible.select("row", "column").iter_rows())
    more = frame_of([flaw for flaw in flaws if flaw[:2] not in known])
    kept = pl.DataFrame([_kept(one) for one in drafts], schema=KEPT)
    return Plan.of(TREE, on, kept, pl.concat([legible, more]))


def _read(cells: pl.DataFrame, codes: list[str], found: Findings) -> pl.DataFrame:
    rows = read_cells(cells, TREE)
    rows = rows.with_columns(pl.col("uscc", "region").str.to_uppercase())
    for key in COLUMNS:
        ask(key, TREE, found)
    found.ask("code", "bad_code", ~pl.col("code").str.contains(NUMBER) & ~pl.col("code").is_in(codes))
    found.look_at(rows)
    known = pl.Series("codes", codes, pl.String)
    spelled = {cell: code for cell, code in zip(tidied(known, COLUMNS["code"]), known, strict=True) if cell != code}
    return with_days(rows.with_columns(_spelled(key, spelled, known) for key in CODES), TREE)


def _spelled(key: str, spelled: Mapping[str, str], known: pl.Series) -> pl.Expr:
    """A code as the tree has it; one that it does not have in capitals, as pages make it."""
    code = pl.col(key).replace(spelled)
    return pl.when(code.is_in(known.implode())).then(code).otherwise(code.str.to_uppercase()).alias(key)


def _names(units: Iterable[Unit]) -> dict[int, str]:
    """Names as they would be read from a cell: a stray space is no change."""
    units = list(units)
    names = pl.Series("name", [unit.name for unit in units], pl.String)
    cells = tidied(names, COLUMNS["name"])
    return {unit.pk: cell or unit.name for unit, cell in zip(units, cells, strict=True)}


def _closing(rows: Iterable[Mapping[str, Any]], units: Mapping[str, Unit], inside: queries.Inside) -> dict[int, date]:
    """The units that the file would close, with the day."""
    found = {}
    for row in rows:
        unit, day = units.get(row["code"]), row["closed_on"]
        if unit and day and day < FOREVER and unit.closed_on == FOREVER and inside(unit):
            found[unit.pk] = day
    return found


def _kept(one: Draft) -> dict[str, Any]:
    had = {f"had_{key}": one.was.get(key) for key in SHOWN}
    fixed = {"row": one.row, "code": one.code, "outcome": one.outcome, "had_id": one.unit.pk if one.unit else None}
    return {**fixed, "kind": str(one.kind or ""), **one.now, **had}
