"""What this app adds to the house: its chores of the tick, its verbs, a check of its setting."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import register as register_check
from django.utils.translation import gettext_lazy as _

from wuli.base import ticking

from . import actions, tasks
from .models import LEAST_DAYS
from .queries import head
from .rules import verbs
from .rules.verbs import Group, Verb

CHECK_EVERY = timedelta(days=1)
log = logging.getLogger(__name__)


def register() -> None:
    ticking.register("journal.seal", seal)
    ticking.register("journal.trim", lambda at: actions.trim(at=at))
    ticking.register("journal.check", ask_for_check)
    register_check(logs_are_kept_long_enough)
    verbs.register(EVENTS)


EVENTS = Group(
    "events",
    _("审计日志"),
    {
        "events.check_asked": Verb(_("要求核验"), _("%(who)s要求核验审计链")),
        "events.checked": Verb(_("核验审计链"), _("%(who)s核验了审计链")),
        "events.exported": Verb(_("导出日志"), _("%(who)s导出了审计日志")),
        "events.trimmed": Verb(_("清理到期日志"), _("%(who)s按保存期限清理了最早的日志")),
    },
    words={
        "broken": _("断裂位置"), "digest": _("起点摘要"), "events": _("日志条数"), "filters": _("筛选条件"),
        "format": _("文件格式"), "sealed": _("核验至"), "start": _("新的起点"),
    },
)  # fmt: skip


def seal(at: datetime) -> int:
    """Seal what waits and log the head of the chain, so that a site restored from an old copy can be told."""
    sealed = actions.seal(at=at)
    if sealed:
        position, digest = head()
        log.info("journal sealed", extra={"facts": {"sealed": sealed, "position": position, "head": digest}})
    return sealed


def ask_for_check(at: datetime) -> int:
    """Have the chain checked once a day, by the worker: it may take longer than a tick should."""
    if not actions.claim_check(at=at, every=CHECK_EVERY):
        return 0
    tasks.check_chain.enqueue()
    return 1


def logs_are_kept_long_enough(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.LOG_DAYS >= LEAST_DAYS:
        return []
    return [
        Error(
            f"WULI_LOG_DAYS is {settings.LOG_DAYS}: the law asks for logs of at least {LEAST_DAYS} days.",
            hint=f"Set it to {LEAST_DAYS} or more, or leave it out for 365.",
            id="journal.E001",
        )
    ]
