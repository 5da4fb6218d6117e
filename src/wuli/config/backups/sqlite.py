"""Copying and bringing back an SQLite database."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from .manifest import Facts, read_facts

PART = "wuli.sqlite3"
BEFORE = ".before-restore"


def database() -> Path:
    return Path(connection.settings_dict["NAME"])


def dump(to: Path) -> Facts:
    """Copy the database as it is at one moment, while others go on reading and writing."""
    with closing(sqlite3.connect(database(), timeout=30)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        copy.execute("pragma journal_mode=delete")
    return facts(str(to))


def facts(name: str) -> Facts:
    with closing(sqlite3.connect(name)) as copy:
        tables = copy.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
        return read_facts(copy.cursor(), sorted(table for (table,) in tables))


def examine(part: Path) -> dict[str, int]:
    """Rows of each table in a copy. Raises Refused if it is damaged."""
    with closing(sqlite3.connect(part)) as copy:
        try:
            (found,) = copy.execute("pragma integrity_check").fetchone()
        except sqlite3.DatabaseError as wrong:
            found = str(wrong)
    if found != "ok":
        raise Refused(_("备份中的数据库已损坏：%(found)s") % {"found": found})
    return facts(str(part)).rows


def load(part: Path, name: str) -> None:
    """Put the copy where a database called `name` is looked for."""
    target = Path(name)
    _remove(target)
    os.replace(part, target)


def restoring() -> str:
    """The name of the database in which a backup is brought back before it takes the place of the present one."""
    return f"{database()}.restoring"


def why_not_swap() -> str | None:
    """Leaving WAL mode needs the file for oneself; it also leaves everything in the one file."""
    if not database().exists():
        return None
    connection.close()
    with closing(sqlite3.connect(database(), timeout=1)) as present:
        try:
            (mode,) = present.execute("pragma journal_mode=delete").fetchone()
        except sqlite3.OperationalError:
            mode = "busy"
    return None if mode == "delete" else _("数据库正在使用，请先停止五力（wuli serve），再恢复")


def swap(fresh: str) -> str:
    """Let `fresh` be the database from now on; returns where the one before is kept."""
    kept = f"{database()}{BEFORE}"
    if database().exists():
        os.replace(database(), kept)
    os.replace(fresh, database())
    return kept


def drop(name: str) -> None:
    _remove(Path(name))


def execute(name: str, statement: str) -> None:
    with closing(sqlite3.connect(name)) as fresh, fresh:
        fresh.execute(statement)


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
