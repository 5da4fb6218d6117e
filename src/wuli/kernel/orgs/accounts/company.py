"""Log-in with the company's own identity: who that is on our roll, or why nobody."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import now, today
from wuli.base.errors import Refused, refuse

from ..actions import accounts as actions
from ..actions import signing_in
from ..models import Person, User
from ..rules.accounts import why_not_admit

log = logging.getLogger(__name__)


class CompanyLoginAdapter(DefaultSocialAccountAdapter):
    """An identity of the company stands for the person on the roll who has its employee number, and for no one else.

    The claim that carries the number must be one that only the company writes. There is no sign-up: someone without
    an account gets theirs on the first log-in, someone not on the roll gets a page that says so.
    """

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": lazy("这是您唯一的登录方式，不能解除关联。请先请系统管理员开通密码"),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        try:
            self._recognise(request, sociallogin)
        except Refused as no:
            account = sociallogin.account
            signing_in.note_stranger(provider=account.provider, number=account.extra_data["number"], at=now())
            said = {"why": no, "provider": sociallogin.provider}
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", said, status=403)) from no

    def _recognise(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        number = sociallogin.account.extra_data["number"]
        person = Person.objects.filter(number=number).first() if number else None
        linked = sociallogin.user.person if sociallogin.is_existing else None
        connects = sociallogin.state.get("process") == AuthProcess.CONNECT
        asker = request.user.person if connects and isinstance(request.user, User) else None
        refuse(why_not_admit(number, person, linked=linked, asker=asker, on=today()))
        assert person is not None
        if linked is None:
            account = sociallogin.account
            sociallogin.account = actions.admit(person=person, provider=account.provider, uid=account.uid, at=now())
            sociallogin.user = sociallogin.account.user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        facts = {"provider": provider.sub_id, "error": str(error), "exception": str(exception or "")[:300]}
        log.warning("company log-in failed", extra={"facts": facts})
