"""Our own pages (`urlpatterns`), and those of the log-in library that we use (`entrance`), under its own names."""

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.socialaccount import views as company
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.feishu import views as feishu
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from ..access import OPEN, View, signed_in
from ..accounts.providers import CheckedOidcAdapter, MemberAdapter
from ..accounts.wecom.provider import WeComAdapter
from ..views import accounts as views
from ..views import second_factor

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("accounts/", views.account_list, name="accounts"),
    path("accounts/open/", views.account_open_many, name="account_open_many"),
    path("accounts/open/<int:pk>/", views.account_open, name="account_open"),
    path("accounts/requests/", views.request_list, name="account_requests"),
    path("accounts/requests/<int:pk>/confirm/", views.request_confirm, name="account_request_confirm"),
    path("accounts/requests/<int:pk>/decline/", views.request_decline, name="account_request_decline"),
    path("accounts/<int:pk>/", views.account_detail, name="account"),
    path("accounts/<int:pk>/<slug:verb>/", views.account_change, name="account_change"),
]


def open_to_all(view: View) -> View:
    """A door that people come through who are not signed in yet, or any more."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    door.needs = OPEN  # type: ignore[attr-defined]
    return door


def oidc(kind: type[OAuth2LoginView] | type[OAuth2CallbackView]) -> View:
    return lambda request, provider_id: kind.adapter_view(CheckedOidcAdapter(request, provider_id))(request)


def company_doors(name: str, route: str, login: View, callback: View) -> list[URLPattern]:
    return [
        path(f"{route}/login/", open_to_all(views.by_a_page(_if_configured(login))), name=f"{name}_login"),
        path(f"{route}/login/callback/", open_to_all(_if_configured(callback)), name=f"{name}_callback"),
    ]


def _if_configured(view: View) -> View:
    """A provider without settings is a page that is not there."""

    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = view(request, *args, **kwargs)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        return answer

    return door


entrance = [
    path("login/", open_to_all(account.login), name="account_login"),
    path("logout/", open_to_all(account.logout), name="account_logout"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("sessions/", views.sessions, name="usersessions_list"),
    path("2fa/", signed_in(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", open_to_all(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", signed_in(second_factor.activate), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", signed_in(second_factor.deactivate), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/new/", signed_in(second_factor.renew_codes), name="mfa_generate_recovery_codes"),
    path("company/", signed_in(transaction.atomic(company.connections)), name="socialaccount_connections"),
    path("company/cancelled/", open_to_all(company.login_cancelled), name="socialaccount_login_cancelled"),
    *company_doors("openid_connect", "oidc/<slug:provider_id>", oidc(OAuth2LoginView), oidc(OAuth2CallbackView)),
    *company_doors(
        "wecom", "wecom", OAuth2LoginView.adapter_view(WeComAdapter), OAuth2CallbackView.adapter_view(WeComAdapter)
    ),
    *company_doors(
        "dingtalk", "dingtalk",
        OAuth2LoginView.adapter_view(MemberAdapter), OAuth2CallbackView.adapter_view(MemberAdapter),
    ),
    *company_doors("feishu", "feishu", feishu.oauth2_login, feishu.oauth2_callback),
]  # fmt: skip
