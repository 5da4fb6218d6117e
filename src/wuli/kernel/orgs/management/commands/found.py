"""wuli found: begin a site that has its own data to come, with the group and its three administrators."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.journal.origin import coming_from

from ...actions.founding import ADMINISTRATORS, Founder, found
from ...models.posting import Duty

NOT_READY = 3
"""Nothing was done, because something has to be put right first (docs/reference/commands.md)."""


class Command(BaseCommand):
    help = "On an empty database: create the group, its office and the three administrators; print their passwords."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", default="G", help="code of the group (default: %(default)s)")
        parser.add_argument("--group", help="name of the group")
        for duty in ADMINISTRATORS:
            parser.add_argument(f"--{duty.value.replace('_', '-')}", metavar="NUMBER:NAME", help=str(duty.label))

    def handle(self, *, code: str, group: str | None, **given: Any) -> None:
        name = group or self._ask(_("集团名称"))
        founders = {duty: self._founder(duty, given[duty.value]) for duty in ADMINISTRATORS}
        try:
            with coming_from("wuli found"):
                opened = found(code=code, name=name, founders=founders, at=now())
        except Refused as no:
            raise CommandError(str(no), returncode=NOT_READY) from no
        self.stdout.write(_("已建立%(group)s。以下临时密码只显示这一次，首次登录须修改：") % {"group": name})
        for duty, (account, password) in zip(ADMINISTRATORS, opened, strict=True):
            self.stdout.write(f"  {duty.label}  {account.username}  {account}  {password}")
        self._load_regions()

    def _founder(self, duty: Duty, given: str | None) -> Founder:
        said = given or self._ask(_("%(duty)s（工号:姓名）") % {"duty": duty.label})
        number, colon, name = said.replace("：", ":").partition(":")
        if not (number.strip() and colon and name.strip()):
            raise CommandError(_("“%(said)s”应写成 工号:姓名") % {"said": said}, returncode=2)
        return Founder(number.strip(), name.strip())

    def _ask(self, what: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(_("缺少%(what)s") % {"what": what}, returncode=2)
        return input(f"{what}: ").strip()

    def _load_regions(self) -> None:
        """The list of regions, where the house brings one."""
        if "regions" in get_commands() and Path(settings.REGIONS_FILE).exists():
            call_command("regions")
