"""How a cell is read: widths, spaces, quotes and date styles put right.

Afterwards a cell is null (blank: nothing is said), "" (said to be empty) or its value. What is wrong with it
is asked in `legible`.
"""

from datetime import date

import polars as pl

from wuli.base.clock import FOREVER

from .layout import Column, Layout

CLEARED = ("-", "—", "–", "/", "无", "無")
"""A cell that says "nothing": it empties what is on record. A blank cell leaves it as it is."""
UNUSUAL = r"[^!-~\p{Han}]|^['=]|\.0$|^(?:-|/|无|無)$"
"""Cells that need any of what is done below; most columns have none and are left alone."""
DAY_IN_PARTS = r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T?0?0:00(?::00(?:\.0+)?)?)?$"
EXCEL_DAY_ZERO = date(1899, 12, 30)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)


def read_cells(rows: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """`rows` (a line number and text columns) with every cell read and every column there.

    The days that texts mean stand beside them as `…_read`, until `with_days` puts them in their place.
    """
    columns = [
        tidied(rows[key], column) if key in rows.columns else _nothing(key, len(rows))
        for key, column in layout.columns.items()
    ]
    days = [_days(column) for column in columns if column.name in layout.days]
    return pl.DataFrame([rows["row"].cast(pl.Int64), *columns, *days])


def with_days(rows: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    days = layout.days
    return rows.select("row", *(pl.col(f"{key}_read").alias(key) if key in days else key for key in layout.columns))


def tidied(cells: pl.Series, column: Column) -> pl.Series:
    cells = _blank_to_null(cells.cast(pl.String))
    if cells.str.contains(UNUSUAL).any():
        cells = _blank_to_null(_squeezed(_unquoted(cells), column))
        cells = cells if column.needed else cells.replace(dict.fromkeys(CLEARED, ""))
    return cells


def _nothing(key: str, height: int) -> pl.Series:
    return pl.repeat(None, height, dtype=pl.String, eager=True).alias(key)


def _blank_to_null(cells: pl.Series) -> pl.Series:
    blank = cells == ""
    return cells.set(blank, None) if blank.any() else cells


def _unquoted(cells: pl.Series) -> pl.Series:
    """Without the apostrophe or the ="…" by which senders keep Excel from spoiling a number."""
    return cells.str.replace(r'^\s*="(.*)"\s*$', "$1").str.replace(r"^\s*'", "")


def _squeezed(cells: pl.Series, column: Column) -> pl.Series:
    if column.is_code:
        cells = cells.str.normalize("NFKC").str.replace_all(r"[\s\p{Cf}\p{Zs}]+", "")
        return cells.str.replace(r"^(\d+)\.0$", "$1")
    cells = cells.str.replace_all(r"\p{Cf}+", "").str.replace_all(r"[\s\p{Zs}]+", " ").str.strip_chars()
    for _overlapping in range(2):
        cells = cells.str.replace_all(r"(\p{Han}) (\p{Han})", "$1$2")
    return cells


def _days(cells: pl.Series) -> pl.Series:
    """The days that texts mean, each different text read once: 2020-02-03, 2020/2/3, 20200203, 43864, 2020年2月3日."""
    texts = cells.unique().drop_nulls()
    parts = texts.str.extract_groups(DAY_IN_PARTS).struct.unnest()
    read = pl.DataFrame({
        "text": texts,
        "dashed": parts.select(pl.concat_str(parts.columns, separator="-")).to_series(),
        "serial": texts.str.extract(r"^(\d{5})$").cast(pl.Int64),
    }).select(
        "text",
        day=pl.coalesce(
            pl.when(pl.col("text") == "").then(pl.lit(FOREVER)),
            pl.col("dashed").str.to_date("%Y-%m-%d", strict=False),
            pl.when(pl.col("text").str.len_chars() == 8).then(pl.col("text").str.to_date("%Y%m%d", strict=False)),
            pl.lit(EXCEL_DAY_ZERO) + pl.duration(days="serial"),
        ),
    )  # fmt: skip
    usual = read.filter(pl.col("day").is_between(FIRST_DAY, LAST_DAY) | (pl.col("day") == FOREVER))
    days = cells.to_frame("text").join(usual, on="text", how="left", maintain_order="left")
    return days["day"].alias(f"{cells.name}_read")
