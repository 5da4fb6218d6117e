"""The identity providers of a company, each with the employee number of whoever comes, and nothing else of them.

Which field carries the number is set per provider (`claim`).
"""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.dingtalk.provider import DingTalkProvider
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.provider import FeishuProvider
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as lazy

DINGTALK_TOKEN = "https://api.dingtalk.com/v1.0/oauth2/accessToken"
DINGTALK_BY_UNION = "https://oapi.dingtalk.com/topapi/user/getbyunionid"
DINGTALK_MEMBER = "https://oapi.dingtalk.com/topapi/v2/user/get"


class OnlyTheNumber:
    """Keeps the employee number of all that a provider tells about someone."""

    app: Any

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, str]:
        claim = self.app.settings["claim"]
        told = [data.get("userinfo") or {}, data.get("id_token") or {}, data]
        return {"number": next((str(part[claim]).strip() for part in told if part.get(claim)), "")}


class CheckedOidcAdapter(OpenIDConnectOAuth2Adapter):
    """Checks the signature of an identity token even when it came straight from the issuer: inside a company
    that way is not always TLS.
    """

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().get_access_token_data(*args, **kwargs)
        self.did_fetch_access_token = False
        return data


class CompanyOidc(OnlyTheNumber, OpenIDConnectProvider):
    oauth2_adapter_class = CheckedOidcAdapter


class MemberAdapter(DingTalkOAuth2Adapter):
    """What someone may tell of themselves at DingTalk names no employee: the company's own address book does."""

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:
        with get_adapter().get_requests_session() as ask:
            me = ask.get(self.profile_url, headers={"x-acs-dingtalk-access-token": token.token}).json()
            corporate = ask.post(DINGTALK_TOKEN, json={"appKey": app.client_id, "appSecret": app.secret}).json()
            key = {"access_token": corporate.get("accessToken", "")}
            found = told(ask.post(DINGTALK_BY_UNION, params=key, json={"unionid": me.get("unionId", "")}))["result"]
            if found.get("contact_type"):
                raise OAuth2Error("the visitor is a contact, not a member of the company")
            member = told(ask.post(DINGTALK_MEMBER, params=key, json={"userid": found["userid"]}))["result"]
        return self.get_provider().sociallogin_from_response(request, {**member, **me})


class DingTalk(OnlyTheNumber, DingTalkProvider):
    name = lazy("钉钉")
    oauth2_adapter_class = MemberAdapter


class Feishu(OnlyTheNumber, FeishuProvider):
    name = lazy("飞书")


def told(answer: Any) -> dict[str, Any]:
    """The body of an answer in the manner of DingTalk and WeCom, which say what went wrong with `errcode` and 200."""
    answer.raise_for_status()
    body: dict[str, Any] = answer.json()
    if body.get("errcode"):
        raise OAuth2Error(f"{body['errcode']} {body.get('errmsg', '')}")
    return body
