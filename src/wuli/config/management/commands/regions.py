"""wuli regions: bring the list of countries and Chinese divisions up to date."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wuli.base import clock
from wuli.base.errors import Refused
from wuli.config.exits import NOT_READY
from wuli.kernel.journal.origin import coming_from
from wuli.kernel.orgs.actions.regions import load_regions


class Command(BaseCommand):
    help = "Load countries and the divisions of China. Harmless to repeat; codes are never deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=settings.REGIONS_FILE, help="list made at build (default: %(default)s)"
        )

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with coming_from("wuli regions"):
                loaded = load_regions(file=file, by=None, at=clock.now())
        except Refused as no:
            raise CommandError(str(no), returncode=NOT_READY) from no
        self.stdout.write(
            _("地区：新增 %(new)d，更新 %(changed)d，未变 %(same)d；文件中已没有而保留 %(kept)d") % vars(loaded)
        )
