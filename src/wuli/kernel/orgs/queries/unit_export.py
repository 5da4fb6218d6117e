"""The tree as lines of a file, read in pieces."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER

from ..models import Kind, Unit, User
from ..rules.duties import Perm
from ..rules.tree.columns import COLUMNS
from .scope import reach, units_where

PIECE = 2000
FIELDS = {
    "code": "code", "name": "name", "kind": "kind", "parent": "parent__code", "serves": "serves__code", "uscc": "uscc",
    "region": "region_id", "zone": "zone", "listed": "listed", "opened_on": "opened_on", "closed_on": "closed_on",
}  # fmt: skip


def exported(user: User, *, unit: Unit, on: date) -> QuerySet[Unit]:
    """The units at and below `unit` that `user` may see, parents before children."""
    return units_where(user, Perm.UNIT_VIEW).open(on).under(unit).order_by("path")


def rows(units: QuerySet[Unit], user: User) -> Iterator[list[Any]]:
    """One line of `COLUMNS` for each unit. A unit above or served that `user` may not see stays blank."""
    seen, fields = reach(user, Perm.UNIT_VIEW), [FIELDS[key] for key in COLUMNS]
    yes, no, labels = _("是"), _("否"), {kind.value: str(kind.label) for kind in Kind}
    for found in units.values_list(*fields, "parent__path", "serves__path").iterator(chunk_size=PIECE):
        *cells, above, served = found
        row = dict(zip(COLUMNS, cells, strict=True))
        row |= {"kind": labels[row["kind"]], "listed": yes if row["listed"] else no}
        row["parent"] = row["parent"] if above and seen.covers(above) else None
        row["serves"] = row["serves"] if served and seen.covers(served) else None
        row["closed_on"] = None if row["closed_on"] == FOREVER else row["closed_on"]
        yield list(row.values())
