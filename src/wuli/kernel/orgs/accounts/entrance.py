"""Log-in by name and password: what the library does at each step, and what we add."""

from datetime import datetime
from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import now, today
from wuli.base.errors import Refused

from ..actions import signing_in
from ..models import User
from ..queries.accounts import is_administrator, tries_of
from ..rules import accounts as rules

SAID = {
    "account/messages/password_changed.txt": lazy("密码已更改，其他地方的登录已退出"),
    "mfa/messages/totp_activated.txt": lazy("已启用双因素验证"),
    "mfa/messages/totp_deactivated.txt": lazy("已停用双因素验证"),
    "mfa/messages/recovery_codes_generated.txt": lazy("已生成新的恢复码，旧的恢复码全部作废"),
    "socialaccount/messages/account_connected_updated.txt": lazy("企业登录已关联"),
    "socialaccount/messages/account_disconnected.txt": lazy("企业登录已解除关联"),
}
"""The library's messages that say more than the page does; the others are not shown."""


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": lazy("登录名或密码不对"),
        "incorrect_password": lazy("密码不对"),
        "enter_current_password": lazy("当前密码不对"),
        "too_many_login_attempts": lazy("尝试次数过多，请稍后再试"),
        "rate_limited": lazy("操作太频繁，请稍后再试"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """A locked name is answered before anything else: right passwords and unknown names alike."""
        refuse_if_locked(credentials["username"], now())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        try:
            user: User | None = super().authenticate(request, **credentials)
        except Refused as closed:
            account = User.objects.get_by_natural_key(credentials["username"])
            signing_in.note_refusal(user=account, why=closed.code, at=now())
            raise ValidationError(str(closed), code=closed.code) from closed
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        count_failure(credentials["username"], "password", now())

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether it is still the same person; failures count as those of a log-in do."""
        found = self.authenticate(context.request, username=user.username, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just come in need not say again who they are."""
        records = get_authentication_records(context.request, context.request.user)
        return not any(time() - record["at"] < REAUTHENTICATION_TIMEOUT for record in records)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The last look before someone is let in, by whichever way they came."""
        if why := rules.why_not_sign_in(user, on=today()):
            signing_in.note_refusal(user=user, why="closed", at=now())
            return render(request, "account/account_inactive.html", {"why": why}, status=403)
        return None

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        records = get_authentication_records(request, user)
        mark(request, user, sure=any(record["method"] == "mfa" for record in records), at=now())
        how = "+".join(str(record.get("type") or record.get("provider") or record["method"]) for record in records)
        signing_in.note_sign_in(user=user, how=how, at=now())
        return answer

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            signing_in.note_sign_out(user=request.user, at=now())
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        signing_in.change_password(
            user=user, password=password, keep=context.request.session.session_key, at=now()
        )  # fmt: skip

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("orgs:settings")

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Where the library would send a mail that a company log-in was taken off, an event is written."""
        if template_prefix == "socialaccount/email/account_disconnected":
            signing_in.note_change("account.unlinked", user=user, at=now())

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, message: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        if said := message or SAID.get(message_template or ""):
            messages.add_message(request, level, str(said))


def refuse_if_locked(name: str, at: datetime) -> None:
    tries = tries_of(name)
    if tries.locked_until and tries.is_locked(at):
        raise ValidationError(rules.why_locked(tries.locked_until), code="locked")


def count_failure(name: str, why: str, at: datetime) -> None:
    """One more failure; the one that locks the name says so."""
    if until := signing_in.note_failure(name=name, why=why, at=at).locked_until:
        raise ValidationError(rules.why_locked(until), code="locked")


def mark(request: HttpRequest, user: User, *, sure: bool, at: datetime) -> None:
    """Note on the session when it began and whether its person showed a second factor, so that no later request
    needs to ask the database.
    """
    session, seconds = request.session, int(at.timestamp())
    session.setdefault(rules.SINCE, seconds)
    session[rules.SEEN] = seconds
    session[rules.SECOND_FACTOR] = sure
    session[rules.OWES_SECOND_FACTOR] = settings.ADMIN_SECOND_FACTOR and not sure and is_administrator(user)
