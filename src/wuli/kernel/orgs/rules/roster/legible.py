"""What is wrong with a cell of a roster in itself, before anything is looked up."""

import polars as pl

from wuli.base.codes import IDENTITY_CHECKS, IDENTITY_WEIGHTS

from ..sheets.findings import Findings
from ..sheets.legible import FORMULA, NUMBER, SCIENTIFIC, ask, is_plain
from .layout import ROSTER

IN_DIGITS = r"^\d{17}.$"
PHONE = r"^(1[3-9]\d{9}|0\d{9,11}|\+\d{6,15})?$"
ROUNDED = "000"
"""How an identity number ends that was once a number of Excel, which keeps 15 digits. A true one may end so too."""


def find_illegible(rows: pl.DataFrame, found: Findings) -> None:
    doubtful = rows.filter(~pl.all_horizontal(_is_plain(key) for key in ROSTER.columns))
    for key in ROSTER.columns:
        ask(key, ROSTER, found, by_length=key != "identity")
    _ask_about_numbers(found)
    _ask_about_phones(found)
    _ask_about_identities(found)
    found.look_at(doubtful.with_columns(is_checked=_is_checked(), has_birthday=_has_birthday()))


def _is_plain(key: str) -> pl.Expr:
    cell, plain = pl.col(key), is_plain(key, ROSTER)
    if key == "number":
        plain &= cell.str.contains(NUMBER)
    elif key == "phone":
        plain &= cell.str.contains(PHONE)
    elif key == "identity":
        plain &= cell.eq("") | (_is_checked() & _has_birthday() & ~cell.str.ends_with(ROUNDED))
    elif key not in ROSTER.days and ROSTER.columns[key].longest == ROSTER.columns["number"].longest:
        plain &= ~cell.str.contains("+", literal=True)
    return plain.fill_null(value=key not in ROSTER.needed)


def _ask_about_numbers(found: Findings) -> None:
    number = pl.col("number")
    known = number.str.starts_with(FORMULA) | number.str.contains(SCIENTIFIC)
    found.ask("number", "bad_number", ~number.str.contains(NUMBER) & ~known)


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
