"""What time makes due: apps register their part, the tick does them all."""

from collections.abc import Callable
from datetime import datetime

type Chore = Callable[[datetime], int]
"""Does whatever is due at that moment and returns how much it did. Doing it twice does no harm."""

_chores: dict[str, Chore] = {}


def register(name: str, chore: Chore) -> None:
    _chores[name] = chore


def chores() -> dict[str, Chore]:
    """All chores by name, in the order in which they were registered."""
    return dict(_chores)
