"""The file in which a backup lies."""

import hashlib
import os
import tarfile
from pathlib import Path

from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from .manifest import FORMAT, Manifest

MANIFEST = "manifest.json"
SQUEEZE = 3
"""Of gzip's nine steps: past the third a database gets hardly smaller and takes several times as long."""


def pack(manifest: Manifest, part: Path, file: Path) -> None:
    """Write the archive, for its owner's eyes only, and have it on the disk."""
    (part.parent / MANIFEST).write_text(manifest.to_json())
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=SQUEEZE) as tar:
            tar.add(part.parent / MANIFEST, MANIFEST)
            tar.add(part, part.name)
        out.flush()
        os.fsync(out.fileno())


def unpack(file: Path, folder: Path) -> tuple[Manifest, Path]:
    """The manifest and the database of an archive, unharmed. Raises Refused."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        manifest = Manifest.from_json((folder / MANIFEST).read_text())
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as wrong:
        raise Refused(_("“%(file)s”不是完好的备份文件：%(wrong)s") % {"file": file, "wrong": wrong}) from wrong
    if manifest.format != FORMAT:
        raise Refused(_("备份格式为第 %(format)d 版，本版本读不了") % {"format": manifest.format})
    part = folder / manifest.part
    if not part.is_file() or digest_of(part) != manifest.sha256:
        raise Refused(_("备份中的数据库与清单的校验值不符，文件可能已损坏或被改动"))
    return manifest, part


def digest_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
