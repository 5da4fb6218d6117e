"""What happens around every operation: where it came from is noted, and a write sent twice is done once."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.responses import Status

from wuli.base.clock import now
from wuli.base.errors import Refused
from wuli.kernel.journal import origin

from ..actions.receipts import Answer, answer_once
from ..models import ApiToken
from .auth import READING, caller_of

KEY = "Idempotency-Key"

type View = Callable[..., Any]


def once(view: View) -> View:
    """Do a write that carries an Idempotency-Key once, however often it is sent."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(KEY)
        if key is None or request.method in READING:
            return view(request, *args, **kwargs)
        if not re.fullmatch(r"[!-~]{1,64}", key):
            raise Refused(_("Idempotency-Key 应为 1 至 64 个可见的英文字符"), code="invalid", field=KEY)
        answer = answer_once(
            caller=caller_of(request), key=key, digest=_digest(request), at=now(),
            do=lambda: _answer(view(request, *args, **kwargs)),
        )  # fmt: skip
        return _response(answer)

    return answered


def with_origin(view: View) -> View:
    """Let the journal say which token the work came in by."""

    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        token = getattr(request, "auth", None)
        if not isinstance(token, ApiToken):
            return view(request, *args, **kwargs)
        with origin.coming_from(f"{origin.current()} {token}"):
            return view(request, *args, **kwargs)

    return noted


def _digest(request: HttpRequest) -> str:
    said = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(said).hexdigest()


def _answer(done: Status[Any]) -> Answer:
    return Answer(done.status_code, done.value.model_dump_json())


def _response(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.text, status=answer.status, content_type="application/json; charset=utf-8")
    if answer.again:
        response["Idempotency-Replayed"] = "true"
    return response
