"""When a message that did not get through is tried again."""

from datetime import datetime, timedelta

LEASE = timedelta(minutes=5)
"""After this long without a report, whoever set out to send is taken for dead and the message is sent again."""
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
"""How long to wait after the first failure, the second, and so on; after the last there is no further try."""


def next_try(attempts: int, at: datetime) -> datetime | None:
    """When to try again after `attempts` failures; None: give up."""
    return at + PAUSES[attempts - 1] if 0 < attempts <= len(PAUSES) else None
