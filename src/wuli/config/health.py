"""Whether the site does what it promises, for monitoring: open to all, so it tells nothing about anyone."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Count, Min
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult

from wuli.base import clock
from wuli.kernel.orgs.access import OPEN

from .models import LastTick

TICK_LATE = timedelta(minutes=5)
QUEUE_STUCK = timedelta(minutes=15)
"""A long import may keep later tasks waiting for some minutes; nothing takes this long."""


@dataclass(frozen=True)
class Health:
    ok: bool
    database: str
    tick: str = "unknown"
    tick_age: int | None = None
    """Seconds since the tick last ended."""
    failed: tuple[str, ...] = ()
    worker: str = "unknown"
    queue: int | None = None
    """Tasks that wait for the worker."""


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    health = health_at(clock.now())
    return JsonResponse(asdict(health), status=200 if health.ok else 503)


healthz.needs = OPEN  # type: ignore[attr-defined]


def health_at(at: datetime) -> Health:
    try:
        tick = LastTick.objects.filter(pk=LastTick.THE_ONE).first()
        queue = DBTaskResult.objects.ready().order_by().aggregate(waiting=Count("pk"), oldest=Min("enqueued_at"))
    except DatabaseError:
        return Health(ok=False, database="broken")
    ticks = tick is not None and at - tick.ended_at < TICK_LATE
    works = queue["oldest"] is None or at - queue["oldest"] < QUEUE_STUCK
    return Health(
        ok=ticks and works and not (tick and tick.failed),
        database="ok",
        tick="ok" if ticks else "late",
        tick_age=round((at - tick.ended_at).total_seconds()) if tick else None,
        failed=tuple(tick.failed) if tick else (),
        worker="ok" if works else "stuck",
        queue=queue["waiting"],
    )
