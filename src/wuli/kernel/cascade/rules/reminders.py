"""Under which keys reminders go out, so that each is told once and found again."""

from datetime import datetime

from ..models import Round, Slot

REMINDER = "cascade.reminder"
"""The kind of their notices."""


def by_hand(slot: Slot, number: int) -> str:
    """Somebody's reminder about one slot, the slot's `number`-th of all."""
    return f"chase:{slot.pk}:{number}"


def by_tick(of: Round, due: datetime, step: int) -> str:
    """The call's own reminder to everyone whose slots are due at one moment."""
    return f"chase:{of.pk}:{due:%Y%m%d%H%M}:step{step}"
