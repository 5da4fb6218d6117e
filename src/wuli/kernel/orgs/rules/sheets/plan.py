from dataclasses import dataclass
from datetime import date
from typing import Self

import polars as pl

from .layout import REFUSED, Layout


@dataclass(frozen=True)
class Plan:
    """What a file would do from a day on: `rows` with their outcomes, and what was found about cells."""

    layout: Layout
    on: date
    rows: pl.DataFrame
    findings: pl.DataFrame

    @classmethod
    def of(cls, layout: Layout, on: date, rows: pl.DataFrame, findings: pl.DataFrame) -> Self:
        """Refuse the rows with problems, and keep notices only of rows that pass."""
        is_problem = pl.col("code").is_in(list(layout.refusing))
        bad = findings.filter(is_problem)["row"].unique().implode()
        findings = findings.filter(is_problem | ~pl.col("row").is_in(bad))
        outcome = pl.when(pl.col("row").is_in(bad)).then(pl.lit(REFUSED)).otherwise(pl.col("outcome"))
        return cls(layout, on, rows.with_columns(outcome=outcome), findings.sort("row", "column", "code"))

    @property
    def effective(self) -> pl.DataFrame:
        """The rows that write something."""
        return self.rows.filter(pl.col("outcome").is_in(self.layout.effects))

    @property
    def problems(self) -> pl.DataFrame:
        return self.findings.filter(pl.col("code").is_in(list(self.layout.refusing)))

    def counts(self) -> dict[str, int]:
        """How many lines there are, what becomes of them, and how many carry which notice."""
        counted = dict(self.rows.group_by("outcome").len().iter_rows())
        notices = self.findings.filter(pl.col("code").is_in(list(self.layout.notices)))
        noticed = notices.group_by("code").agg(pl.col("row").n_unique()).sort("code")
        counts = {one: counted.get(one, 0) for one in self.layout.outcomes}
        return {"rows": len(self.rows), **counts, **dict(noticed.iter_rows())}
