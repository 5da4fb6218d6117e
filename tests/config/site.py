"""A whole site in a folder of its own, used as an operator would: by its commands."""

import multiprocessing
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import connection, transaction

from tests import world
from wuli.base import clock
from wuli.kernel.journal import actions as journal

apart = multiprocessing.get_context("forkserver")
apart.set_forkserver_preload(["tests.config.loaded"])


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


@dataclass
class Site:
    folder: Path
    database: str
    """An SQLite file, or the name of a PostgreSQL database."""
    settings: dict[str, object] = field(default_factory=dict)

    def wuli(self, *words):
        """Run a command of ours and wait for its end."""
        return self.apart(partial(execute_from_command_line, ["wuli", *map(str, words)]))

    def apart(self, work):
        process = self.start(work)
        process.join(120)
        out, err = ((self.folder / name).read_text() for name in ("stdout", "stderr"))
        return Done(process.exitcode, out, err)

    def start(self, work, out="stdout", err="stderr"):
        """Begin `work`, a function of a module, on this site, in a process of its own that has everything loaded."""
        settings = self.settings | {"DATA_DIR": self.folder}
        process = apart.Process(target=live, args=(work, self.database, settings, self.folder / out, self.folder / err))
        process.start()
        return process

    def sql(self, statement):
        """Run a statement behind the site's back; returns the rows it gave."""
        if connection.vendor == "postgresql":
            with psycopg.connect(dbname=self.database, **server()) as other:
                done = other.execute(statement)
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self.database)) as other, other:
            return other.execute(statement).fetchall()

    @property
    def url(self):
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.database}"
        given = server()
        who, port = f"{given['user']}:{given['password'] or ''}", f":{given['port']}" if given["port"] else ""
        return f"postgres://{who}@{quote(given['host'], safe='')}{port}/{self.database}"

    @contextmanager
    def served(self, *words):
        """The site being served, really, by a process of its own; ended when the block ends."""
        port = free_port()
        command = [sys.executable, "-m", "django", "serve", "--port", str(port), *words]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.config.site_settings",
            "WULI_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
        }
        with (self.folder / "serve.log").open("w") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        process.address = f"http://127.0.0.1:{port}"
        try:
            until_answered(f"{process.address}/healthz")
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(15)

    @property
    def log(self):
        return (self.folder / "serve.log").read_text()


def live(work, database, changed, out, err):
    """Runs in the new process."""
    sys.stdout, sys.stderr = out.open("w"), err.open("w")
    connection.settings_dict["NAME"] = database
    for name, value in changed.items():
        setattr(settings, name, value)
    with closing(connection):
        work()


def prepare(folder):
    """A site with its structure and the small named world in it."""
    site = empty(folder, "prepared")
    for done in (site.wuli("migrate", "--verbosity=0"), site.apart(fill)):
        assert done.returncode == 0, done.stderr
    return site


def fill():
    with transaction.atomic():
        world.build()
    journal.seal(at=clock.now())


def copy_of(site, folder):
    """Another site that holds the same."""
    if connection.vendor == "sqlite":
        return Site(folder, shutil.copy(site.database, folder / "wuli.sqlite3"))
    return Site(folder, _created(folder.name, template=site.database))


def empty(folder, name="empty"):
    """A site without even the structure of a database."""
    if connection.vendor == "sqlite":
        return Site(folder, str(folder / f"{name}.sqlite3"))
    return Site(folder, _created(name, template="template0"))


def until_answered(url, seconds=30):
    end = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(url, timeout=5)
        except urllib.error.HTTPError as answer:
            return answer
        except OSError:
            assert time.monotonic() < end, f"{url} does not answer"
            time.sleep(0.05)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _created(name, template):
    name = f"{connection.settings_dict['NAME']}_{name}".replace("-", "_").lower()[:40]
    with psycopg.connect(dbname="postgres", autocommit=True, **server()) as other:
        other.execute(f'drop database if exists "{name}"')
        other.execute(f'create database "{name}" template "{template}"')
    return name


def server():
    given = connection.settings_dict
    return {"host": given["HOST"], "port": given["PORT"] or None, "user": given["USER"], "password": given["PASSWORD"]}
