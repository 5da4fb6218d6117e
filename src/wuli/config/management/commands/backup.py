"""wuli backup: everything the site knows in one file, while it goes on running."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wuli.base import clock
from wuli.base.errors import Refused
from wuli.config.backups import copying
from wuli.config.exits import FAILED


class Command(BaseCommand):
    help = "Copy the database into one verified file. The keys of the site are not in it: keep them apart."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .tar.gz to write, or a folder in which to name one by the time")
        parser.add_argument("--keep", type=int, metavar="N", help="then keep only the newest N of those in the folder")

    def handle(self, *, file: Path, keep: int | None, **options: Any) -> None:
        if keep is not None and (keep < 1 or not file.is_dir()):
            raise CommandError(_("--keep 应至少为 1，且须给出备份文件夹"), returncode=2)
        try:
            made, manifest = copying.make(file, at=clock.now(), tell=self.stderr.write)
        except Refused as no:
            raise CommandError(str(no), returncode=FAILED) from no
        self.stdout.write(
            _("已备份并核对：%(file)s（%(rows)d 行，日志至第 %(position)d 条，末端 %(head)s）")
            % {"file": made, "rows": sum(manifest.facts.rows.values()), "position": manifest.facts.position,
               "head": manifest.facts.head}
        )  # fmt: skip
        for old in copying.keep_newest(file, keep) if keep else []:
            self.stdout.write(_("已删除旧备份：%(file)s") % {"file": old})
