"""How the cells of a roster are read, beyond what holds for every table."""

import polars as pl

from ..sheets.findings import Findings
from ..sheets.tidy import read_cells, with_days
from .layout import ROSTER
from .legible import find_illegible


def tidied(rows: pl.DataFrame, found: Findings) -> pl.DataFrame:
    """`rows` (a line number and text columns) with every cell read and every column there."""
    tidy = read_cells(rows, ROSTER)
    tidy = tidy.with_columns(_phones(tidy["phone"]), tidy["identity"].str.to_uppercase())
    find_illegible(tidy, found)
    return with_days(tidy, ROSTER)


def _phones(phones: pl.Series) -> pl.Series:
    if phones.str.contains(r"[-()+]|^00").any():
        return phones.str.replace_all(r"[-()]", "").str.replace(r"^(\+|00)86(1\d{10})$", "$2")
    return phones
