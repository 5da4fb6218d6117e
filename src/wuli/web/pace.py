"""So many calls in each minute of the clock: for doors that ask for no session, and for those that programs use."""

from time import time

from django.core.cache import caches

MINUTE = 60


def is_too_fast(caller: str, most: int, *, kept_in: str = "default") -> bool:
    """Count one more call of `caller` in this minute; whether it is one too many. `kept_in` names the cache."""
    counter, counts = f"pace:{caller}:{int(time()) // MINUTE}", caches[kept_in]
    counts.add(counter, 0, 2 * MINUTE)
    try:
        return bool(counts.incr(counter) > most)
    except ValueError:  # thrown out of the cache since
        return False


def seconds_left() -> float:
    """Of this minute."""
    return MINUTE - time() % MINUTE
