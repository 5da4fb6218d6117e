"""What is wrong with a cell in itself, before anything is looked up.

Almost every cell is plainly good, which one expression a column tells; the questions are for the others.
"""

from typing import Any

import polars as pl

from .findings import Findings
from .layout import Layout
from .tidy import read_cells, with_days

SCIENTIFIC = r"^\d(\.\d+)?[Ee]\+\d+$"
FORMULA = "="
NUMBER = r"^[0-9A-Za-z\p{Han}._/-]+$"


def read(cells: pl.DataFrame, layout: Layout) -> tuple[list[dict[str, Any]], pl.DataFrame]:
    """`cells` line by line, and what is wrong with them in themselves: for tables that are compared line by line."""
    found, rows = Findings(), read_cells(cells, layout)
    for key in layout.columns:
        ask(key, layout, found)
    found.look_at(rows)
    return list(with_days(rows, layout).iter_rows(named=True)), found.frame()


def is_plain(key: str, layout: Layout) -> pl.Expr:
    """Cells about which there is nothing to ask; null where they are blank."""
    cell = pl.col(key)
    if key in layout.days:
        return cell.is_null() | pl.col(f"{key}_read").is_not_null()
    return (cell.str.len_chars() <= layout.columns[key].longest) & ~cell.str.starts_with(FORMULA)


def ask(key: str, layout: Layout, found: Findings, *, by_length: bool = True) -> None:
    cell, column = pl.col(key), layout.columns[key]
    formula = cell.str.starts_with(FORMULA)
    if column.needed:
        found.ask(key, "missing", cell.is_null())
    found.ask(key, "formula", formula)
    if column.is_day:
        found.ask(key, "bad_date", cell.ne("") & pl.col(f"{key}_read").is_null() & ~formula)
        return
    found.ask(key, "scientific", cell.str.contains(SCIENTIFIC))
    if by_length:
        found.ask(key, "too_long", (cell.str.len_chars() > column.longest) & ~formula)
