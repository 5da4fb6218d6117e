"""Roster files on their way in: whose they are, how far they are, what they would change.

Polars is loaded where a preview is read, not with the module: it would slow the start of every web process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import FOREVER
from wuli.base.masking import mask_phone
from wuli.kernel.journal.models import Event

from ..models import RosterImport, Unit, User
from ..rules.roster.columns import COLUMNS
from ..rules.roster.outcomes import JOINED, LEFT
from ..rules.roster.problems import PROBLEMS, sentence
from ..rules.verbs import PERSON, ROSTER, UNIT

if TYPE_CHECKING:
    import polars as pl

UPLOAD, SENT, ROWS, FINDINGS = "upload", "sent.arrow", "rows.arrow", "findings.arrow"
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

CHANGING = [name for group in (PERSON, ROSTER, UNIT) for name, verb in group.verbs.items() if not verb.looks]

Status = RosterImport.Status
UNDER_WAY = (Status.CHECKING, Status.APPLYING)


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One line of the file, or someone it does not name (`row` is None), and what it would change."""

    row: int | None
    number: str
    name: str
    changes: list[Change]


@dataclass(frozen=True)
class Flaw:
    """One cell with a problem or a notice."""

    row: int | None
    label: str
    reason: str


@dataclass(frozen=True)
class Piece[T]:
    """Some lines of many; `next` and `previous` are offsets for the address, "" where there is nothing more."""

    rows: list[T]
    next: str = ""
    previous: str = ""

    @property
    def is_first(self) -> bool:
        return self.previous == ""


def imports_of(user: User) -> QuerySet[RosterImport]:
    """The files that `user` sent, newest first. Nobody else sees them."""
    return RosterImport.objects.filter(by=user).select_related("unit").order_by("-created_at", "-pk")


def import_for(user: User, pk: int) -> RosterImport:
    return get_object_or_404(imports_of(user), pk=pk)


def folder_of(roster_import: RosterImport) -> Path:
    return Path(settings.IMPORT_DIR) / str(roster_import.pk)


def stalled(at: datetime) -> QuerySet[RosterImport]:
    """Under way, but not taken up or not heard of for a while."""
    quiet = RosterImport.objects.filter(status__in=UNDER_WAY, touched_at__lt=at - timedelta(minutes=5))
    return quiet.exclude(pk__in=[one.pk for one in quiet if progress_of(one)]).order_by("pk")


def newest_event() -> int:
    """How far the journal is: whatever happens from now on has a higher number."""
    return Event.objects.aggregate(newest=Max("pk"))["newest"] or 0


def changed_since(event: int) -> bool:
    """Whether tree or roll were changed after `event`. Every action that does so leaves an event of its own."""
    return Event.objects.filter(verb__in=CHANGING, pk__gt=event).exists()


def progress_of(roster_import: RosterImport) -> str:
    """The step a worker is at, or "" when none has said anything for a while. Kept outside the transaction."""
    step: str = cache.get(progress_key(roster_import.pk), "")
    return step


def progress_key(pk: int) -> str:
    return f"roster-import-{pk}"


def lines(roster_import: RosterImport, outcome: str, *, start: int, size: int) -> Piece[Line]:
    """Lines with this outcome, each with what it would change; personal values masked."""
    import polars as pl

    found = pl.scan_ipc(folder_of(roster_import) / ROWS).filter(pl.col("outcome") == outcome)
    piece = found.slice(start, size + 1).collect()
    names = unit_names(piece)
    rows = [_line(row, names) for row in piece.head(size).iter_rows(named=True)]
    return _piece(rows, start, size, more=len(piece) > size)


def flaws(roster_import: RosterImport, *, problems: bool, start: int, size: int) -> Piece[Flaw]:
    """Cells with problems, which refuse their lines, or with notices, which do not."""
    import polars as pl

    found = pl.scan_ipc(folder_of(roster_import) / FINDINGS).filter(pl.col("code").is_in(list(PROBLEMS)) == problems)
    piece = found.slice(start, size + 1).collect()
    rows = [_flaw(row) for row in piece.head(size).iter_rows(named=True)]
    return _piece(rows, start, size, more=len(piece) > size)


def refused_rows(roster_import: RosterImport) -> tuple[list[str], Iterator[list[Any]]]:
    """The refused lines as they were sent, with their number, the columns at fault and the reasons."""
    import polars as pl

    found = pl.read_ipc(folder_of(roster_import) / FINDINGS).filter(pl.col("code").is_in(list(PROBLEMS)))
    sent = pl.read_ipc(folder_of(roster_import) / SENT)
    flawed: dict[int, list[Flaw]] = {}
    for row in found.iter_rows(named=True):
        flawed.setdefault(row["row"], []).append(_flaw(row))
    cells = {row[0]: list(row[1:]) for row in sent.iter_rows()}
    nothing = [""] * (sent.width - 1)
    rows = ([*cells.get(row, nothing), *_told(row, found)] for row, found in flawed.items())
    return sent.columns[1:], rows


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


def _told(row: int, found: list[Flaw]) -> list[Any]:
    columns = _("、").join(dict.fromkeys(flaw.label for flaw in found))
    return [row if row > 0 else "", columns, _("；").join(flaw.reason for flaw in found)]


def _flaw(found: dict[str, Any]) -> Flaw:
    reason = sentence(found["code"], found["value"], found["other"])
    return Flaw(found["row"] if found["row"] > 0 else None, str(COLUMNS[found["column"]].title), reason)


def _line(row: dict[str, Any], names: dict[int, str]) -> Line:
    newcomer = row["outcome"] == JOINED and row["had_id"] is None
    keys = OF_NEWCOMERS if newcomer else ("on_roll_until",) if row["outcome"] == LEFT else tuple(COLUMN_OF)
    changes = [_change(key, row, names) for key in keys if row[key] != row[f"had_{key}"]]
    changes = [change for change in changes if change.before or change.after]
    return Line(row["row"] if row["row"] > 0 else None, row["number"], row["name"], changes)


def unit_names(piece: "pl.DataFrame") -> dict[int, str]:
    """Names of all units that these rows speak of, before or after."""
    keys = {key for column in UNITS for had in ("", "had_") for key in piece[had + column].drop_nulls()}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))


def _piece[T](rows: list[T], start: int, size: int, *, more: bool) -> Piece[T]:
    return Piece(rows, str(start + size) if more else "", str(max(start - size, 0)) if start else "")
