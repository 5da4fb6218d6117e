"""wuli restore: the database as it was when a backup was made."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.config.backups import copying
from wuli.config.exits import NOT_READY


class Command(BaseCommand):
    help = "Bring a backup back, verified before it takes the place of what is there. Stop `wuli serve` first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file made by `wuli backup`")
        parser.add_argument("--replace", action="store_true", help="also where the database already holds something")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        try:
            manifest, kept = copying.bring_back(file, replace=replace, tell=self.stderr.write)
        except Refused as no:
            raise CommandError(str(no), returncode=NOT_READY) from no
        self.stdout.write(_("已恢复到 %(made_at)s 的备份，全部核验无误") % {"made_at": manifest.made_at})
        self.stdout.write(_("原来的数据库留在 %(kept)s，确认无误后可以删除") % {"kept": kept})
