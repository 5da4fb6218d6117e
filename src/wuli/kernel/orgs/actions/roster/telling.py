"""What the journal tells of a roster: that it came in, and what became of each person who was known before."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import polars as pl

from wuli.kernel.journal import actions as journal

from ...models import Person, Unit, User
from ...queries.roster_lines import COLUMN_OF, said, unit_names
from ...rules.roster import outcomes
from ...rules.sheets.plan import Plan

VERBS = {
    outcomes.JOINED: "person.joined", outcomes.MOVED: "person.moved", outcomes.CHANGED: "person.amended",
    outcomes.LEFT: "person.left",
}  # fmt: skip
FIELDS = COLUMN_OF | {"unit_id": "unit"}


def tell_import(plan: Plan, unit: Unit, *, by: User | None, at: datetime, file: str = "") -> None:
    """One event for the whole, with how many lines did what. Newcomers have no other."""
    counts = plan.counts()
    changes: dict[str, Any] = {key: [None, counts[key]] for key in ("rows", *outcomes.OUTCOMES)}
    changes |= {"file": [None, file]} if file else {}
    journal.record(
        "roster.imported", subject=unit, unit=unit, changes=changes | {"from": [None, str(plan.on)]}, by=by, at=at
    )


def tell(known: pl.DataFrame, on: date, *, by: User | None, at: datetime) -> None:
    """One event for each person; personal values stand masked, as everywhere in the journal."""
    journal.record_all(_entries(known, on, unit_names(known)), at=at, by=by)


def _entries(known: pl.DataFrame, on: date, names: dict[int, str]) -> Iterator[journal.Entry]:
    for row in known.iter_rows(named=True):
        changes = {
            field: [said(key, row[f"had_{key}"], names) or None, said(key, row[key], names) or None]
            for key, field in FIELDS.items()
            if row[key] != row[f"had_{key}"]
        }
        person, unit = Person(pk=row["id"], name=row["name"]), Unit(pk=row["unit_id"])
        yield journal.Entry(VERBS[row["outcome"]], person, unit, {**changes, "from": [None, str(on)]})
