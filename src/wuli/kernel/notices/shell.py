"""The bell in the top bar, and the reading of notices by opening the page they lead to."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from wuli.base.clock import now
from wuli.kernel.orgs.access import actor

from .actions import reading
from .queries.mine import Unread, unread_of


def bell(request: HttpRequest) -> dict[str, Any]:
    """`notices` for the top bar, counted only where a page draws it; nothing for an account without a person."""
    if not request.user.is_authenticated or actor(request).person_id is None:
        return {}
    return {"notices": SimpleLazyObject(lambda: _drawn(request))}


def _drawn(request: HttpRequest) -> dict[str, Any]:
    """What is read by opening this very page is no longer counted on it."""
    person = actor(request).person
    unread = unread_of(person, request.get_full_path()) if person else Unread()
    request._unread = unread  # type: ignore[attr-defined]
    return {"url": reverse("notices:mine"), "count": unread.count - unread.here, "poll": reverse("notices:bell")}


def read_by_opening(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever was shown a page has read the notices that lead to it. Costs nothing where there are none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        unread: Unread = getattr(request, "_unread", Unread())
        if unread.here and request.method == "GET" and answer.status_code == 200 and (person := actor(request).person):
            reading.read_here(person=person, url=request.get_full_path(), at=now())
        return answer

    return middleware
