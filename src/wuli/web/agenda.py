"""Appointments that people keep in their own calendars: every app adds its own, one feed holds them all."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from .calendars import Appointment

type Provider = Callable[[Any, datetime, datetime], Iterable[Appointment]]
"""`provider(user, start, end)`: what the user has to attend between two moments."""
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    _providers[name] = provider


def forget(name: str) -> None:
    _providers.pop(name, None)


def appointments_of(user: Any, start: datetime, end: datetime) -> list[Appointment]:
    """Everything that apps know of, the soonest first."""
    found = [one for provider in _providers.values() for one in provider(user, start, end)]
    return sorted(found, key=lambda one: (one.starts_at, one.uid))
