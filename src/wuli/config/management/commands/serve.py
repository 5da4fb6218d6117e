"""wuli serve: the whole site on this machine."""

import os
import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any, NoReturn

from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from wuli.config import database, web
from wuli.config.exits import NOT_READY
from wuli.config.serving import Part, Supervisor

TICK_SECONDS = 60
AFTER_THE_WEB = 2.0
"""Seconds by which worker and tick begin later, so that the first page does not wait for them."""


class Command(BaseCommand):
    help = "Run the web server, the worker of long tasks and the tick together, until stopped."
    requires_system_checks: list[str] = []  # they would double the time to the first page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen at (default: %(default)s)")
        parser.add_argument("--workers", type=int, default=2, help="web processes (default: %(default)s)")
        parser.add_argument("--no-worker", action="store_true", help="leave long tasks to another process")
        parser.add_argument("--no-tick", action="store_true", help="leave the tick to another process")

    def handle(self, *, host: str, port: int, workers: int, no_worker: bool, no_tick: bool, **options: Any) -> None:
        if len(os.listdir("/proc/self/task")) > 1 and sys.argv[1:2] != ["serve"]:
            _begin_anew(host, port, workers, no_worker=no_worker, no_tick=no_tick)
        _refuse_unready_database()
        parts = [Part("web", partial(web.serve, host, port, workers, _threads()))]
        if not no_worker:
            parts.append(
                Part("worker", partial(call_command, "db_worker", queue_name="*", reload=False), AFTER_THE_WEB)
            )
        if not no_tick:
            parts.append(Part("tick", partial(call_command, "tick", every=TICK_SECONDS), AFTER_THE_WEB))
        self.stdout.write(_("五力已启动：http://%(host)s:%(port)d （按 Ctrl-C 停止）") % {"host": host, "port": port})
        self.stdout.flush()
        from wuli.config.wsgi import application  # noqa: F401, PLC0415  loaded once, before the parts fork

        Supervisor(parts).run()


def _begin_anew(host: str, port: int, workers: int, **flags: bool) -> NoReturn:
    """Another command began us and has started threads, which would not live in a fork: take its place instead."""
    words = ["serve", "--host", host, "--port", str(port), "--workers", str(workers)]
    words += [f"--{name.replace('_', '-')}" for name, given in flags.items() if given]
    os.environ["DATABASE_URL"] = database.url()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "django", *words])


def _threads() -> int:
    """A second thread overlaps waits for PostgreSQL's commits; SQLite has one writer and gains nothing."""
    return 2 if connection.vendor == "postgresql" else 1


def _refuse_unready_database() -> None:
    try:
        executor = MigrationExecutor(connection)
        problems = run_checks(tags=[Tags.database], databases=["default"])
    except OperationalError as wrong:
        raise CommandError(_("连不上数据库：%(wrong)s") % {"wrong": wrong}, returncode=NOT_READY) from wrong
    if problems:
        raise CommandError("\n".join(map(str, problems)), returncode=NOT_READY)
    if pending := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            _("数据库还有 %(count)d 项结构变更未执行，请先运行 wuli migrate") % {"count": len(pending)},
            returncode=NOT_READY,
        )
