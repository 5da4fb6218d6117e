"""The two long steps of an import: check the file, write what it says. Each may be begun again at any time."""

import os
from datetime import datetime
from pathlib import Path

import polars as pl
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from ...models import FileImport
from ...queries import imports as queries
from ...queries.imports import FINDINGS, ROWS, SENT, UPLOAD, Status
from ...queries.scope import may
from ...rules.layouts import layout_of, table_of
from ...rules.sheets.layout import REFUSED
from ...rules.sheets.plan import Plan
from .. import units
from ..imports import finish
from .reading import Sheet, read

STILL_ALIVE = 300
"""Seconds for which a step counts as being worked at after it last said so."""


def check(*, pk: int, at: datetime) -> None:
    """Read the file, compare it with tree and roll, keep what it would change for the preview."""
    file_import = FileImport.objects.select_related("unit", "by__person__branch").get(pk=pk)
    if file_import.status != Status.CHECKING:
        return
    try:
        _refuse_without_duty(file_import)
        seen_event = queries.newest_event()
        _say(pk, "reading")
        sheet = read(queries.folder_of(file_import) / UPLOAD, layout_of(file_import.about))
        _say(pk, "comparing")
        made = _plan(file_import, sheet.cells)
        _keep(queries.folder_of(file_import), sheet, made)
    except Refused as no:
        _refuse(pk, str(no), at=at)
    except FileNotFoundError:
        _refuse(pk, _("文件已不在，请重新上传"), at=at)
    else:
        _show(pk, made, sheet.notes, seen_event)
    finally:
        cache.delete(queries.progress_key(pk))


def apply(*, pk: int, at: datetime) -> None:
    """Write what the preview showed, all in one transaction; if it would now be something else, show that instead."""
    try:
        done = _apply(pk, at)
    except IntegrityError:  # someone else took a number, or made a post, in the same moment
        done = False
    except FileNotFoundError:
        done = _refuse(pk, _("文件已不在，请重新上传"), at=at)
    except Refused as no:
        done = no.code != "changed" and _refuse(pk, str(no), at=at)
    finally:
        cache.delete(queries.progress_key(pk))
    if not done:
        _look_again(pk)
        check(pk=pk, at=at)


def _apply(pk: int, at: datetime) -> bool:
    """Whether what was to be written is still what was shown; then it is written."""
    file_import = FileImport.objects.get(pk=pk)
    shown, cells = _shown(file_import), None
    if queries.changed_since(file_import.seen_event, file_import.about):
        _say(pk, "comparing")
        cells = read(queries.folder_of(file_import) / UPLOAD, layout_of(file_import.about)).cells
    with transaction.atomic():
        held = FileImport.objects.select_for_update(of=("self",)).select_related("unit", "by__person__branch")
        file_import = held.get(pk=pk)
        if file_import.status != Status.APPLYING:
            return True
        units.lock_tree()
        _refuse_without_duty(file_import)
        if not _is_still_so(file_import, shown, cells):
            return False
        _say(pk, "writing")
        table_of(file_import.about).way().write(file_import, shown, at)
        finish(file_import, Status.DONE, at=at)
        return True


def _is_still_so(file_import: FileImport, shown: Plan, cells: pl.DataFrame | None) -> bool:
    """Whether the same file would still do the same: nobody changed tree or roll, or not what it touches."""
    if cells is None:
        return not queries.changed_since(file_import.seen_event, file_import.about)
    made = _plan(file_import, cells)
    return made.rows.equals(shown.rows) and made.findings.equals(shown.findings)


def _plan(file_import: FileImport, cells: pl.DataFrame) -> Plan:
    return table_of(file_import.about).way().plan(file_import, cells)


def _refuse_without_duty(file_import: FileImport) -> None:
    if not may(file_import.by, layout_of(file_import.about).perm, file_import.unit):
        raise Refused(_("您已没有在“%(unit)s”导入的职责") % {"unit": file_import.unit.name})


def _shown(file_import: FileImport) -> Plan:
    folder, layout = queries.folder_of(file_import), layout_of(file_import.about)
    return Plan(layout, file_import.effective_on, pl.read_ipc(folder / ROWS), pl.read_ipc(folder / FINDINGS))


def _keep(folder: Path, sheet: Sheet, made: Plan) -> None:
    refused = made.rows.filter(pl.col("outcome") == REFUSED)["row"]
    for name, frame in {ROWS: made.rows, FINDINGS: made.findings, SENT: sheet.as_sent(refused)}.items():
        new = folder / f"{name}.new"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            frame.write_ipc(file)
        new.replace(folder / name)  # whole or not at all: an older one may still be mapped by a page


@transaction.atomic
def _show(pk: int, made: Plan, notes: dict[str, str], seen_event: int) -> None:
    file_import = FileImport.objects.select_for_update().get(pk=pk)
    if file_import.status == Status.CHECKING:  # not cancelled meanwhile
        file_import.status, file_import.counts, file_import.attempts = Status.CHECKED, made.counts(), 0
        file_import.notes = notes | {key: True for key in file_import.notes if key == "changed"}
        file_import.seen_event = seen_event
        file_import.save(update_fields=["status", "counts", "notes", "attempts", "seen_event"])


@transaction.atomic
def _look_again(pk: int) -> None:
    file_import = FileImport.objects.select_for_update().get(pk=pk)
    if file_import.status == Status.APPLYING:
        file_import.status, file_import.notes["changed"] = Status.CHECKING, True
        file_import.save(update_fields=["status", "notes"])


@transaction.atomic
def _refuse(pk: int, reason: str, *, at: datetime) -> bool:
    """End the import with a reason; always True, so that nobody looks again."""
    file_import = FileImport.objects.select_for_update().get(pk=pk)
    if file_import.finished_at is None:
        finish(file_import, Status.REFUSED, at=at, refusal=reason)
    return True


def _say(pk: int, step: str) -> None:
    cache.set(queries.progress_key(pk), step, STILL_ALIVE)
