"""Everything that a file may be about: how its table looks, and who checks, shows and writes what its lines say.

Each app registers its own kinds of tables; pages, worker, retries and clearing up are the same for all.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from ..models import FileImport
from .sheets.layout import Layout

if TYPE_CHECKING:
    import polars as pl

    from .sheets.plan import Plan


@dataclass(frozen=True)
class Way:
    """How a table is checked and written; `write` runs inside the transaction that ends the import."""

    plan: "Callable[[FileImport, pl.DataFrame], Plan]"
    """What its cells would change, as things are now. Raises Refused for a file that can do nothing at all."""
    write: "Callable[[FileImport, Plan, datetime], None]"


@dataclass(frozen=True)
class Table:
    """Something that a file may be about.

    `way` and `lines` load polars with what they call, which no web process needs before a file is looked at.
    """

    layout: Layout
    title: str | Promise
    """Of the page from which imports are reached, whose address `home` names."""
    home: str
    active: str
    """The entry of the rail."""
    doors: str
    """How the names of its own addresses begin, such as "orgs:roster"."""
    way: Callable[[], Way]
    lines: "Callable[[pl.DataFrame], list[Any]]"
    """What lines of a checked file would change, in words: `queries.lines.Line`."""
    look: Callable[[FileImport], str]
    """Where to see what came of it."""
    changing: Collection[str] = ()
    """Verbs of the events, beside those of tree and roll, that change what a check has looked at."""


_tables: dict[str, Table] = {}


def register(about: str, table: Table) -> None:
    _tables[about] = table


def tables() -> list[str]:
    return list(_tables)


def table_of(about: str) -> Table:
    return _tables[about]


def layout_of(about: str) -> Layout:
    return _tables[about].layout
