"""A file on its way in: received, checked, confirmed, applied; or cancelled, or forgotten after a week.

The two long steps, `sheets.running.check` and `.apply`, are called by tasks. Each leaves the import as it was
until it is done, so that a step which died is simply begun again.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse

from ..models import FileImport, Unit, User
from ..queries import imports as queries
from ..queries.scope import may
from ..rules.layouts import layout_of
from ..rules.sheets.layout import REFUSED

KEPT_FOR = timedelta(days=7)
MOST_ATTEMPTS = 3
Status = FileImport.Status


@transaction.atomic
def receive(
    *,
    about: str,
    chunks: Iterable[bytes],
    size: int,
    name: str,
    unit: Unit,
    on: date,
    by: User,
    at: datetime,
    whole: bool = False,
    **said: Any,
) -> FileImport:
    """Keep a file to be checked. Only the application can read it, and it goes when the import ends. Raises Refused.

    `said` is whatever else its table asks of the sender, as JSON can hold it.
    """
    layout = layout_of(about)
    if not may(by, layout.perm, unit) or layout.line not in ("", unit.line):
        raise Refused(_("您没有在“%(unit)s”导入的职责") % {"unit": unit.name}, field="unit")
    refuse(why_not_from(about, on, today=business_date(at)), "on")
    refuse(why_not_size(size), "file")
    file_import = FileImport.objects.create(
        about=about, by=by, unit=unit, file_name=Path(name).name[-160:], effective_on=on, is_whole_roster=whole,
        said=said, created_at=at, touched_at=at,
    )  # fmt: skip
    try:
        file_import.file_digest = _keep(queries.folder_of(file_import), chunks)
        file_import.save(update_fields=["file_digest"])
    except BaseException:
        remove_files(file_import)
        raise
    return file_import


def why_not_from(about: str, on: date, *, today: date) -> str | None:
    return str(layout_of(about).not_ahead) or None if on > today else None


def why_not_size(size: int) -> str | None:
    most = settings.IMPORT_MAX_BYTES
    if size > most:
        return _("文件有 %(size)d MB，最大 %(most)d MB。请去掉图片等无关内容，或按单位分开导入") % {
            "size": size // 1024**2, "most": most // 1024**2}  # fmt: skip
    return None if size else _("文件是空的")


@transaction.atomic
def confirm(*, file_import: FileImport, good_rows_only: bool, by: User, at: datetime) -> FileImport:
    """Let a checked file be applied; what it does was shown. Raises Refused."""
    file_import = _locked(file_import, by)
    refuse(why_not_confirm(file_import, good_rows_only=good_rows_only))
    file_import.status, file_import.good_rows_only = Status.APPLYING, good_rows_only
    file_import.touched_at, file_import.attempts = at, 0
    file_import.save(update_fields=["status", "good_rows_only", "touched_at", "attempts"])
    return file_import


def why_not_confirm(file_import: FileImport, *, good_rows_only: bool) -> str | None:
    if file_import.status != Status.CHECKED:
        return _("这次导入%(status)s，不能确认") % {"status": file_import.get_status_display()}
    refused = file_import.counts[REFUSED]
    if refused and file_import.is_whole_roster:
        return _("有 %(count)d 行不能导入。完整花名册须每行都没有问题，否则会有人被误作离册") % {"count": refused}
    if refused and not good_rows_only:
        return _("有 %(count)d 行不能导入。请改正后重新上传，或选择只导入没有问题的行") % {"count": refused}
    if not any(file_import.counts[effect] for effect in layout_of(file_import.about).effects):
        return _("文件与现有记录一致，没有需要写入的变化")
    return None


@transaction.atomic
def cancel(*, file_import: FileImport, by: User, at: datetime) -> None:
    """Give up an import that is not yet being written. Raises Refused."""
    file_import = _locked(file_import, by)
    if file_import.status not in (Status.CHECKING, Status.CHECKED):
        raise Refused(_("这次导入%(status)s，不能取消") % {"status": file_import.get_status_display()})
    finish(file_import, Status.CANCELLED, at=at)


def finish(file_import: FileImport, status: str, *, at: datetime, refusal: str = "") -> None:
    """The import has ended; its files go as soon as that is certain."""
    file_import.status, file_import.finished_at, file_import.refusal = status, at, refusal[:400]
    file_import.save(update_fields=["status", "finished_at", "refusal", "counts", "notes"])
    transaction.on_commit(lambda: remove_files(file_import))


def remove_files(file_import: FileImport) -> None:
    shutil.rmtree(queries.folder_of(file_import), ignore_errors=True)


def forget_old(*, at: datetime) -> int:
    """Cancel what nobody confirmed for a week, and remove files that an interrupted process left; returns how many."""
    old = FileImport.objects.filter(finished_at__isnull=True, created_at__lt=at - KEPT_FOR).exclude(
        status=Status.APPLYING
    )
    forgotten = list(old.order_by("pk"))
    for file_import in forgotten:
        with transaction.atomic():
            finish(file_import, Status.CANCELLED, at=at, refusal=_("7 天内没有确认，文件已删除"))
    return len(forgotten) + _sweep(at)


@transaction.atomic
def take_up_stalled(*, at: datetime) -> list[FileImport]:
    """The imports whose worker died or never began, to be set going again; after some attempts they are given up.

    Giving up loses nothing: an import that could not be written waits to be confirmed again.
    """
    again = []
    for file_import in queries.stalled(at).select_for_update():
        file_import.attempts, file_import.touched_at = file_import.attempts + 1, at
        if file_import.attempts <= MOST_ATTEMPTS:
            again.append(file_import)
        elif file_import.status == Status.APPLYING:
            file_import.status, file_import.notes["failed"] = Status.CHECKED, True
        else:
            finish(file_import, Status.REFUSED, at=at, refusal=_("多次未能检查完，请联系系统管理员"))
        file_import.save(update_fields=["status", "attempts", "touched_at", "notes"])
    return again


def _locked(file_import: FileImport, by: User) -> FileImport:
    """The import as it is now, held; only whoever sent it may decide on it."""
    held = FileImport.objects.select_for_update(of=("self",)).select_related("unit").get(pk=file_import.pk)
    if held.by_id != by.pk:
        raise Refused(_("只有上传文件的人可以决定这次导入"))
    return held


def _keep(folder: Path, chunks: Iterable[bytes]) -> str:
    """Write the file where only its owner, the application, can read it; returns its digest."""
    folder.mkdir(mode=0o700, parents=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(folder / queries.UPLOAD, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _sweep(at: datetime) -> int:
    """Remove folders without an import under way, unless they are so new that it may not be visible yet."""
    root = Path(settings.IMPORT_DIR)
    folders = {folder.name: folder for folder in root.iterdir()} if root.exists() else {}
    kept = {str(pk) for pk in FileImport.objects.filter(finished_at__isnull=True).values_list("pk", flat=True)}
    old = (at - timedelta(days=1)).timestamp()
    left = [folder for name, folder in folders.items() if name not in kept and folder.stat().st_mtime < old]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)
