"""Files on their way into the private folder: looked at, copied, named by their content; and out of it for good."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.base.metadata import WAYS, without_metadata

from ..models import Discarded
from ..queries.evidence import is_referred_to, path_of
from ..rules import evidence as rules

SPARED = timedelta(hours=1)
AT_ONCE = 500


@dataclass(frozen=True)
class Kept:
    """A file that lies in the folder by now."""

    digest: str
    name: str
    media_type: str
    size: int


def keep(files: Sequence[File]) -> list[Kept]:
    """Take all of them or, with Refused, none; the same content twice is one file.

    Pictures and films lose what cameras write into them, so `digest` and `size` are of the file as it lies there.
    What was copied before a transaction failed stays behind unnamed: nobody can reach it, and it is used again when
    the same file comes back.
    """
    _refuse(rules.why_not_so_many(len(files)))
    for file in files:
        _look_at(file)
    taken = (_take(file) for file in files)
    return list({one.digest: one for one in taken}.values())


def put(content: bytes) -> str:
    """Keep what the program itself has made; returns its digest."""
    return _copy([content])


@transaction.atomic
def discard(digests: Iterable[str], *, at: datetime) -> None:
    """Let go of files to which the caller has just removed a reference; what nothing refers to then goes for good."""
    Discarded.objects.bulk_create((Discarded(digest=one, at=at) for one in digests), ignore_conflicts=True)


def remove_discarded(*, at: datetime) -> int:
    """Part of the tick: remove the files that were let go and to which nothing refers; returns how many were looked at.

    Not within the first hour: by then whoever is just handing in the same file has done so.
    """
    due = Discarded.objects.filter(at__lte=at - SPARED).order_by("at", "pk")
    return sum(_remove(key) for key in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _remove(key: int) -> bool:
    row = Discarded.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return False
    if not is_referred_to(row.digest):
        path_of(row.digest).unlink(missing_ok=True)
    row.delete()
    return True


def _look_at(file: File) -> None:
    name = rules.tidy_name(file.name or "")
    _refuse(rules.why_not_size(name, file.size, settings.EVIDENCE_MAX_BYTES))
    file.seek(0)
    head = file.read(rules.HEAD)
    _refuse(rules.why_not_keep(name, head, _members(file, name) if rules.is_packed(name) else None))


def _members(file: File, name: str) -> list[str]:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            return packed.namelist()
    except (zipfile.BadZipFile, UnicodeDecodeError, ValueError) as wrong:
        raise Refused(_("“%(name)s”打不开，请用原文件") % {"name": name}, field="files") from wrong


def _take(file: File) -> Kept:
    name, kind = rules.tidy_name(file.name or ""), rules.type_of(file.name or "")
    assert kind is not None
    file.seek(0)
    if kind.media not in WAYS:
        return Kept(_copy(file.chunks()), name, kind.media, file.size)
    content = without_metadata(file.read(), kind.media)
    return Kept(_copy([content]), name, kind.media, len(content))


def _copy(chunks: Iterable[bytes]) -> str:
    """Write under a passing name and move into place when it is whole: a file that is there is complete."""
    folder = Path(settings.EVIDENCE_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, passing = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        digest = _write(handle, chunks)
        Discarded.objects.filter(digest=digest).delete()  # waits for a tick that is just removing it
        place = path_of(digest)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(passing, place)
    except BaseException:
        Path(passing).unlink(missing_ok=True)
        raise
    return digest


def _write(handle: int, chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with os.fdopen(handle, "wb") as copy:
        for chunk in chunks:
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason, field="files")
