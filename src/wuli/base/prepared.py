"""Questions that pages ask all the time: put together once, then only asked.

Django takes ten times as long to put a statement together as the database takes to carry it out. A prepared question
is put together for stand-ins, and the statement serves all values of the same shape: the same types, texts as long.

That nothing but the given values differs is not taken for granted. The question is put together for two sets of
stand-ins; whatever differs between the two must be a given value, or a given text with something before or behind it.
"""

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

from .clock import today

KEPT = 300
"""Shapes of one question, above which they are all put together anew."""
OF_ITS_OWN = 0xE000
"""Where the signs begin that no text in use has."""

VALUES = (int, str, date, datetime)

type Change = Callable[[Any], Any]


class Prepared[T]:
    """Ask it by calling it, with values by name. Values are whole numbers, texts, dates, moments, tuples of these, and
    whatever has `rebuilt`; all others, like None, are part of the shape.

    The queryset must follow from the values alone, and from today: a clock read while it is put together would be
    asked for ever. It must not choose by a value, since it sees stand-ins. Raises ValueError for a queryset in which
    something else differs, TypeError for a row as a value and for what gives neither rows nor lists of values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]]) -> None:
        self.build = build
        self.__doc__ = build.__doc__

    def __call__(self, **given: Any) -> list[T]:
        values: list[Any] = []
        shape = tuple(given), _walked(tuple(given.values()), partial(_noted, values))
        statement = self._statement(shape, given)
        return statement.ask(values) if statement else []

    def first(self, **given: Any) -> T | None:
        return next(iter(self(**given)), None)

    def _statement(self, shape: Hashable, given: dict[str, Any]) -> "Statement[T] | None":
        here = vars(connections[DEFAULT_DB_ALIAS])
        known: dict[Any, Statement[T] | None] = here.setdefault("prepared", {}).setdefault(self, {})
        key = (shape, today())
        if key not in known:
            if len(known) > KEPT:
                known.clear()
            known[key] = self._put_together(given)
        return known[key]

    def _put_together(self, given: dict[str, Any]) -> "Statement[T] | None":
        """None for what can have no rows."""
        first, second = (self._compiled(given, number) for number in (1, 2))
        if first is None or second is None:
            return None
        if first.sql != second.sql or first.places != second.places:
            raise ValueError(f"more than its values differs in {self.build.__module__}.{self.build.__qualname__}")
        return first

    def _compiled(self, given: dict[str, Any], number: int) -> "Statement[T] | None":
        stand_ins = _StandIns(number)
        queryset = self.build(**{name: _walked(value, stand_ins.instead_of) for name, value in given.items()})
        if queryset._iterable_class not in MAKERS or queryset._fetch_mode.track_peers:  # type: ignore[attr-defined]
            raise TypeError(f"only rows and lists of values are made of {self.build.__qualname__}")
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        with suppress(EmptyResultSet):
            sql, params = compiler.as_sql()
            return Statement(queryset, compiler, sql, tuple(map(stand_ins.place_of, params)))
        return None


@dataclass(frozen=True)
class Place:
    """Where a value goes among the parameters: which of them, and what stands before and behind it."""

    number: int
    before: str = ""
    behind: str = ""

    def filled(self, values: list[Any]) -> Any:
        value = values[self.number]
        return f"{self.before}{value}{self.behind}" if self.before or self.behind else value


@dataclass(frozen=True)
class Statement[T]:
    queryset: Any
    compiler: Any
    sql: str
    places: tuple[Any, ...]

    def ask(self, values: list[Any]) -> list[T]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [one.filled(values) if isinstance(one, Place) else one for one in self.places])
            rows = cursor.fetchall()
        return self._made(rows) if rows else []

    def _made(self, rows: list[tuple[Any, ...]]) -> list[T]:
        """What the queryset makes of its rows, with what it fetches beside them."""
        made: list[T] = MAKERS[self.queryset._iterable_class](self, rows)
        if self.queryset._prefetch_related_lookups:
            prefetch_related_objects(cast(list[Any], made), *self.queryset._prefetch_related_lookups)
        return made

    @cached_property
    def _parts(self) -> tuple[Any, ...]:
        """How a row becomes objects: found out once, since it takes longer than making them."""
        select, shape, asked = self.compiler.select, self.compiler.klass_info, self.queryset
        converters = self.compiler.get_converters([column for column, _sql, _name in select])
        related = get_related_populators(shape, select, asked.db, asked._fetch_mode)
        own = slice(shape["select_fields"][0], shape["select_fields"][-1] + 1)
        names = [column.target.attname for column, _sql, _name in select[own]]
        return converters, related, own, names, tuple(self.compiler.annotation_col_map.items())

    def objects(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        converters, related, own, names, annotations = self._parts
        make, mode, made = self.queryset.model.from_db, self.queryset._fetch_mode, []
        for row in self.compiler.apply_converters(rows, converters) if converters else rows:
            one = make(self.queryset.db, names, row[own], fetch_mode=mode)
            for part in related:
                part.populate(row, one)
            for name, place in annotations:
                setattr(one, name, row[place])
            made.append(one)
        return made

    def tuples(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        return list(self.compiler.results_iter([rows], tuple_expected=True))

    def singles(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        return [value for (value,) in self.tuples(rows)]


MAKERS: dict[Any, Callable[[Statement[Any], list[tuple[Any, ...]]], list[Any]]] = {
    ModelIterable: Statement.objects, ValuesListIterable: Statement.tuples, FlatValuesListIterable: Statement.singles,
}  # fmt: skip


class _StandIns:
    """Values that occur nowhere else, each once."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.made: list[Any] = []

    def instead_of(self, value: Any) -> Any:
        stand_in = _like(value, self.number * 501 + len(self.made))
        self.made.append(stand_in)
        return stand_in

    def place_of(self, param: Any) -> Any:
        for number, stand_in in enumerate(self.made):
            if isinstance(stand_in, str):
                if isinstance(param, str) and stand_in in param:
                    before, _found, behind = param.partition(stand_in)
                    return Place(number, before, behind)
            elif type(param) is type(told := _told(stand_in)) and param == told:
                return Place(number)
        return param


def _like(value: Any, number: int) -> Any:
    if isinstance(value, str):
        return chr(OF_ITS_OWN + number) * len(value)
    if isinstance(value, datetime):
        return datetime(4000, 1, 1, tzinfo=UTC) + timedelta(days=number)
    if isinstance(value, date):
        return date(3000, 1, 1) + timedelta(days=number)
    return 1_000_000_000 + number


def _walked(value: Any, change: Change) -> Any:
    """The same with every value in it changed; what is no value stays."""
    if type(value) in VALUES:
        return change(value) if value != "" else value
    if isinstance(value, tuple):
        return tuple(_walked(one, change) for one in value)
    if isinstance(value, Model):
        raise TypeError(f"give its key instead of {value!r}")
    return value.rebuilt(change) if hasattr(value, "rebuilt") else value


def _noted(values: list[Any], value: Any) -> Hashable:
    values.append(_told(value))
    return type(value), len(value) if isinstance(value, str) else 0


def _told(value: Any) -> Any:
    """As the database is given it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
