"""A roster meets the tree and the roll: each code finds its unit, each number whoever already has it."""

from datetime import date

import polars as pl

from ..duties import OFFICES
from ..sheets.findings import Findings

LOOKED_UP = {
    "team": ("unit_id", "path", "kind", "line", "office_id", "opened_on", "closed_on"),
    "employer": ("unit_id", "kind"),
    "branch": ("unit_id", "kind", "opened_on", "closed_on"),
}
"""What is needed of the unit that a code names; it is found under the prefix of the column."""


def placed(rows: pl.DataFrame, units: pl.DataFrame, inside: str) -> pl.DataFrame:
    """`rows` with the units that their codes name. Of the operations line, teams are known only `inside` a path."""
    operations, party = pl.col("line") == "operations", pl.col("line") == "party"
    reached = operations & pl.col("path").str.starts_with(inside)
    for key, known in (("team", reached | party), ("employer", operations), ("branch", operations | party)):
        wanted = units.filter(known).select("code", *LOOKED_UP[key])
        rows = beside(rows, wanted.rename({name: f"{key}_{name}" for name in LOOKED_UP[key]}), key, "code")
    return rows


def recognised(rows: pl.DataFrame, people: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """`rows` with whoever has the number (`had_…`), and the office that employs by default where they are."""
    people = beside(people, units.select("unit_id", "office_id"), "unit_id", "unit_id")
    return beside(rows, people.rename({name: f"had_{name}" for name in people.columns}), "number", "had_number")


def beside(rows: pl.DataFrame, others: pl.DataFrame, key: str, other_key: str) -> pl.DataFrame:
    """`rows` with the one line of `others` that has their key. Leaves the columns that are there untouched."""
    looked_up = rows.select(key).join(others, left_on=key, right_on=other_key, how="left", maintain_order="left")
    return rows.hstack(looked_up.drop(key).get_columns())


def ask_about_units(found: Findings) -> None:
    team, employer, branch = pl.col("team"), pl.col("employer"), pl.col("branch")
    found.ask("team", "unknown_team", team.is_not_null() & pl.col("team_unit_id").is_null())
    found.ask("team", "party_team", pl.col("team_line") == "party")
    found.ask("team", "no_cell", (pl.col("team_kind") != "team") & (pl.col("team_line") == "operations"))
    found.ask("employer", "unknown_unit", employer.ne("") & pl.col("employer_unit_id").is_null())
    found.ask("employer", "not_employer", ~pl.col("employer_kind").is_in(sorted(OFFICES)))
    found.ask("outside_employer", "two_employers", employer.ne("") & pl.col("outside_employer").ne(""))
    found.ask("branch", "unknown_unit", branch.ne("") & pl.col("branch_unit_id").is_null())
    found.ask("branch", "not_branch", pl.col("branch_kind") != "party_branch")
    post = pl.coalesce("post", "had_post", pl.lit(""))
    found.ask("process_step", "step_without_post", pl.col("process_step").ne("") & (post == ""))


def ask_about_people(inside: str, found: Findings) -> None:
    """People outside are nobody's business: their number is all that is said."""
    found.ask("number", "number_elsewhere", ~pl.col("had_path").str.starts_with(inside))


def find_second_rolls(rows: pl.DataFrame, people: pl.DataFrame, on: date, found: Findings) -> None:
    """Rows whose identity someone else on the roll has."""
    on_roll = (pl.col("on_roll_from") <= on) & (pl.col("on_roll_until") > on) & (pl.col("identity_hash") != "")
    others = people.filter(on_roll).select("identity_hash", other_number="number")
    twice = rows.select("row", "number", "identity", "hash").filter(pl.col("hash") != "")
    twice = twice.join(others, left_on="hash", right_on="identity_hash")
    twice = twice.filter(pl.col("other_number") != pl.col("number")).unique("row", maintain_order=True)
    found.ask("identity", "two_rolls", pl.lit(value=True), value="")
    found.look_at(twice)


def find_duplicates(rows: pl.DataFrame, found: Findings) -> None:
    """Of lines with one number none is believed; nor of lines with one identity under several numbers."""
    for key, column, code in (("number", "number", "duplicate_number"), ("hash", "identity", "duplicate_identity")):
        given = rows.select("row", "number", "identity", "hash").filter(pl.col(key) != "")
        if given[key].n_unique() == len(given):
            continue
        lines = given.filter(pl.col(key).is_duplicated())
        if key == "hash":
            lines = lines.filter(pl.col("number").n_unique().over("hash") > 1)
        alike = lines.group_by(key).agg(lines="row")
        others = pl.col("lines").list.set_difference(pl.concat_list("row")).list.sort().list.head(5)
        told = others.cast(pl.List(pl.String)).list.join("、")
        found.ask(column, code, pl.lit(value=True), value=pl.col("number"), other=told)
        found.look_at(lines.join(alike, on=key, how="left", maintain_order="left"))
