"""Numbers of registers that are asked with every answer filed: the statement is put together once a day.

Putting one together takes ten times as long as carrying it out. Only the path differs between units, and that is not
taken for granted: the statement is put together for two paths, and used again if nothing else in it differs.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Value

from wuli.base.clock import today
from wuli.base.rows import read
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models.unit import PAST_THE_LAST, STEP

from ..rules.metrics import Metric
from .evidence.placing import line_of
from .numbers import aggregate_of, is_told, rows, value

type Statement = tuple[str, tuple[Any, ...]]
PATH, END = object(), object()
"""Where the path of the part, and the end of its range, go among the parameters."""
KEPT = 500

_statements: dict[tuple[Any, ...], Statement | None] = {}


def count(metric: Metric, part: Part) -> int:
    """What `value` tells of a metric that counts whole things; 0 where it cannot be told."""
    statement = None if part.without or not is_told(metric, part.path, part.on) else _statement(metric, part)
    if statement is None:
        return int(value(metric, part) or 0)
    sql, places = statement
    ends = {PATH: part.path, END: part.path + PAST_THE_LAST}
    found = read(sql, [ends.get(place, place) for place in places])
    return int(found[0][0] or 0) if found else 0


def _statement(metric: Metric, part: Part) -> Statement | None:
    key = (metric.code, metric.rows, part.on, today(), line_of(part.path), connection.vendor)
    if key not in _statements:
        if len(_statements) > KEPT:
            _statements.clear()
        _statements[key] = _put_together(metric, part.path, part.on)
    return _statements[key]


def _put_together(metric: Metric, path: str, on: date) -> Statement | None:
    """None where more than the path differs, so that the statement of one unit would count wrongly for another."""
    other = path[:STEP] + "~"
    (sql, params), (same, others) = (_compiled(metric, Part(each, on)) for each in (path, other))
    places = tuple(_place(one, path) for one in params)
    if sql != same or places != tuple(_place(one, other) for one in others):
        return None
    return sql, places


def _place(param: Any, path: str) -> Any:
    return PATH if param == path else END if param == path + PAST_THE_LAST else param


def _compiled(metric: Metric, part: Part) -> tuple[str, tuple[Any, ...]]:
    found = rows(metric, part).order_by().annotate(all=Value(1)).values("all").annotate(n=aggregate_of(metric))
    sql, params = found.values_list("n").query.sql_with_params()
    return sql, tuple(params)
