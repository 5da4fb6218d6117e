"""Who a program is: a token in the Authorization header, or the session of whoever sits at the browser."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.throttling import BaseThrottle
from ninja.utils import check_csrf

from wuli.base.clock import business_date, now
from wuli.web import pace
from wuli.web.api.problems import Denied

from ..access import SIGNED_IN, NotAllowed, needs
from ..actions.tokens import note_use
from ..models import ApiToken
from ..queries.tokens import token_by_secret
from ..rules.tokens import why_not_use

READING = {"GET", "HEAD", "OPTIONS"}


class BearerToken(HttpBearer):
    """A token gives its owner's account, limited to what the token may do. A bad one is refused, session or not."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        found, at = token_by_secret(token), now()
        if why := why_not_use(found, on=business_date(at)):
            raise Denied(401, why.code, why.sentence)
        assert found is not None
        note_use(token=found, at=at)
        found.user.only_perms = frozenset(found.perms)  # type: ignore[attr-defined]
        request.user = found.user
        return found


class BrowserSession(APIKeyCookie):
    """Whoever is signed in. Writes must come from our own pages, shown by the CSRF token in X-CSRFToken."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        return self.authenticate(request, self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not request.user.is_authenticated:
            return None
        if request.method not in READING and check_csrf(request):
            raise Denied(403, "csrf", _("缺少或过期的 X-CSRFToken，请刷新页面后重试"))
        return request.user


class PerCaller(BaseThrottle):
    """So many calls in each minute of the clock, for each token or signed-in person, in each worker of the server.

    Counted in the worker's memory: a count shared by all through files took longer than most calls themselves.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        return not pace.is_too_fast(f"api:{caller_of(request)}", settings.API_CALLS_A_MINUTE, kept_in="process")

    def wait(self) -> float:
        return pace.seconds_left()


def admit(request: HttpRequest, needed: Any) -> None:
    """Ask what the operation itself asks again. Raises NotAllowed."""
    if needed != SIGNED_IN:
        needs(*needed)(_nothing)(request)


def _nothing(request: HttpRequest) -> None:
    pass


def caller_of(request: HttpRequest) -> str:
    """The token or account behind a request, as a word."""
    token = getattr(request, "auth", None)
    return f"token:{token.pk}" if isinstance(token, ApiToken) else f"user:{request.user.pk}"


def denied_for(lacking: NotAllowed) -> Denied:
    sentence = _("您的职责或令牌不含这项操作所需的权限：%(perms)s") % {"perms": _("、").join(lacking.perms)}
    return Denied(403, "not_allowed", sentence)
