"""What each row would change, once it has met the tree and the roll: cell by cell, blank means "as it was"."""

from datetime import date

import polars as pl

from wuli.base.clock import FOREVER

from ..sheets.findings import Findings
from ..sheets.layout import UNCHANGED
from .meeting import beside
from .outcomes import CHANGED, JOINED, LEFT, MOVED

PLACE = ("unit_id", "employer_id", "outside_employer", "process_step", "post", "branch_id")
"""What has history, as in `actions.people`; the post stands by its step and name until it is looked up or made."""
DAYS = ("on_roll_from", "on_roll_until")
AFTER = ("name", "phone", "identity_hash", *PLACE, *DAYS)


def intended(rows: pl.DataFrame, on: date) -> pl.DataFrame:
    """`rows` with what each person would be afterwards, and whether they join, return or have left by then."""
    start, end, until = pl.col("on_roll_from"), pl.col("on_roll_until"), pl.col("had_on_roll_until")
    gone = pl.col("had_id").is_not_null() & (until <= on)
    of_old = (start < until).fill_null(value=True)
    past = gone & (end <= on).fill_null(value=False) & of_old
    returns, joins = gone & ~past, pl.col("had_id").is_null() | (gone & ~past)
    first = pl.when(~joins).then(pl.coalesce(start, "had_on_roll_from")).otherwise(pl.coalesce(start, pl.lit(on)))
    rows = rows.with_columns(
        asked_from=start,
        joins=joins,
        returns=returns,
        on_roll_from=pl.when(returns & of_old).then(pl.lit(on)).otherwise(first),
        on_roll_until=pl.coalesce(end, pl.when(~joins).then(until), pl.lit(FOREVER)),
        phone=_said("phone"),
        identity_hash=_said("hash", "identity_hash"),
        **_places(),
    )
    over = ~pl.col("joins") & (pl.col("on_roll_until") <= on)
    kept = {key: pl.when("is_over").then(pl.col(f"had_{key}")).otherwise(pl.col(key)) for key in (*PLACE, "path")}
    rows = rows.with_columns(path="team_path", is_over=over)
    return rows.with_columns(**kept) if rows["is_over"].any() else rows


def _said(key: str, had: str = "") -> pl.Expr:
    """The cell if it says something, else what was there before, else nothing."""
    return pl.coalesce(pl.col(key), pl.col(f"had_{had or key}"), pl.lit(""))


def _places() -> dict[str, pl.Expr]:
    """A contractor has no employer; else the one given, or the old one unless that only came with the old team."""
    given = pl.col("employer").ne("").fill_null(value=False)
    outside = (
        pl.when(pl.col("outside_employer").is_null() & given).then(pl.lit("")).otherwise(_said("outside_employer"))
    )
    came_along = pl.col("had_employer_id").is_null() | (pl.col("had_employer_id") == pl.col("had_office_id"))
    employer = (
        pl.when(outside != "").then(None)
        .when(given).then(pl.col("employer_unit_id"))
        .when(pl.col("employer").is_null() & ~came_along).then(pl.col("had_employer_id"))
        .otherwise(pl.col("team_office_id"))
    )  # fmt: skip
    post = _said("post")
    return {
        "unit_id": pl.col("team_unit_id"),
        "employer_id": employer,
        "outside_employer": outside,
        "process_step": pl.when(post != "").then(_said("process_step")).otherwise(pl.lit("")),
        "post": post,
        "branch_id": pl.when(pl.col("branch").is_null()).then("had_branch_id").otherwise("branch_unit_id"),
    }


def differs(keys: tuple[str, ...]) -> pl.Expr:
    """Rows in which one of `keys` is not what it was."""
    return pl.any_horizontal(pl.col(key).ne_missing(pl.col(f"had_{key}")) for key in keys)


def needing_history(rows: pl.DataFrame) -> pl.Series:
    """Keys of those on the roll whose place or days would change: only their assignments must be known."""
    known = rows.filter(~pl.col("joins"))
    return known.filter(differs((*PLACE, *DAYS)))["had_id"] if len(known) else known["had_id"]


