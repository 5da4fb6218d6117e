"""A page that many screens and fingers ask for is told once a second to each of them.

The answer to the very same question is given again for a second, before session, account and page are looked at: what
is asked, by which cookies and headers. Nothing of it is shared between people, and whoever changes something sees it at
once, for a change forgets all that was kept for the same cookies in that worker.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

LONGEST = 1.0
"""Seconds."""
MOST = 200
"""Answers that each worker keeps."""
READING = ("GET", "HEAD")

type Question = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """An answer with what the log wants to know of it."""

    until: float
    status: int
    content: bytes
    headers: dict[str, str]
    cookies: SimpleCookie
    match: Any
    user: Any

    def again(self, request: HttpRequest) -> HttpResponse:
        request.resolver_match, request.user = self.match, self.user
        answer = HttpResponse(self.content, status=self.status, headers=self.headers)
        answer.cookies = self.cookies
        return answer


def told_again[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """What this page says may be up to a second old."""
    view.told_again = True  # type: ignore[attr-defined]
    return view


def again(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """At most FIGURES_KEPT seconds old, too: 0 asks everything each time."""
    kept: dict[Question, Told] = {}

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            _forget(kept, request.headers.get("Cookie", ""))
            return get_response(request)
        question = _question(request)
        told = kept.get(question)
        if told and monotonic() < told.until:
            return told.again(request)
        answer = get_response(request)
        if _may_be_kept(request, answer):
            _keep(kept, question, request, answer)
        return answer

    return middleware


def _question(request: HttpRequest) -> Question:
    meta = request.META
    headers = tuple((name, meta[name]) for name in meta if name.startswith("HTTP_"))
    return (*headers, (f"{request.method} {request.scheme}", request.get_full_path()))


def _may_be_kept(request: HttpRequest, answer: HttpResponse) -> bool:
    view = request.resolver_match.func if request.resolver_match else None
    return (
        getattr(view, "told_again", False)
        and answer.status_code in (200, 304) and not answer.streaming
        and settings.SESSION_COOKIE_NAME not in answer.cookies and settings.FIGURES_KEPT > 0
    )  # fmt: skip


def _keep(kept: dict[Question, Told], question: Question, request: HttpRequest, answer: HttpResponse) -> None:
    if len(kept) >= MOST:
        kept.clear()
    until = monotonic() + min(LONGEST, settings.FIGURES_KEPT)
    kept[question] = Told(
        until, answer.status_code, answer.content, dict(answer.items()), answer.cookies, request.resolver_match,
        getattr(request, "_cached_user", None),
    )  # fmt: skip


def _forget(kept: dict[Question, Told], cookies: str) -> None:
    for question in [one for one in list(kept) if ("HTTP_COOKIE", cookies) in one]:
        del kept[question]
