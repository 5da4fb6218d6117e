"""Making a backup, bringing one back, keeping the newest."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.core.cache import cache as kept_pages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.models import Unit

from .. import database
from . import archive, postgres, sqlite
from .manifest import Manifest, fingerprints, same_keys

NAME = "wuli-%Y%m%d-%H%M%S.tar.gz"
PATTERN = "wuli-????????-??????.tar.gz"

type Tell = Callable[[str], None]


def make(file: Path, *, at: datetime, tell: Tell) -> tuple[Path, Manifest]:
    """Copy everything into `file` (a folder: under a name made of the time) and read it back. Raises Refused.

    A file that was there is replaced only by one that has been proved readable.
    """
    file = file / at.strftime(NAME) if file.is_dir() else file
    partial = file.with_name(f".{file.name}.partial")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".wuli-backup-") as folder:
            part = Path(folder) / _engine().PART
            tell(_("正在复制数据库"))
            facts = _engine().dump(part)
            size, digest = part.stat().st_size, archive.digest_of(part)
            manifest = Manifest(
                at.isoformat(), connection.vendor, part.name, size, digest, facts, fingerprints()
            )  # fmt: skip
            tell(_("正在压缩"))
            archive.pack(manifest, part, partial)
        tell(_("正在核对"))
        check(partial)
        os.replace(partial, file)
    except OSError as wrong:
        raise Refused(_("写不了备份：%(wrong)s") % {"wrong": wrong}) from wrong
    finally:
        partial.unlink(missing_ok=True)
    return file, manifest


def check(file: Path) -> Manifest:
    """Read a whole backup: sums, the database itself, its rows. Raises Refused."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".wuli-check-") as folder:
        manifest, part = archive.unpack(file, Path(folder))
        if manifest.engine == connection.vendor:
            _refuse_other_rows(manifest.facts.rows, _engine().examine(part))
    return manifest


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Delete all but the newest `count` backups that were named by their time; returns those deleted."""
    old = sorted(folder.glob(PATTERN), reverse=True)[count:]
    for file in old:
        file.unlink()
    return old


def bring_back(file: Path, *, replace: bool, tell: Tell) -> tuple[Manifest, str]:
    """Make the database what it was in the backup. Raises Refused; until the last step nothing has changed.

    It is built beside the present one, brought to this version's structure, verified, and then takes its place.
    Everyone signs in anew. Returns the manifest and where the database before is kept.
    """
    engine = _engine()
    if not replace and not _is_empty():
        raise Refused(_("数据库里已有数据；确要用备份取代它，请加 --replace"))
    refuse(engine.why_not_swap())
    fresh = engine.restoring()
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".wuli-restore-") as folder:
        tell(_("正在解开备份"))
        manifest, part = archive.unpack(file, Path(folder))
        refuse(_why_not_here(manifest))
        try:
            tell(_("正在装入"))
            engine.load(part, fresh)
            _refuse_other_rows(manifest.facts.rows, engine.facts(fresh).rows)
            tell(_("正在核验"))
            if len(manifest.facts.migrations) < len(_known_migrations()):
                _wuli(fresh, "migrate", "--verbosity=0")
            _wuli(fresh, "verify", *(["--head", manifest.facts.head] if manifest.facts.head else []))
            engine.execute(fresh, "delete from django_session")
            refuse(engine.why_not_swap())
            kept = engine.swap(fresh)
        finally:
            engine.drop(fresh)
    kept_pages.clear()
    return manifest, kept


def _engine() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def _is_empty() -> bool:
    """Whether nothing has happened here yet."""
    if Event._meta.db_table not in connection.introspection.table_names():
        return True
    return not Event.objects.exists() and not Unit.objects.exists()


def _why_not_here(manifest: Manifest) -> str | None:
    if manifest.engine != connection.vendor:
        return _("备份来自 %(theirs)s，本系统用的是 %(mine)s，不能互相恢复") % {
            "theirs": manifest.engine, "mine": connection.vendor}  # fmt: skip
    if not same_keys(manifest.keys):
        return _(
            "本系统的密钥与备份时的不同，恢复后身份证号将无法解密。"
            "请先把当时保管的 secrets.json（或 WULI_DATA_KEYS、WULI_HASH_KEY）放回，再恢复"
        )
    if not _known_migrations().issuperset(manifest.facts.migrations):
        return _("备份来自更新的版本（%(version)s），请先升级再恢复") % {"version": manifest.version}
    return None


@cache
def _known_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def _refuse_other_rows(wanted: dict[str, int], found: dict[str, int]) -> None:
    odd = [table for table in wanted.keys() | found.keys() if wanted.get(table) != found.get(table)]
    if odd:
        raise Refused(_("备份中的行数与清单不符：%(tables)s") % {"tables": _("、").join(sorted(odd))})


def _wuli(name: str, *words: str) -> None:
    """Run one of our commands on another database. Raises Refused with what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "django", *words], env=os.environ | {"DATABASE_URL": database.url(name)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"wuli {words[0]}: {done.stderr.strip() or done.stdout.strip()}")
