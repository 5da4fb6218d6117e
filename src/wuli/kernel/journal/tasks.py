from django.tasks import task

from wuli.base import clock

from . import actions
from .origin import coming_from


@task
def check_chain() -> dict[str, int | str | None]:
    """Check the whole chain away from any request."""
    with coming_from("task"):
        verdict = actions.check(at=clock.now())
    return {"sealed": verdict.sealed, "broken": verdict.broken, "reason": verdict.reason}
