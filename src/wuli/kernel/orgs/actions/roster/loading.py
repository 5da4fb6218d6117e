"""A roster given as rows, without a file."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from ...models import Unit, User
from ...rules.roster.layout import ROSTER
from ...rules.sheets.plan import Plan
from .. import units
from . import telling
from .applying import apply
from .checking import plan

COLUMNS = tuple(ROSTER.columns)


@transaction.atomic
def load(
    rows: pl.DataFrame | Sequence[Mapping[str, Any]],
    *,
    unit: Unit,
    on: date,
    by: User | None,
    at: datetime,
    whole: bool = False,
) -> dict[str, int]:
    """Put `rows` on the roll below `unit` from the day `on`: the same check and writing as of a file.

    Columns (see COLUMNS; all texts, dates may be dates; a missing column or null leaves the value as it is,
    "-" empties it):

    - `number`*, `name`*, `team`*: the number that is unique in the group, the name, the code of the team
    - `employer`: code of the legal employer; without it the nearest enterprise, segment or group above the team
    - `outside_employer`: name of the contractor's company, then without `employer`
    - `post`, `process_step`: names; made at the team if it has none such
    - `branch`: code of the Party branch
    - `phone`, `identity`
    - `on_roll_from` (without it `on`), `on_roll_until` (first day away)

    With `whole`, people below `unit` who are not among `rows` leave on that day. Returns how many rows were
    read, joined, moved, changed, left, unchanged and refused, with the number of each kind of notice.
    All or nothing: raises Refused, naming the first cell at fault.
    """
    frame = rows if isinstance(rows, pl.DataFrame) else pl.DataFrame(list(rows), infer_schema_length=None)
    units.lock_tree()
    made = plan(frame.with_columns(row=pl.int_range(1, pl.len() + 1)), unit=unit, on=on, whole=whole)
    counts = made.counts()
    if counts["refused"]:
        raise Refused(_first_problem(made), code="rows")
    apply(made, by=by, at=at)
    telling.tell_import(made, unit, by=by, at=at)
    return counts


def _first_problem(made: Plan) -> str:
    row = made.problems.row(0, named=True)
    return _("第 %(row)d 行 %(column)s：%(reason)s") % {
        "row": row["row"], "column": ROSTER.columns[row["column"]].title,
        "reason": ROSTER.sentence(row["code"], row["value"], row["other"]),
    }  # fmt: skip
