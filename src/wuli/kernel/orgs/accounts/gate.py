"""What stands between being signed in and every page: how long a session lives, and what must be done first."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from wuli.base.clock import now
from wuli.web.errors import wants_json

from ..access import OPEN
from ..actions import signing_in
from ..models import User
from ..queries.accounts import has_second_factor, is_administrator
from ..rules import accounts as rules
from ..rules.accounts import ENDED, Ended
from ..rules.passwords import why_choose_anew

SETTING_UP = {
    "account_change_password", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}  # fmt: skip
"""Pages on which one does what must be done first."""


class Gate:
    """Reads nothing but the session, and the user whom the page asks for anyway; writes once a minute when last seen.

    Open views are let through untouched. A view that does not say what it needs is treated as one for the signed-in.
    What a page asks for by itself (`view.asked_by_itself`) does not count as having been seen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.is_let_in = partial(_is_let_in, request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.session.accessed and SESSION_KEY in request.session and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        needs = getattr(view, "needs", None)
        if needs == OPEN:
            return None
        if SESSION_KEY not in request.session:
            return _nobody(request) if needs else None
        at = now()
        if ended := _outlived(request, at) or _shut(request):
            return _sign_out(request, ended, at)
        if not getattr(view, "asked_by_itself", False):
            _note_seen(request, at)
        return _lead_elsewhere(request, needs, at)


def _note_seen(request: HttpRequest, at: datetime) -> None:
    if at.timestamp() - request.session[rules.SEEN] >= rules.SEEN_EVERY:
        request.session[rules.SEEN] = int(at.timestamp())


def _is_let_in(request: HttpRequest) -> bool:
    """Whether a page may show whose session this is, also where no view stands behind the address."""
    return SESSION_KEY in request.session and not (_outlived(request, now()) or _shut(request))


def _nobody(request: HttpRequest) -> HttpResponse | None:
    """A page sends its visitor to the log-in by itself; here only what a page cannot say."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return _turn_away(request, str(ENDED[Ended.ELSEWHERE]))
    return _turn_away(request, _("请先登录")) if _is_partial(request) else None


def _outlived(request: HttpRequest, at: datetime) -> Ended | None:
    session, seconds = request.session, int(at.timestamp())
    since, seen = session.setdefault(rules.SINCE, seconds), session.setdefault(rules.SEEN, seconds)
    if seconds - since >= settings.SESSION_COOKIE_AGE:
        return Ended.TOO_LONG
    return Ended.IDLE if seconds - seen >= settings.IDLE_MINUTES * 60 else None


def _shut(request: HttpRequest) -> Ended | None:
    """Whether the session's account is no longer let in. Django drops by itself sessions with an old password."""
    if request.user.is_authenticated:
        return None
    return Ended.CLOSED if SESSION_KEY in request.session else Ended.CHANGED


def _sign_out(request: HttpRequest, ended: Ended, at: datetime) -> HttpResponse:
    if account := User.objects.filter(pk=request.session.get(SESSION_KEY, 0)).select_related("person__unit").first():
        signing_in.note_sign_out(user=account, why=ended, at=at)
    logout(request)
    return _turn_away(request, str(ENDED[ended]))


def _turn_away(request: HttpRequest, sentence: str) -> HttpResponse:
    if _is_partial(request):
        return _say(request, sentence, reverse(settings.LOGIN_URL), _("登录"), status=401)
    messages.warning(request, sentence)
    return redirect_to_login(_where(request))


def _lead_elsewhere(request: HttpRequest, needs: Any, at: datetime) -> HttpResponse | None:
    name = request.resolver_match.view_name if request.resolver_match else ""
    if not isinstance(request.user, User):
        return None
    request.owes_password = owed = _owed_password(request, request.user)  # type: ignore[attr-defined]
    if name in SETTING_UP:
        return None
    if owed:
        return _first(request, "account_change_password", owed)
    if _owes_second_factor(request, request.user, needs):
        if has_second_factor(request.user):
            return _sign_out(request, Ended.WEAK, at)
        return _first(request, "mfa_activate_totp", _("三员账号须先启用双因素验证"))
    return None


def _owed_password(request: HttpRequest, user: User) -> str | None:
    """Judged by the moment of the log-in, so that nobody's work is cut short when a password comes of age."""
    since = datetime.fromtimestamp(request.session[rules.SINCE], UTC)
    why = why_choose_anew(user, days=settings.PASSWORD_DAYS, at=since)
    return why if why and _came_by_password(request) else None


def _came_by_password(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return not records or records[0]["method"] == "password"


def _owes_second_factor(request: HttpRequest, user: User, needs: Any) -> bool:
    """At log-in it was noted who owes one. Someone made an administrator since is met at the first page that asks
    for a permission, whose guard reads the duties anyway.
    """
    if not settings.ADMIN_SECOND_FACTOR or request.session.get(rules.SECOND_FACTOR):
        return False
    return bool(request.session.get(rules.OWES_SECOND_FACTOR)) or (isinstance(needs, tuple) and is_administrator(user))


def _first(request: HttpRequest, name: str, sentence: str) -> HttpResponse:
    if _is_partial(request):
        return _say(request, sentence, reverse(name), _("去办理"), status=403)
    return redirect(f"{reverse(name)}?{urlencode({'next': _where(request)})}")


def _say(request: HttpRequest, sentence: str, url: str, verb: str, *, status: int) -> HttpResponse:
    if wants_json(request):
        code = "signed_out" if status == 401 else "not_yet"
        return JsonResponse({"code": code, "message": sentence}, status=status)
    return render(request, "orgs/accounts/say.html", {"sentence": sentence, "url": url, "verb": verb}, status=status)


def _is_partial(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) or wants_json(request)


def _where(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    parts = urlsplit(came_from)
    safe = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return (
        parts._replace(scheme="", netloc="").geturl() if safe and parts.path else reverse(settings.LOGIN_REDIRECT_URL)
    )
