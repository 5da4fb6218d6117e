"""Cells inside teams and workshops. An app above keeps the list; here only who is in one is asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, QuerySet

type Inside = Callable[[date], Exists]
"""Whether a row with `unit` and `post` (a person, an assignment) is in such a cell on that day."""

_inside: dict[str, Inside] = {}


def register(name: str, inside: Inside) -> None:
    _inside[name] = inside


def outside[Rows: QuerySet[Any]](rows: Rows, on: date) -> Rows:
    """Those of `rows`, people or assignments, whose unit has no cell inside for them that day."""
    for inside in _inside.values():
        rows = rows.filter(~inside(on))
    return rows
