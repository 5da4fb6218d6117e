"""When someone may be disturbed outside the pages."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..models.wishes import QUIET_FROM, QUIET_UNTIL


def awake_at(at: datetime, zone: str, since: time = QUIET_FROM, until: time = QUIET_UNTIL) -> datetime:
    """The first moment from `at` on that is not in the quiet hours of `zone`: `at` itself, or the end of the night.

    Quiet hours that begin and end at the same time are none.
    """
    local = at.astimezone(ZoneInfo(zone))
    if not _is_quiet(local.time(), since, until):
        return at
    day = local.date() if local.time() < until else local.date() + timedelta(days=1)
    return datetime.combine(day, until, tzinfo=ZoneInfo(zone))


def _is_quiet(clock: time, since: time, until: time) -> bool:
    if since <= until:
        return since <= clock < until
    return clock >= since or clock < until
