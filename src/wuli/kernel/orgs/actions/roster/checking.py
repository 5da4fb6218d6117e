"""Check a whole roster against the tree and the roll: what it would change, what is wrong with it. Writes nothing."""

from datetime import date

import polars as pl

from wuli.base.crypto import keyed_hash_all

from ...models import Unit
from ...queries import roster as queries
from ...rules.roster import comparison, meeting
from ...rules.roster.layout import ROSTER
from ...rules.roster.tidy import tidied
from ...rules.sheets.findings import Findings
from ...rules.sheets.plan import Plan

KEPT = (
    "row", "number", "identity", "outcome", "newest", "returns", "path", "had_id", "had_path",
    *comparison.AFTER, *(f"had_{key}" for key in comparison.AFTER),
)  # fmt: skip
"""What of a checked row is needed to show it and to apply it."""


def plan(cells: pl.DataFrame, *, unit: Unit, on: date, whole: bool = False) -> Plan:
    """What `cells` (text columns of `ROSTER` and the line number `row`) would change below `unit` from the day `on`.

    With `whole` the file is the complete roster of `unit`: whoever it does not name leaves `on`.
    """
    found = Findings()
    rows = tidied(cells, found)
    rows = rows.with_columns(_hashed(rows["identity"]))
    meeting.find_duplicates(rows, found)

    units = queries.units_frame()
    numbers, hashes = rows["number"].drop_nulls(), rows["hash"].replace("", None).drop_nulls()
    people = queries.people_frame(unit, numbers, hashes, whole=whole)
    rows = meeting.recognised(meeting.placed(rows, units, unit.path), people, units)
    meeting.ask_about_units(found)
    meeting.ask_about_people(unit.path, found)
    found.look_at(rows)
    meeting.find_second_rolls(rows, people, on, found)

    rows = comparison.intended(rows, on)
    stints = queries.stints(comparison.needing_history(rows))
    rows = comparison.decided(rows, stints, on, found).select(KEPT)
    if whole:
        rows = pl.concat([rows, _absent(people, numbers, unit, on, found)])
    return Plan.of(ROSTER, on, rows, found.frame())


def _hashed(identities: pl.Series) -> pl.Series:
    given = (identities.is_not_null() & (identities != "")).arg_true()
    return identities.alias("hash").scatter(given, keyed_hash_all(identities.gather(given)))


def _absent(people: pl.DataFrame, numbers: pl.Series, unit: Unit, on: date, found: Findings) -> pl.DataFrame:
    leaving = comparison.absent(people, numbers, unit.path, on)
    newest = queries.stints(leaving["id"]).group_by("id").agg(newest=pl.col("from_date").max())
    leaving = meeting.beside(leaving, newest, "id", "id").select(KEPT)
    comparison.find_absent_who_changed(leaving, on, found)
    return leaving