def decided(rows: pl.DataFrame, stints: pl.DataFrame, on: date, found: Findings) -> pl.DataFrame:
    """`rows` with their `outcome`, and the day the newest assignment began (`newest`) of those that change."""
    rows = beside(rows, _history(rows, stints), "had_id", "id")
    _ask_about_days(on, found)
    found.look_at(rows)
    had, start = pl.col("had_on_roll_from"), _first_day()
    rows = rows.with_columns(
        on_roll_from=start, newest=pl.when(pl.col("newest") == had).then(start).otherwise(pl.col("newest"))
    )
    _ask_about_changes(on, found)
    found.look_at(rows)
    leaves = pl.col("on_roll_until").ne(pl.col("had_on_roll_until")) & (pl.col("on_roll_until") < FOREVER)
    outcome = (
        pl.when("joins").then(pl.lit(JOINED))
        .when(leaves).then(pl.lit(LEFT))
        .when(pl.col("unit_id").ne(pl.col("had_unit_id"))).then(pl.lit(MOVED))
        .when(differs(AFTER)).then(pl.lit(CHANGED))
        .otherwise(pl.lit(UNCHANGED))
    )  # fmt: skip
    return rows.with_columns(outcome=outcome)


def _history(rows: pl.DataFrame, stints: pl.DataFrame) -> pl.DataFrame:
    """Of each person the start of the newest assignment, the end of this stint's first, the end of earlier stints."""
    began = rows.select("had_id", "had_on_roll_from").drop_nulls()
    own = stints.join(began, left_on="id", right_on="had_id")
    start, until, had = pl.col("from_date"), pl.col("until_date"), pl.col("had_on_roll_from")
    return own.group_by("id").agg(
        newest=start.max(), first_until=until.filter(start == had).max(), earlier_until=until.filter(start < had).max()
    )


def _of_earlier_stint() -> pl.Expr:
    """A joining day before the present stint: it was said of the one before."""
    asked = pl.col("asked_from")
    stays = ~pl.col("joins") & asked.ne(pl.col("had_on_roll_from")) & (asked < pl.col("earlier_until"))
    return stays.fill_null(value=False)


def _first_day() -> pl.Expr:
    return pl.when(_of_earlier_stint()).then("had_on_roll_from").otherwise("on_roll_from")


def _ask_about_days(on: date, found: Findings) -> None:
    asked, had_until = pl.col("asked_from"), pl.col("had_on_roll_until")
    returned = pl.col("returns") & (asked < had_until)
    found.ask("on_roll_from", "earlier_stint", _of_earlier_stint() | returned.fill_null(value=False), value=asked)
    found.ask("number", "rejoins", pl.col("returns"), value=pl.col("on_roll_from"), other=had_until)
    corrected = ~pl.col("joins") & asked.ne(pl.col("had_on_roll_from")) & ~_of_earlier_stint()
    later = pl.col("first_until")
    found.ask("on_roll_from", "joins_too_late", corrected & (asked >= later), value=asked, other=later)


def _ask_about_changes(on: date, found: Findings) -> None:
    start, until, newest = pl.col("on_roll_from"), pl.col("on_roll_until"), pl.col("newest")
    stays = ~pl.col("joins")
    ends = until.ne_missing(pl.col("had_on_roll_until"))
    found.ask("on_roll_until", "leaves_too_early", ends & (until <= start), other=start)
    ending = stays & ends & (until < FOREVER) & (until > start)
    found.ask("on_roll_until", "leaves_before_change", ending & (until <= newest), other=newest)
    found.ask("team", "changed_later", stays & (newest > on) & differs(PLACE), other=newest)
    begins = pl.max_horizontal(start, pl.lit(on))
    for key, ended in (("team", until), ("branch", begins + pl.duration(days=1))):
        there = ~pl.col("is_over") & pl.col(f"{key}_unit_id").is_not_null()
        opened, closed = pl.col(f"{key}_opened_on"), pl.col(f"{key}_closed_on")
        found.ask(key, "closed", there & (closed < pl.min_horizontal(until, ended)), other=closed)
        found.ask(key, "not_open_yet", there & (opened > begins), other=opened)


def absent(people: pl.DataFrame, numbers: pl.Series, inside: str, on: date) -> pl.DataFrame:
    """Those on the roll below `inside` whom a complete roster does not name: they leave `on`.

    They stand in no line of the file, so they are numbered downwards from -1.
    """
    missing = people.filter(
        pl.col("path").str.starts_with(inside), pl.col("on_roll_from") <= on, pl.col("on_roll_until") > on,
        ~pl.col("number").is_in(numbers.implode()),
    ).sort("path", "number")  # fmt: skip
    before = {f"had_{key}": key for key in ("id", "path", *AFTER)}
    return missing.with_columns(**before).with_columns(
        row=-1 - pl.int_range(pl.len()), identity=pl.lit(None, pl.String), outcome=pl.lit(LEFT),
        on_roll_until=pl.lit(on), returns=pl.lit(value=False),
    )  # fmt: skip


def find_absent_who_changed(rows: pl.DataFrame, on: date, found: Findings) -> None:
    found.ask("number", "absent_changed", pl.col("newest") >= on, value=pl.col("name"), other=pl.col("newest"))
    found.look_at(rows)
