"""What is wrong with a cell in itself, before anything is looked up.

Almost every cell is plainly good, which one expression a column tells; the questions are for the others.
"""

import polars as pl

from wuli.base.codes import IDENTITY_CHECKS, IDENTITY_WEIGHTS

from .columns import COLUMNS, DATES, NEEDED
from .findings import Findings

SCIENTIFIC = r"^\d(\.\d+)?[Ee]\+\d+$"
FORMULA = "="
IN_DIGITS = r"^\d{17}.$"
PHONE = r"^(1[3-9]\d{9}|0\d{9,11}|\+\d{6,15})?$"
NUMBER = r"^[0-9A-Za-z\p{Han}._/-]+$"
ROUNDED = "000"
"""How an identity number ends that was once a number of Excel, which keeps 15 digits. A true one may end so too."""


def find_illegible(rows: pl.DataFrame, found: Findings) -> None:
    doubtful = rows.filter(~pl.all_horizontal(_is_plain(key) for key in COLUMNS))
    for key in COLUMNS:
        _ask(key, found)
    _ask_about_phones(found)
    _ask_about_identities(found)
    found.look_at(doubtful.with_columns(is_checked=_is_checked(), has_birthday=_has_birthday()))


def _is_plain(key: str) -> pl.Expr:
    """Cells about which there is nothing to ask."""
    cell = pl.col(key)
    if key in DATES:
        return (cell.is_null() | pl.col(f"{key}_read").is_not_null()).fill_null(value=True)
    short = (cell.str.len_chars() <= COLUMNS[key].longest) & ~cell.str.starts_with(FORMULA)
    if key == "number":
        short &= cell.str.contains(NUMBER)
    elif key == "phone":
        short &= cell.str.contains(PHONE)
    elif key == "identity":
        short &= cell.eq("") | (_is_checked() & _has_birthday() & ~cell.str.ends_with(ROUNDED))
    elif COLUMNS[key].longest == COLUMNS["number"].longest:
        short &= ~cell.str.contains("+", literal=True)
    return short.fill_null(value=key not in NEEDED)


def _ask(key: str, found: Findings) -> None:
    cell, column = pl.col(key), COLUMNS[key]
    formula, scientific = cell.str.starts_with(FORMULA), cell.str.contains(SCIENTIFIC)
    if column.needed:
        found.ask(key, "missing", cell.is_null())
    found.ask(key, "formula", formula)
    if key in DATES:
        found.ask(key, "bad_date", cell.ne("") & pl.col(f"{key}_read").is_null() & ~formula)
        return
    found.ask(key, "scientific", scientific)
    if key != "identity":
        found.ask(key, "too_long", (cell.str.len_chars() > column.longest) & ~formula)
    if key == "number":
        found.ask(key, "bad_number", ~cell.str.contains(NUMBER) & ~formula & ~scientific)


def _ask_about_phones(found: Findings) -> None:
    phone = pl.col("phone")
    masked = phone.str.contains("*", literal=True)
    known = masked | phone.str.contains(SCIENTIFIC) | phone.str.starts_with(FORMULA) | (phone.str.len_chars() > 20)
    found.ask("phone", "masked", masked)
    found.ask("phone", "bad_phone", ~phone.str.contains(PHONE) & ~known)


def _ask_about_identities(found: Findings) -> None:
    """The sentences do not repeat the number: they are shown on a screen, and kept beside the file."""
    identity, checked, birthday = pl.col("identity"), pl.col("is_checked"), pl.col("has_birthday")
    length, in_digits = identity.str.len_chars(), identity.str.contains(IN_DIGITS)
    masked = identity.str.contains("*", literal=True)
    written = identity.ne("") & ~masked & ~identity.str.contains(SCIENTIFIC) & ~identity.str.starts_with(FORMULA)
    rounded = written & in_digits & identity.str.ends_with(ROUNDED)
    spoilt = rounded & (rounded & ~checked).any()  # then one whose check digit is right by chance is no better
    found.ask("identity", "masked", masked, value="***")
    found.ask("identity", "identity_length", written & (length != 18), value=length)
    found.ask("identity", "identity_digits", written & (length == 18) & ~in_digits, value="")
    found.ask("identity", "scientific", spoilt, value=f"…{ROUNDED}")
    found.ask("identity", "identity_birthday", written & in_digits & ~spoilt & ~birthday, value="")
    found.ask("identity", "identity_check", written & in_digits & ~spoilt & birthday & ~checked, value="")


def _has_birthday() -> pl.Expr:
    day = pl.col("identity").str.slice(6, 8)
    return day.str.to_date("%Y%m%d", strict=False).is_not_null().fill_null(value=False)


def _is_checked() -> pl.Expr:
    """The check digit (GB 11643-1999) of a whole column: four digits at a time, whose weighted sums are looked up."""
    identity = pl.col("identity")
    parts = {start: identity.str.slice(start, 4 if start < 16 else 1) for start in WEIGHTED}
    sums = [pl.lit(WEIGHTED[start]).gather(part.cast(pl.UInt32, strict=False)) for start, part in parts.items()]
    expected = pl.lit(CHECKS).gather(pl.sum_horizontal(sums, ignore_nulls=False) % 11)
    return (expected == identity.str.slice(17)).fill_null(value=False)


def _weighted(start: int) -> pl.Series:
    """For each four digits their sum with the weights that begin at `start`."""
    weights = IDENTITY_WEIGHTS[start : start + 4]
    numbers = (f"{number:0{len(weights)}}" for number in range(10 ** len(weights)))
    sums = (sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) for digits in numbers)
    return pl.Series(sums, dtype=pl.Int32)


WEIGHTED = {start: _weighted(start) for start in (0, 4, 8, 12, 16)}
CHECKS = pl.Series(list(IDENTITY_CHECKS))
