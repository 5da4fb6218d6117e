"""Many rows at once, the way each database takes them quickest. The one place that looks at the vendor.

SQLite: `executemany` in row order. PostgreSQL: COPY for new rows, pipelined statements for changed ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import polars as pl
from django.db import connection, models

MEMORY_IN_KB = 256 * 1024

type Table = type[models.Model]


def insert(table: Table, rows: pl.DataFrame, columns: Mapping[str, str]) -> None:
    """Insert `rows`; `columns` maps each column of the table to one of the frame."""
    if not len(rows):
        return
    name, into = table._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"copy {name} ({into}) from stdin") as copy:
                for row in _tuples(rows, columns.values()):
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            _each(cursor, f"insert into {name} ({into}) values ({marks})", _tuples(rows, columns.values()))


def insert_from(table: Table, source: Table, columns: Mapping[str, str], ids: pl.Series) -> None:
    """Insert into `table` what the rows `ids` of `source`, just inserted, say: they need not come back to Python.

    On SQLite nobody else writes, so that all between the first and the last of fresh ids are ours.
    """
    if not len(ids):
        return
    select = f"insert into {table._meta.db_table} ({', '.join(columns)}) select {', '.join(columns.values())}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            fresh = "join unnest(%s::bigint[]) as fresh (key) on key = id"
            cursor.execute(f"{select} from {source._meta.db_table} {fresh} order by id", [ids.to_list()])
        else:
            between = "where id between %s and %s order by id"
            ends: list[int] = [min(ids.to_list()), max(ids.to_list())]
            cursor.execute(f"{select} from {source._meta.db_table} {between}", ends)


def update(table: Table, rows: pl.DataFrame, columns: Mapping[str, str], *, where: Mapping[str, str]) -> None:
    """Set `columns` of the row that `where` picks out; both map columns of the table to columns of the frame."""
    if not len(rows):
        return
    sets = ", ".join(f"{column} = %s" for column in columns)
    picks = " and ".join(f"{column} = %s" for column in where)
    with connection.cursor() as cursor:
        _each(
            cursor,
            f"update {table._meta.db_table} set {sets} where {picks}",
            _tuples(rows, [*columns.values(), *where.values()]),
        )


def fresh_ids(table: Table, count: int) -> pl.Series:
    """Keys that no other transaction will use. Known beforehand, they spare reading the new rows again."""
    name = table._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)", [name, count]
            )
            return pl.Series([key for (key,) in cursor.fetchall()], dtype=pl.Int64)
        cursor.execute("select coalesce(max(seq), 0) from sqlite_sequence where name = %s", [name])
        last: int = cursor.fetchone()[0]
        return pl.int_range(last + 1, last + 1 + count, dtype=pl.Int64, eager=True)


@contextmanager
def much_in_memory(*, many: bool) -> Iterator[None]:
    """Let SQLite keep what it changes in memory: with its usual 2 MB it writes most pages many times over."""
    if connection.vendor != "sqlite" or not many:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("pragma cache_size")
        (usual,) = cursor.fetchone()
        cursor.execute(f"pragma cache_size = -{MEMORY_IN_KB}")
        try:
            yield
        finally:
            cursor.execute(f"pragma cache_size = {usual}")


@contextmanager
def indexes_built_afterwards(*tables: Table, many: bool) -> Iterator[None]:
    """Let SQLite sort each index once at the end when the rows to come outnumber those already there.

    That takes a third of the time of putting every row into every index, and is undone with the
    transaction like everything else. PostgreSQL would lock out readers meanwhile, so there nothing is done.
    """
    if connection.vendor != "sqlite" or not many:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select name, sql from sqlite_master where type = 'index' and sql is not null"
            f" and tbl_name in ({', '.join(['%s'] * len(tables))})",
            [table._meta.db_table for table in tables],
        )
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'drop index "{name}"')
        yield
        for _name, sql in indexes:
            cursor.execute(sql)


def _each(cursor: Any, statement: str, rows: Iterator[tuple[Any, ...]]) -> None:
    cursor.executemany(statement, rows)


def _tuples(rows: pl.DataFrame, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Row by row; days as ISO texts, which both databases take and which polars writes faster than Python."""
    named = rows.select(pl.col(column).alias(str(at)) for at, column in enumerate(columns))
    named = named.with_columns(pl.selectors.date().cast(pl.String))
    return zip(*[column.to_list() for column in named.iter_columns()], strict=True)
