"""Log lines: one JSON object each, with what an operator needs and nothing about people.

A line says when, how grave, from where, in which request, a message, and the facts named in
`extra={"facts": {...}}`. Whatever else a library hangs on a record (the request with its query string, for
one) is left out, and what looks like a phone or an identity number is hidden wherever it stands.
"""

import json
import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject

HIDDEN = "…"
ID_HEADER = "X-Request-ID"

_NUMBERS = re.compile(
    r"(?P<digest>\b(?=[0-9]*[a-f])[0-9a-f]{32,64}\b)|(?P<uuid>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
    r"|1\d\d[ -]\d{4}[ -]\d{4}|\d{7,}[Xx]?"
)
_DATABASE_DETAIL = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

_request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger(__name__)


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": hide_trace(_message(record)),
        }
        if request_id := _request_id.get():
            line["request"] = request_id
        facts = getattr(record, "facts", {})
        line |= {name: hide(value) if isinstance(value, str) else value for name, value in facts.items()}
        if record.exc_info and record.exc_info[0]:
            line["trace"] = hide_trace(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=lambda thing: type(thing).__name__)


def hide(text: str) -> str:
    """`text` without anything that could be a phone or an identity number; digests and UUIDs stay."""
    return _NUMBERS.sub(lambda found: found[0] if found["digest"] or found["uuid"] else HIDDEN, text)


def hide_trace(trace: str) -> str:
    """A traceback keeps its code lines; what the exceptions themselves say is stripped of names and rows."""
    lines = _DATABASE_DETAIL.sub(rf"\1: {HIDDEN}", trace).splitlines()
    return hide("\n".join(line if line.startswith("  ") else _CHINESE.sub(HIDDEN, line) for line in lines))


def request_log(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """One line for every request, and a number for it that all its lines and the answer carry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        given = request.headers.get(ID_HEADER, "")
        number = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        token = _request_id.set(number)
        try:
            response = get_response(request)
            response[ID_HEADER] = number
            _tell(request, response, perf_counter() - begun)
            return response
        finally:
            _request_id.reset(token)

    return middleware


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    route = route_of(request)
    facts = {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "user": _user_number(request),
    }
    log.log(logging.DEBUG if route == "healthz" else logging.INFO, "request", extra={"facts": facts})


def route_of(request: HttpRequest) -> str:
    """The name of the page asked for; never its address, which may hold a name or a number."""
    match = getattr(request, "resolver_match", None)
    return match.view_name or match.route if match else "unknown"


def _user_number(request: HttpRequest) -> int | None:
    """Who asked, if the request had to find that out anyway."""
    user = request.__dict__.get("user")
    if isinstance(user, LazyObject):
        user = getattr(request, "_cached_user", None)
    return getattr(user, "pk", None)


def _message(record: logging.LogRecord) -> str:
    """Django's own messages about a request end with its address: its route takes that place."""
    message = record.getMessage()
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest) and message.endswith(request.path):
        return message.removesuffix(request.path) + route_of(request)
    return message
