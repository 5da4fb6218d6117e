"""Files on their way in: whose they are, how far they are, what they would change.

Polars is loaded where a preview is read, not with the module: it would slow the start of every web process.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wuli.kernel.journal.models import Event

from ..models import FileImport, User
from ..rules.layouts import layout_of, table_of
from ..rules.sheets.layout import Layout
from ..rules.verbs import PERSON, ROSTER, UNIT
from .lines import Flaw, Line, Piece

UPLOAD, SENT, ROWS, FINDINGS = "upload", "sent.arrow", "rows.arrow", "findings.arrow"
CHANGING = [name for group in (PERSON, ROSTER, UNIT) for name, verb in group.verbs.items() if not verb.looks]
CHANGING = [*(name for name in CHANGING if name != "unit.exported"), "roster.imported"]
"""Newcomers of a roster have no event of their own, only that of the roster."""

Status = FileImport.Status
UNDER_WAY = (Status.CHECKING, Status.APPLYING)


def imports_of(user: User, about: str) -> QuerySet[FileImport]:
    """The files that `user` sent, newest first. Nobody else sees them."""
    return FileImport.objects.filter(by=user, about=about).select_related("unit").order_by("-created_at", "-pk")


def import_for(user: User, pk: int, about: str) -> FileImport:
    return get_object_or_404(imports_of(user, about), pk=pk)


def folder_of(file_import: FileImport) -> Path:
    return Path(settings.IMPORT_DIR) / str(file_import.pk)


def stalled(at: datetime) -> QuerySet[FileImport]:
    """Under way, but not taken up or not heard of for a while."""
    quiet = FileImport.objects.filter(status__in=UNDER_WAY, touched_at__lt=at - timedelta(minutes=5))
    return quiet.exclude(pk__in=[one.pk for one in quiet if progress_of(one)]).order_by("pk")


def newest_event() -> int:
    """How far the journal is: whatever happens from now on has a higher number."""
    return Event.objects.aggregate(newest=Max("pk"))["newest"] or 0


def changed_since(event: int, about: str) -> bool:
    """Whether tree, roll or what else a table looks at were changed after `event`. Every action that does so leaves an
    event of its own."""
    return Event.objects.filter(verb__in=[*CHANGING, *table_of(about).changing], pk__gt=event).exists()


def progress_of(file_import: FileImport) -> str:
    """The step a worker is at, or "" when none has said anything for a while. Kept outside the transaction."""
    step: str = cache.get(progress_key(file_import.pk), "")
    return step


def progress_key(pk: int) -> str:
    return f"import-{pk}"


def lines(file_import: FileImport, outcome: str, *, start: int, size: int) -> Piece[Line]:
    """Lines with this outcome, each with what it would change; personal values masked."""
    import polars as pl

    found = pl.scan_ipc(folder_of(file_import) / ROWS).filter(pl.col("outcome") == outcome)
    piece = found.slice(start, size + 1).collect()
    return _piece(table_of(file_import.about).lines(piece.head(size)), start, size, more=len(piece) > size)


def flaws(file_import: FileImport, *, problems: bool, start: int, size: int) -> Piece[Flaw]:
    """Cells with problems, which refuse their lines, or with notices, which do not."""
    import polars as pl

    layout = layout_of(file_import.about)
    found = pl.scan_ipc(folder_of(file_import) / FINDINGS)
    found = found.filter(pl.col("code").is_in(list(layout.refusing)) == problems)
    piece = found.slice(start, size + 1).collect()
    rows = [_flaw(row, layout) for row in piece.head(size).iter_rows(named=True)]
    return _piece(rows, start, size, more=len(piece) > size)


def refused_rows(file_import: FileImport) -> tuple[list[str], Iterator[list[Any]]]:
    """The refused lines as they were sent, with their number, the columns at fault and the reasons."""
    import polars as pl

    layout = layout_of(file_import.about)
    found = pl.read_ipc(folder_of(file_import) / FINDINGS).filter(pl.col("code").is_in(list(layout.refusing)))
    sent = pl.read_ipc(folder_of(file_import) / SENT)
    flawed: dict[int, list[Flaw]] = {}
    for row in found.iter_rows(named=True):
        flawed.setdefault(row["row"], []).append(_flaw(row, layout))
    cells = {row[0]: list(row[1:]) for row in sent.iter_rows()}
    nothing = [""] * (sent.width - 1)
    rows = ([*cells.get(row, nothing), *_told(row, found)] for row, found in flawed.items())
    return sent.columns[1:], rows


def _told(row: int, found: list[Flaw]) -> list[Any]:
    columns = _("、").join(dict.fromkeys(flaw.label for flaw in found))
    return [row if row > 0 else "", columns, _("；").join(flaw.reason for flaw in found)]


def _flaw(found: dict[str, Any], layout: Layout) -> Flaw:
    reason = layout.sentence(found["code"], found["value"], found["other"])
    return Flaw(found["row"] if found["row"] > 0 else None, str(layout.columns[found["column"]].title), reason)


def _piece[T](rows: list[T], start: int, size: int, *, more: bool) -> Piece[T]:
    return Piece(rows, str(start + size) if more else "", str(max(start - size, 0)) if start else "")
