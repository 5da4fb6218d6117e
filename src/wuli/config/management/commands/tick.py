"""wuli tick: do what time makes due, once or every so many seconds."""

import logging
import signal
from argparse import ArgumentParser
from datetime import datetime
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from wuli.base import clock
from wuli.config.ticking import Outcome, tick

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do everything that time makes due. Harmless to repeat; ends with 1 when a chore failed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", metavar="ISO", help="the past moment to act for (default: now), e.g. 2020-02-03T18:00"
        )
        parser.add_argument("--every", type=int, metavar="SECONDS", help="keep running and tick this often")

    def handle(self, *, at: str | None, every: int | None, **options: Any) -> None:
        if every:
            _keep_ticking(every)
            return
        outcome = tick(_moment(at) if at else clock.now())
        if outcome.failed:
            raise CommandError(_("未完成的事项：%(chores)s。详见日志") % {"chores": _("、").join(outcome.failed)})
        self.stdout.write(_sentence(outcome))


def _keep_ticking(every: int) -> None:
    stop = Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_args: stop.set())
    while not stop.is_set():
        close_old_connections()
        try:
            tick(clock.now())
        except Exception:
            log.exception("tick failed")
        stop.wait(every)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(_("“%(text)s”不是时间，请写成 2020-02-03T18:00 的样子") % {"text": text})
    moment = make_aware(moment) if is_naive(moment) else moment
    if moment > clock.now():
        raise CommandError(_("%(text)s 还没有到，不能提前处理到期事项") % {"text": text})
    return moment


def _sentence(outcome: Outcome) -> str:
    if outcome.skipped:
        return _("另一次处理正在进行，本次不再重复")
    return _("到期事项已处理：%(done)s") % {
        "done": _("，").join(f"{name} {count}" for name, count in outcome.done.items())
    }
