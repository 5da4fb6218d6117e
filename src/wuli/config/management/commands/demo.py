"""wuli demo: fill a database with the demonstration group, say how to look at it, and serve it."""

import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, Self

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connection
from django.utils.translation import gettext as _
from tqdm import tqdm

from wuli.base import clock
from wuli.base.errors import Refused
from wuli.config.demo.accounts import ACCOUNTS, PASSWORD
from wuli.config.demo.fill import fill, is_filled
from wuli.config.demo.plan import SEED, make_plan
from wuli.config.demo.shape import FULL, SMALLEST
from wuli.config.demo.trades import GROUP_SHORT
from wuli.config.exits import FAILED, NOT_READY
from wuli.kernel.orgs.models import Person

BAR = "{percentage:3.0f}% {bar:40} {elapsed}  {desc}"


class Command(BaseCommand):
    help = "Fill an empty database with the fictional demonstration group, then serve it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop when the data is there")
        parser.add_argument("--db", type=Path, metavar="FILE", help="the SQLite file to fill (default: the site's own)")
        parser.add_argument(
            "--people", type=int, default=FULL.people, metavar="N",
            help=f"how many, from {SMALLEST} to %(default)s (default: %(default)s)",
        )  # fmt: skip
        parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="another number, another group")
        parser.add_argument("--port", type=int, default=8000, help="port to serve at (default: %(default)s)")

    def handle(self, *, no_serve: bool, db: Path | None, people: int, seed: int, port: int, **options: Any) -> None:
        if not SMALLEST <= people <= FULL.people:
            raise CommandError(
                _("--people 应在 %(least)d 到 %(most)d 之间") % {"least": SMALLEST, "most": FULL.people}, returncode=2
            )
        if db:
            _use(db)
        with Progress(self.stderr) as progress, _keeping_everything():
            progress(_("数据库结构"), 0.05)
            call_command("migrate", verbosity=0, interactive=False)
            there = is_filled()
            if not there:
                self._fill(people, seed, progress)
        if there:
            self.stdout.write(_already(people))
        self._say_where_to_look(port)
        if not no_serve:
            _serve(port)

    def _fill(self, people: int, seed: int, progress: "Progress") -> None:
        try:
            progress(_("规划集团"), 0.1)
            plan = make_plan(people, seed)
            fill(plan, regions_file=settings.REGIONS_FILE, at=clock.now(), tell=progress)
        except Refused as no:
            raise CommandError(str(no), returncode=NOT_READY) from no
        except KeyboardInterrupt:
            raise CommandError(_("已中断，数据库里没有留下任何数据；再运行一次即从头开始"), returncode=FAILED) from None
        connection.close()  # what was written ahead goes into the file, before a server opens it

    def _say_where_to_look(self, port: int) -> None:
        accounts = "  ".join(f"{account.username} {account.title}" for account in ACCOUNTS)
        self.stdout.write(_("打开：http://localhost:%(port)d/") % {"port": port})
        self.stdout.write(_("账号：%(accounts)s") % {"accounts": accounts})
        self.stdout.write(_("口令（都一样，只供演示）：%(password)s") % {"password": PASSWORD})
        self.stdout.flush()


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """Nothing is thrown away before the end; looking for it would take a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _serve(port: int) -> None:
    """Become the server, in a fresh process: the threads that polars has begun by now do not live through a fork."""
    os.environ.setdefault("WULI_ADMIN_SECOND_FACTOR", "no")  # visitors have no telephone set up for it
    os.execv(sys.executable, [sys.executable, "-m", "django", "serve", "--port", str(port)])


def _use(file: Path) -> None:
    """Work on `file`; the server that follows does the same."""
    if connection.vendor != "sqlite":
        raise CommandError(_("--db 只用于 SQLite；现在的 DATABASE_URL 指向另一种数据库"), returncode=2)
    if not file.resolve().parent.is_dir():
        raise CommandError(_("没有文件夹 %(folder)s") % {"folder": file.resolve().parent}, returncode=2)
    connection.close()
    connection.settings_dict["NAME"] = str(file.resolve())
    os.environ["DATABASE_URL"] = f"sqlite:///{file.resolve()}"


def _already(wanted: int) -> str:
    there = Person.objects.on_roll(clock.today()).count()
    text = _("%(group)s已在数据库中（在册 %(people)d 人），没有改动。") % {"group": GROUP_SHORT, "people": there}
    if wanted != there:
        text += _("要 %(people)d 人的，请用 --db 指定一个新文件。") % {"people": wanted}
    return text


class Progress:
    """Says what begins: with a bar on a terminal, else line by line with the seconds so far."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._begun = monotonic()
        self._part = 0.0
        self._bar = tqdm(total=1, bar_format=BAR) if sys.stderr.isatty() else None

    def __call__(self, what: str, part: float) -> None:
        if self._bar is None:
            self._out.write(f"{monotonic() - self._begun:6.1f} s  {what}")
            return
        self._bar.set_description_str(what, refresh=False)
        self._bar.update(self._part)
        self._part = part

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._bar is not None:
            self._bar.update(1 - self._bar.n if raised[0] is None else 0)
            self._bar.close()
