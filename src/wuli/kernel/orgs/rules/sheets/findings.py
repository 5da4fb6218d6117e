"""What is found about single cells, while whole columns are looked at."""

from dataclasses import dataclass
from datetime import date

import polars as pl

SCHEMA = {"row": pl.Int64, "column": pl.String, "code": pl.String, "value": pl.String, "other": pl.String}
LONGEST_VALUE = 60

type Text = pl.Expr | str | date


@dataclass(frozen=True)
class Question:
    where: pl.Expr
    column: str
    code: str
    value: Text | None
    other: Text


class Findings:
    """Questions about cells are gathered, then answered for all rows in one pass; almost all have no for an answer."""

    def __init__(self) -> None:
        self._asked: list[Question] = []
        self._found = [pl.DataFrame(schema=SCHEMA)]

    def ask(self, column: str, code: str, where: pl.Expr, *, value: Text | None = None, other: Text = "") -> None:
        """Note `code` for `column` in the rows `where`; `value` is the cell itself unless given."""
        self._asked.append(Question(where, column, code, value, other))

    def look_at(self, rows: pl.DataFrame) -> None:
        asked, self._asked = self._asked, []
        hits = rows.select(question.where.any().alias(str(at)) for at, question in enumerate(asked)).row(0)
        for question, hit in zip(asked, hits, strict=True):
            if hit:
                self._found.append(_lines(rows.filter(question.where), question))

    def frame(self) -> pl.DataFrame:
        return pl.concat(self._found)


type Flaws = list[tuple[int, str, str, object, object]]
"""Found one by one: line, column, code, value, and what else the sentence says."""


def frame_of(flaws: Flaws) -> pl.DataFrame:
    texts = [(row, column, code, str(value)[:LONGEST_VALUE], str(other)) for row, column, code, value, other in flaws]
    return pl.DataFrame(texts, schema=SCHEMA, orient="row").unique(maintain_order=True)


def _lines(rows: pl.DataFrame, question: Question) -> pl.DataFrame:
    value = pl.col(question.column) if question.value is None else question.value
    return rows.select(
        "row",
        column=pl.lit(question.column),
        code=pl.lit(question.code),
        value=_text(value).str.slice(0, LONGEST_VALUE),
        other=_text(question.other),
    )


def _text(text: Text) -> pl.Expr:
    return (text if isinstance(text, pl.Expr) else pl.lit(text)).cast(pl.String).fill_null("")
