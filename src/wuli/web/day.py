"""What waits for someone today: every app adds its own, "my day" shows them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.http import HttpRequest
from django.utils.functional import Promise

type Words = str | Promise


class When(StrEnum):
    NOW = "now"
    TODAY = "today"
    WAITING = "waiting"
    """On others: nothing to do but to press them."""


@dataclass(frozen=True)
class Task:
    """One thing to do: what, how much of it, by when, and the button that begins it."""

    title: Words
    url: str
    verb: Words
    detail: Words = ""
    icon: str = "clipboard-list"
    when: When = When.TODAY
    due: datetime | None = None
    due_words: Words = field(default="")


type Provider = Callable[[HttpRequest], Iterable[Task]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    _providers[name] = provider


def tasks_of(request: HttpRequest) -> dict[str, list[Task]]:
    """All tasks by when they are due; the soonest first."""
    found = [task for provider in _providers.values() for task in provider(request)]
    found.sort(key=lambda task: (task.due is None, task.due.timestamp() if task.due else 0))
    return {when.value: [task for task in found if task.when == when] for when in When}
