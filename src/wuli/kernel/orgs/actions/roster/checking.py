"""Check a whole roster against the tree and the roll: what it would change, what is wrong with it. Writes nothing."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from wuli.base.crypto import keyed_hash_all

from ...models import Unit
from ...queries import roster as queries
from ...rules.roster import comparison, meeting
from ...rules.roster.findings import Findings
from ...rules.roster.outcomes import OUTCOMES, REFUSED
from ...rules.roster.problems import PROBLEMS
from ...rules.roster.tidy import tidied

KEPT = (
    "row", "number", "identity", "outcome", "newest", "returns", "path", "had_id", "had_path",
    *comparison.AFTER, *(f"had_{key}" for key in comparison.AFTER),
)  # fmt: skip
"""What of a checked row is needed to show it and to apply it."""


@dataclass(frozen=True)
class Plan:
    """What a roster would do from a day on: `rows` with their outcomes, and what was found about cells."""

    on: date
    rows: pl.DataFrame
    findings: pl.DataFrame

    def counts(self) -> dict[str, int]:
        """How many lines there are, what becomes of them, and how many carry which notice."""
        counted = dict(self.rows.group_by("outcome").len().iter_rows())
        notices = self.findings.filter(~pl.col("code").is_in(list(PROBLEMS)))
        noticed = notices.group_by("code").agg(pl.col("row").n_unique()).sort("code")
        counts = {one: counted.get(one, 0) for one in OUTCOMES}
        return {"rows": len(self.rows), **counts, **dict(noticed.iter_rows())}


def plan(cells: pl.DataFrame, *, unit: Unit, on: date, whole: bool = False) -> Plan:
    """What `cells` (text columns of `COLUMNS` and the line number `row`) would change below `unit` from the day `on`.

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
    return _finished(on, rows, found.frame())


def _hashed(identities: pl.Series) -> pl.Series:
    given = (identities.is_not_null() & (identities != "")).arg_true()
    return identities.alias("hash").scatter(given, keyed_hash_all(identities.gather(given)))


def _absent(people: pl.DataFrame, numbers: pl.Series, unit: Unit, on: date, found: Findings) -> pl.DataFrame:
    leaving = comparison.absent(people, numbers, unit.path, on)
    newest = queries.stints(leaving["id"]).group_by("id").agg(newest=pl.col("from_date").max())
    leaving = meeting.beside(leaving, newest, "id", "id").select(KEPT)
    comparison.find_absent_who_changed(leaving, on, found)
    return leaving


def _finished(on: date, rows: pl.DataFrame, findings: pl.DataFrame) -> Plan:
    """Refuse the rows with problems, and keep notices only of rows that pass."""
    is_problem = pl.col("code").is_in(list(PROBLEMS))
    bad = findings.filter(is_problem)["row"].unique().implode()
    findings = findings.filter(is_problem | ~pl.col("row").is_in(bad))
    outcome = pl.when(pl.col("row").is_in(bad)).then(pl.lit(REFUSED)).otherwise(pl.col("outcome"))
    return Plan(on, rows.with_columns(outcome=outcome), findings.sort("row", "column", "code"))
