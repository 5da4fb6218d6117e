"""Constraints on what may be done to rows, not on what they hold: the database refuses, whoever asks."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement, Table

SQLITE = """
create trigger {name} before {against} on %(table)s when {when}
begin select raise(abort, 'refused by {name}'); end"""

POSTGRESQL = """
create or replace function {name}() returns trigger language plpgsql as $guard$
begin raise exception 'refused by {name}' using errcode = 'integrity_constraint_violation'; end $guard$;
create trigger {name} before {against} on %(table)s for each {each} when ({when}) execute function {name}()"""

EMPTYING = "truncate"
"""SQLite has no such statement: there it is a deletion of every row."""


class Guard(models.BaseConstraint):
    """Refuses `against` (update, delete, truncate) of rows, or of their columns `of`, for which `when` holds.

    A trigger, made and removed like a constraint, so that it survives SQLite's way of altering a table (a new
    table under the old name). `when` is a condition over `old`, one text or one for each kind of database. It
    must not name other tables: SQLite could not alter those any more.
    """

    def __init__(
        self, *, name: str, against: str, of: Sequence[str] = (), when: str | dict[str, str] = "true", **shared: Any
    ) -> None:
        super().__init__(name=name, **shared)
        self.against, self.of, self.when = against, tuple(of), when

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        vendor = schema_editor.connection.vendor
        if vendor == "sqlite" and self.against == EMPTYING:
            return None
        template = (SQLITE if vendor == "sqlite" else POSTGRESQL).format(
            name=self.name,
            against=self.against + (f" of {', '.join(self.of)}" if self.of else ""),
            when=self.when if isinstance(self.when, str) else self.when[vendor],
            each="statement" if self.against == EMPTYING else "row",
        )
        return Statement(template, table=Table(model._meta.db_table, schema_editor.quote_name))

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Nothing inside the table's definition: the trigger follows once the table is there."""
        if statement := self.create_sql(model, schema_editor):
            schema_editor.deferred_sql.append(statement)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        vendor = schema_editor.connection.vendor
        template = f"drop trigger if exists {self.name}"
        if vendor == "postgresql":
            template += f" on %(table)s; drop function if exists {self.name}()"
        return Statement(template, table=Table(model._meta.db_table, schema_editor.quote_name))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """What a row holds is never at fault."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"against": self.against, "of": self.of, "when": self.when}
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Guard) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)
