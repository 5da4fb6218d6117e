"""So many calls in each minute of the clock: for doors that ask for no session, and for those that programs use."""

from time import time

from django.core.cache import cache

MINUTE = 60


def is_too_fast(caller: str, most: int) -> bool:
    """Count one more call of `caller` in this minute; whether it is one too many."""
    counter = f"pace:{caller}:{int(time()) // MINUTE}"
    cache.add(counter, 0, 2 * MINUTE)
    try:
        return bool(cache.incr(counter) > most)
    except ValueError:  # thrown out of the cache since
        return False
