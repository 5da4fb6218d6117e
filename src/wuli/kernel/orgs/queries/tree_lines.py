"""What lines of a list of units would change, in words."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER

from ..models import Kind, Unit
from ..rules.tree.columns import COLUMNS
from ..rules.tree.drafts import SHOWN
from ..rules.tree.outcomes import OPENED
from .lines import Change, Line

if TYPE_CHECKING:
    import polars as pl

OF_NEW = ("kind", "parent", "serves", "uscc", "region", "zone", "listed", "opened_on")
UNITS = ("parent", "serves")


def lines(piece: "pl.DataFrame") -> list[Line]:
    """Units are shown by name, though a file names them by code; one that is new only by its code."""
    codes = {code for key in UNITS for had in ("", "had_") for code in piece[had + key].drop_nulls() if code}
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
    return [_line(row, names) for row in piece.iter_rows(named=True)]


def _line(row: dict[str, Any], names: dict[str, str]) -> Line:
    keys = [key for key in OF_NEW if row[key]] if row["outcome"] == OPENED else SHOWN
    changes = [
        Change(str(COLUMNS[key].title), _said(key, row.get(f"had_{key}"), names), _said(key, row[key], names))
        for key in keys
        if row[key] != row.get(f"had_{key}")
    ]
    return Line(row["row"], row["code"], row["name"], [change for change in changes if change.before or change.after])


def _said(key: str, value: Any, names: dict[str, str]) -> str:
    if value is None or value == "" or value == FOREVER:
        return ""
    if key == "kind":
        return str(Kind(value).label)
    if key == "listed":
        return _("是") if value else _("否")
    return f"{names.get(value, '')} {value}".strip() if key in UNITS else str(value)
