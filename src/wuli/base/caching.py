"""What is kept in files beside the database, for one machine with several processes."""

from random import randrange

from django.core.cache.backends.filebased import FileBasedCache

CHECKED_EVERY = 1000
"""Writes between two counts of all files."""


class Files(FileBasedCache):
    """Django counts all files at every write, which with the sessions of 5,000 people takes longer than their pages."""

    def _cull(self) -> None:
        if randrange(CHECKED_EVERY) == 0:
            super()._cull()  # type: ignore[misc]
