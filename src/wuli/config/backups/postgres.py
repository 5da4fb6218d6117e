"""Copying and bringing back a PostgreSQL database, by its own pg_dump and pg_restore."""

import os
import re
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import LiteralString

import psycopg
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

from wuli.base.errors import Refused

from .manifest import Facts, read_facts

PART = "wuli.pgdump"
BEFORE = "_before_restore"
GLANCES = 20
_COPY = re.compile(rb'^COPY public\."?(\w+)"? ')


def database() -> str:
    return str(connection.settings_dict["NAME"])


def dump(to: Path) -> Facts:
    """Copy the database as it is at one moment; what is counted and what is dumped is the same snapshot."""
    with _connect(database()) as snapshot:
        snapshot.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        (name,) = snapshot.execute("select pg_export_snapshot()").fetchone() or ("",)
        held = _facts(snapshot)
        _run("pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-acl", f"--snapshot={name}",
             f"--file={to}", database())  # fmt: skip
    return held


def facts(name: str) -> Facts:
    with _connect(name) as reading:
        return _facts(reading)


def examine(part: Path) -> dict[str, int]:
    """Rows of each table in a dump, counted by reading all of it. Raises Refused if it is damaged."""
    rows: Counter[str] = Counter()
    table = ""
    reading = ["pg_restore", "--data-only", "--file=-", str(part)]
    with subprocess.Popen(reading, stdout=subprocess.PIPE) as process:
        assert process.stdout
        for line in process.stdout:
            if table:
                if line == b"\\.\n":
                    table = ""
                else:
                    rows[table] += 1
            elif found := _COPY.match(line):
                table = found[1].decode()
                rows[table] += 0
    if process.returncode:
        raise Refused(_("备份中的数据库已损坏，pg_restore 读不出来"))
    return rows


def load(part: Path, name: str) -> None:
    """Bring the dump into a new database called `name`."""
    drop(name)
    _create(name)
    _run("pg_restore", "--exit-on-error", "--no-owner", "--no-acl", f"--dbname={name}", str(part))


def restoring() -> str:
    return f"{database()}_restoring"


def why_not_swap() -> str | None:
    connection.close()
    if others := _others():
        return _("还有 %(count)d 个连接在使用数据库，请先停止五力（wuli serve），再恢复") % {"count": others}
    return None


def _others() -> int:
    """Connections to the database that are still there after a moment: our own needs one to be gone."""
    count = "select count(*) from pg_stat_activity where datname = %s"
    with _connect("postgres", autocommit=True) as server:
        for _glance in range(GLANCES):
            (others,) = server.execute(count, [database()]).fetchone() or (0,)
            if not others:
                break
            time.sleep(0.1)
    return int(others)


def swap(fresh: str) -> str:
    """Let `fresh` be the database from now on; returns under what name the one before is kept."""
    kept = f"{database()}{BEFORE}"
    drop(kept)
    with _connect("postgres") as server:
        for old, new in ((database(), kept), (fresh, database())):
            rename = sql.SQL("alter database {} rename to {}")
            server.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))
    return kept


def drop(name: str) -> None:
    with _connect("postgres", autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))


def execute(name: str, statement: LiteralString) -> None:
    with _connect(name) as fresh:
        fresh.execute(statement)


def _create(name: str) -> None:
    """A new database that sorts as the present one does."""
    order = "select datcollate, datctype from pg_database where datname = %s"
    statement = sql.SQL("create database {} template template0 encoding 'UTF8' lc_collate {} lc_ctype {}")
    try:
        with _connect("postgres", autocommit=True) as server:
            collate, ctype = server.execute(order, [database()]).fetchone() or ("C", "C")
            server.execute(statement.format(sql.Identifier(name), collate, ctype))
    except psycopg.errors.InsufficientPrivilege as no:
        raise Refused(
            _("数据库账号无权新建数据库，请由管理员执行：alter role %(role)s createdb") % {
                "role": connection.settings_dict["USER"]}
        ) from no  # fmt: skip


def _facts(reading: psycopg.Connection) -> Facts:
    tables = reading.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    return read_facts(reading.cursor(), [table for (table,) in tables])


def _connect(name: str, *, autocommit: bool = False) -> psycopg.Connection:
    """A connection of our own: Django's is bound to its database and may be in use."""
    return psycopg.connect(**connection.get_connection_params() | {"dbname": name}, autocommit=autocommit)


def _run(*words: str) -> None:
    """Run one of PostgreSQL's programs as the database's user. Raises Refused with what it said."""
    try:
        done = subprocess.run(words, env=os.environ | _environment(), capture_output=True, text=True, check=False)
    except FileNotFoundError as no:
        raise Refused(_("没有找到 %(program)s，请安装 postgresql-client") % {"program": words[0]}) from no
    if done.returncode:
        raise Refused(f"{words[0]}: {done.stderr.strip()}")


def _environment() -> dict[str, str]:
    given = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    return {names[name]: str(given[name]) for name in names if given[name]} | {
        f"PG{option.upper()}": str(value)
        for option, value in given["OPTIONS"].items()
        if option in {"sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service"}
    }
