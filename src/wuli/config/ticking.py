"""The tick: everything that time makes due, done once a minute. A stopped machine catches up with the next one."""

import logging
from dataclasses import dataclass, field
from datetime import datetime

from wuli.base import clock, ticking
from wuli.kernel.journal.origin import coming_from

from .locks import only_one
from .models import LastTick

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What a tick did: how much each chore did, which failed, or that another tick was under way."""

    done: dict[str, int] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    skipped: bool = False


def tick(at: datetime) -> Outcome:
    """Do all chores due at `at`, each on its own: one that fails is logged and the others still run."""
    with only_one("tick") as mine, coming_from("tick"):
        if not mine:
            log.info("tick skipped", extra={"facts": {"why": "another tick is under way"}})
            return Outcome(skipped=True)
        begun = clock.now()
        outcome = _do_chores(at)
        ended = clock.now()
        LastTick.objects.update_or_create(
            pk=LastTick.THE_ONE, defaults={"begun_at": begun, "ended_at": ended, "failed": list(outcome.failed)}
        )
        facts = {"for": at.isoformat(), "ms": round((ended - begun).total_seconds() * 1000)}
        log.info("tick", extra={"facts": facts | {"done": outcome.done, "failed": outcome.failed}})
        return outcome


def _do_chores(at: datetime) -> Outcome:
    done, failed = {}, []
    for name, chore in ticking.chores().items():
        try:
            done[name] = chore(at)
        except Exception:
            log.exception("chore failed", extra={"facts": {"chore": name}})
            failed.append(name)
    return Outcome(done, tuple(failed))
