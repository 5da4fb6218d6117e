from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

type Build[M] = Callable[[tuple[Any, ...]], M]


class Prepared[M: Model]:
    """A question for one row by its key that every request asks, turned into SQL once for each connection.

    With three joined tables that takes Django several times as long as asking does. The row becomes the same
    objects that the queryset gives; a test compares them.
    """

    def __init__(self, queryset: Callable[[], QuerySet[M]]) -> None:
        self.queryset = queryset

    def get(self, pk: int) -> M | None:
        connection = connections[DEFAULT_DB_ALIAS]
        known: dict[Prepared[Any], tuple[str, Build[Any]]] = vars(connection).setdefault("prepared_queries", {})
        if self not in known:
            known[self] = _prepare(self.queryset(), connection)
        sql, build = known[self]
        with connection.cursor() as cursor:
            cursor.execute(sql, [pk])
            row = cursor.fetchone()
        return build(row) if row else None


def _prepare[M: Model](queryset: QuerySet[M], connection: Any) -> tuple[str, Build[M]]:
    compiler: Any = queryset.filter(pk=0).order_by().query.get_compiler(connection=connection)
    sql, _key = compiler.as_sql()
    select, shape, alias = compiler.select, compiler.klass_info, connection.alias
    converters = compiler.get_converters([column for column, _sql, _name in select])
    related = get_related_populators(shape, select, alias, queryset._fetch_mode)  # type: ignore[attr-defined]
    own = shape["select_fields"]
    names = [select[place][0].target.attname for place in own]

    def build(row: tuple[Any, ...]) -> M:
        (values,) = compiler.apply_converters([row], converters)
        made: M = queryset.model.from_db(alias, names, [values[place] for place in own])
        for part in related:
            part.populate(values, made)
        return made

    return sql, build
