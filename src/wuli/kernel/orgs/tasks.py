"""Long work, called by the worker. Each task calls one action, which it loads with itself: polars is heavy."""

from datetime import datetime

from django.tasks import task
from django.utils import translation

from wuli.base.clock import now

from .actions import roster_imports
from .models import RosterImport


@task
def check_roster(pk: int, language: str | None) -> None:
    from .actions.roster import running

    with translation.override(language):
        running.check(pk=pk, at=now())


@task
def apply_roster(pk: int, language: str | None) -> None:
    from .actions.roster import running

    with translation.override(language):
        running.apply(pk=pk, at=now())


def set_going(roster_import: RosterImport) -> None:
    """Let the worker take the next step of an import, and speak the language of whoever asks."""
    step = apply_roster if roster_import.status == RosterImport.Status.APPLYING else check_roster
    step.enqueue(roster_import.pk, translation.get_language())


def tend_rosters(at: datetime) -> int:
    """Part of the tick: set stalled imports going again, forget old ones; returns how many."""
    again = roster_imports.take_up_stalled(at=at)
    for roster_import in again:
        set_going(roster_import)
    return len(again) + roster_imports.forget_old(at=at)
