"""Rows of one table written by one statement with one JSON parameter, however many they are.

For the busiest doors and for loads: the ORM takes several times longer to put such a statement together than the
database to carry it out, and a statement with a parameter for each value cannot be prepared once.
Constraints hold as always; defaults of the model, `save` and signals do not take part.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import batched
from typing import Any, cast

import msgspec
from django.db import connection
from django.db.models import Field, JSONField, Model

AT_ONCE = 5000
"""Rows in one statement: more would only take memory."""

type Row = Mapping[str, Any]
"""Values by column. Times are aware, JSON is as Python has it."""


def read(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement of our own finds, which stands ready because it is asked all the time."""
    if not statement.lstrip().lower().startswith("select"):
        raise ValueError("only what selects is read")
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cast(list[tuple[Any, ...]], cursor.fetchall())


def insert(model: type[Model], rows: Sequence[Row], *, by: str = "id") -> dict[Any, int]:
    """Insert `rows`, which all have the same columns; returns the new keys by the column `by`."""
    made: dict[Any, int] = {}
    for some in batched(rows, AT_ONCE, strict=False):
        statement, fields = _insert(model, tuple(some[0]), by, connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(statement, [_encoded(fields, some)])
            made.update(cursor.fetchall())
    return made


def create(made: Sequence[Model], *, by: str) -> None:
    """Keep new objects of one model, and give each its key; `by` is a column that is different in each."""
    if not made:
        return
    fields = [field for field in made[0]._meta.concrete_fields if not field.primary_key]
    keys = insert(
        type(made[0]), [{str(one.column): getattr(each, one.attname) for one in fields} for each in made], by=by
    )
    for each in made:
        each.pk = keys[getattr(each, by)]
        each._state.adding = False


def update(model: type[Model], rows: Sequence[Row]) -> int:
    """Give each row, named by its `id`, the values of its other columns; returns how many there were."""
    changed = 0
    for some in batched(rows, AT_ONCE, strict=False):
        statement, fields = _update(model, tuple(some[0]), connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(statement, [_encoded(fields, some)])
            changed += cursor.rowcount
    return changed


def encoded(rows: Sequence[Row]) -> str:
    """The parameter that `given` reads."""
    return msgspec.json.encode(rows).decode()


def given(vendor: str, **columns: str) -> str:
    """What stands in the place of a table in a statement: the rows of one JSON parameter, with columns of these types.

    Names are of the program, never of whoever uses it.
    """
    values = ", ".join(f"{_taken(name, kind, vendor)} as {name}" for name, kind in columns.items())
    return f"(select {values} from {_source(vendor)}) as given"


@cache
def _insert(model: type[Model], columns: tuple[str, ...], by: str, vendor: str) -> tuple[str, dict[str, Field]]:
    fields = _fields(model, columns)
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    values = ", ".join(_value(field, vendor) for field in fields.values())
    table = quote(model._meta.db_table)
    return f"insert into {table} ({names}) select {values} from {_source(vendor)} returning {quote(by)}, id", fields


@cache
def _update(model: type[Model], columns: tuple[str, ...], vendor: str) -> tuple[str, dict[str, Field]]:
    fields = _fields(model, columns)
    quote = connection.ops.quote_name
    values = {column: _value(field, vendor) for column, field in fields.items()}
    sets = ", ".join(f"{quote(column)} = {value}" for column, value in values.items() if column != "id")
    table = quote(model._meta.db_table)
    return f"update {table} set {sets} from {_source(vendor)} where {table}.id = {values['id']}", fields


def _fields(model: type[Model], columns: tuple[str, ...]) -> dict[str, Field]:
    known = {field.column: field for field in model._meta.concrete_fields}
    return {column: known[column] for column in columns}


def _source(vendor: str) -> str:
    return "json_each(%s) as given" if vendor == "sqlite" else "json_array_elements(%s::json) as given"


def _value(field: Field, vendor: str) -> str:
    return _taken(str(field.column), field.db_type(connection) or "text", vendor)


def _taken(name: str, kind: str, vendor: str) -> str:
    """What a column takes from its row. Texts are not cast: a cast to varchar(40) would cut them silently."""
    if vendor == "sqlite":
        return f"json_extract(given.value, '$.{name}')"
    value = f"given.value->>'{name}'"
    return value if "char" in kind or kind == "text" else f"({value})::{kind}"


def _encoded(fields: Mapping[str, Field], rows: Sequence[Row]) -> str:
    told = {column: isinstance(field, JSONField) for column, field in fields.items()}
    return msgspec.json.encode([
        {column: _json(value) if told[column] else _plain(value) for column, value in row.items()} for row in rows
    ]).decode()  # fmt: skip


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _plain(value: Any) -> Any:
    if not isinstance(value, date):
        return value
    return _moment(value, connection.vendor) if isinstance(value, datetime) else value.isoformat()


@lru_cache(maxsize=AT_ONCE)
def _moment(value: datetime, vendor: str) -> str:
    """As this kind of database keeps it. Many rows tell of one moment."""
    written = connection.ops.adapt_datetimefield_value(value)
    return written if isinstance(written, str) else value.isoformat()
