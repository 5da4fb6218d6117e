"""WeCom knows members by a user id. It wants no token of theirs: the application asks in its own name.

Outside the WeCom app a member scans a code, inside it they are known without asking.
"""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as lazy

from ..providers import OnlyTheNumber, told

API = "https://qyapi.weixin.qq.com/cgi-bin/"
SCAN = "https://login.work.weixin.qq.com/wwlogin/sso/login"
INSIDE = "https://open.weixin.qq.com/connect/oauth2/authorize"
EARLY = 300
"""Seconds before its end from which a token is not used any more."""


class WeComClient(OAuth2Client):
    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        asked = {"appid": self.consumer_key, "redirect_uri": self.callback_url, "state": self.state, **extra_params}
        if authorization_url == SCAN:
            return f"{SCAN}?{urlencode({'login_type': 'CorpApp', **asked})}"
        return f"{INSIDE}?{urlencode({**asked, 'response_type': 'code', 'scope': 'snsapi_base'})}#wechat_redirect"

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None) -> dict[str, Any]:
        """The application's own token; WeCom asks to keep it and to come back for another only when it ends."""
        key = token_key(self.consumer_key)
        token = cache.get(key)
        if token is None:
            asked = {"corpid": self.consumer_key, "corpsecret": self.consumer_secret}
            with get_adapter().get_requests_session() as ask:
                token = told(ask.get(f"{API}gettoken", params=asked))
            cache.set(key, token, max(int(token["expires_in"]) - EARLY, 0))
        return {"access_token": token["access_token"], "code": code}


class WeComAdapter(OAuth2Adapter):
    provider_id = "wecom"
    client_class = WeComClient
    access_token_url = f"{API}gettoken"

    @property
    def authorize_url(self) -> str:
        return INSIDE if "wxwork" in self.request.headers.get("User-Agent", "").lower() else SCAN

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:
        asked = {"access_token": token.token, "code": kwargs["response"]["code"]}
        with get_adapter().get_requests_session() as ask:
            try:
                visitor = told(ask.get(f"{API}auth/getuserinfo", params=asked))
            except OAuth2Error:
                cache.delete(token_key(app.client_id))  # it may have ended before its time
                raise
        if not visitor.get("userid"):
            raise OAuth2Error("the visitor is not a member of the company")
        return self.get_provider().sociallogin_from_response(request, visitor)


class WeComProvider(OnlyTheNumber, OAuth2Provider):
    id = "wecom"
    name = lazy("企业微信")
    account_class = ProviderAccount
    oauth2_adapter_class = WeComAdapter

    def get_auth_params(self) -> dict[str, str]:
        return {"agentid": self.app.settings["agentid"]}

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["userid"])


def token_key(corporation: str) -> str:
    return f"wecom-token:{corporation}"


provider_classes = [WeComProvider]
