"""Django's SQLite, waiting for its turn to write in steps shorter than a write.

One process writes at a time. SQLite itself asks again after 1, 2, 5, 10, 15 ... milliseconds, while a write of ours
takes two: with several writers at work most of their time passed in such pauses.
"""

from time import monotonic, sleep

from django.db.backends.sqlite3.base import DatabaseWrapper as Django
from django.db.utils import OperationalError

STEP = 0.0003
"""Seconds between two tries."""


class DatabaseWrapper(Django):
    def _start_transaction_under_autocommit(self) -> None:
        """Raises OperationalError ("database is locked") after as long as `timeout` says, like SQLite itself."""
        seconds = self.settings_dict["OPTIONS"].get("timeout", 5)
        until = monotonic() + seconds
        self._wait_by_itself(0)
        try:
            while not self._begun(until):
                sleep(STEP)
        finally:
            self._wait_by_itself(seconds)

    def _begun(self, until: float) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as no:
            if "locked" not in str(no) or monotonic() > until:
                raise
            return False
        return True

    def _wait_by_itself(self, seconds: float) -> None:
        self.connection.execute(f"pragma busy_timeout = {int(seconds * 1000)}")
