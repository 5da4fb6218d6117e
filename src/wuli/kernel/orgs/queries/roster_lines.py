"""What lines of a roster would change, in words; personal values masked."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import FOREVER
from wuli.base.masking import mask_phone

from ..models import Unit
from ..rules.roster.columns import COLUMNS
from ..rules.roster.outcomes import JOINED, LEFT
from .lines import Change, Line

if TYPE_CHECKING:
    import polars as pl

LABELS = {"unit_id": lazy("班组"), "employer_id": lazy("用工单位"), "branch_id": lazy("党支部")}
"""Units are shown by name, though a file names them by code."""
COLUMN_OF = {
    "name": "name", "phone": "phone", "identity_hash": "identity", "unit_id": "team", "employer_id": "employer",
    "outside_employer": "outside_employer", "process_step": "process_step", "post": "post", "branch_id": "branch",
    "on_roll_from": "on_roll_from", "on_roll_until": "on_roll_until",
}  # fmt: skip
"""The column that tells of each thing a roster can change, in the order in which they are shown."""
UNITS = ("unit_id", "employer_id", "branch_id")
OF_NEWCOMERS = ("unit_id", "process_step", "post", "outside_employer", "on_roll_from")


def lines(piece: "pl.DataFrame") -> list[Line]:
    names = unit_names(piece)
    return [_line(row, names) for row in piece.iter_rows(named=True)]


def _line(row: dict[str, Any], names: dict[int, str]) -> Line:
    newcomer = row["outcome"] == JOINED and row["had_id"] is None
    keys = OF_NEWCOMERS if newcomer else ("on_roll_until",) if row["outcome"] == LEFT else tuple(COLUMN_OF)
    changes = [_change(key, row, names) for key in keys if row[key] != row[f"had_{key}"]]
    changes = [change for change in changes if change.before or change.after]
    return Line(row["row"] if row["row"] > 0 else None, row["number"], row["name"], changes)


def _change(key: str, row: dict[str, Any], names: dict[int, str]) -> Change:
    label = LABELS.get(key) or COLUMNS[COLUMN_OF[key]].title
    return Change(str(label), said(key, row[f"had_{key}"], names), said(key, row[key], names))


def said(key: str, value: Any, names: dict[int, str]) -> str:
    """A value as it may be shown to anyone who may see the person: units by name, personal values masked."""
    if value is None or value == FOREVER:
        return ""
    if key in UNITS:
        return names.get(value, "")
    if key == "phone":
        return mask_phone(value)
    return "***" if key == "identity_hash" and value else str(value)


def unit_names(piece: "pl.DataFrame") -> dict[int, str]:
    """Names of all units that these rows speak of, before or after."""
    keys = {key for column in UNITS for had in ("", "had_") for key in piece[had + column].drop_nulls()}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
