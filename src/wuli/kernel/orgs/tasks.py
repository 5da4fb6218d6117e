"""Long work, called by the worker. Each task calls one action, which it loads with itself: polars is heavy."""

from datetime import datetime

from django.tasks import task
from django.utils import translation

from wuli.base.clock import now

from .actions import imports
from .models import FileImport


@task
def check_file(pk: int, language: str | None) -> None:
    from .actions.sheets import running

    with translation.override(language):
        running.check(pk=pk, at=now())


@task
def apply_file(pk: int, language: str | None) -> None:
    from .actions.sheets import running

    with translation.override(language):
        running.apply(pk=pk, at=now())


def set_going(file_import: FileImport) -> None:
    """Let the worker take the next step of an import, and speak the language of whoever asks."""
    step = apply_file if file_import.status == FileImport.Status.APPLYING else check_file
    step.enqueue(file_import.pk, translation.get_language())


def tend_imports(at: datetime) -> int:
    """Part of the tick: set stalled imports going again, forget old ones; returns how many."""
    again = imports.take_up_stalled(at=at)
    for file_import in again:
        set_going(file_import)
    return len(again) + imports.forget_old(at=at)
