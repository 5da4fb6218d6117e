"""Which identity providers of the company are on: those whose variables are set, and no others."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

NEEDED = {
    "openid_connect": {
        "client_id": "WULI_OIDC_CLIENT_ID", "secret": "WULI_OIDC_SECRET", "server_url": "WULI_OIDC_ISSUER",
    },
    "wecom": {"client_id": "WULI_WECOM_CORP_ID", "secret": "WULI_WECOM_SECRET", "agentid": "WULI_WECOM_AGENT_ID"},
    "dingtalk": {"client_id": "WULI_DINGTALK_CLIENT_ID", "secret": "WULI_DINGTALK_SECRET"},
    "feishu": {"client_id": "WULI_FEISHU_CLIENT_ID", "secret": "WULI_FEISHU_SECRET"},
}  # fmt: skip
CLAIMS = {
    "openid_connect": ("WULI_OIDC_CLAIM", "preferred_username"),
    "wecom": ("WULI_WECOM_CLAIM", "userid"),
    "dingtalk": ("WULI_DINGTALK_CLAIM", "job_number"),
    "feishu": ("WULI_FEISHU_CLAIM", "employee_no"),
}
"""Where the employee number stands in what each tells. It must be a field that only the company can write."""
CLASSES = {"openid_connect": "CompanyOidc", "dingtalk": "DingTalk", "feishu": "Feishu"}


def providers(environ: Mapping[str, str]) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS. A provider of which only some variables are set is a mistake, and said at start."""
    made: dict[str, Any] = {}
    for provider, needed in NEEDED.items():
        made[provider] = {"APPS": _apps(provider, needed, environ), "OAUTH_PKCE_ENABLED": provider == "openid_connect"}
        if provider in CLASSES:
            made[provider]["provider_class"] = f"wuli.kernel.orgs.accounts.providers.{CLASSES[provider]}"
    return made


def _apps(provider: str, needed: Mapping[str, str], environ: Mapping[str, str]) -> list[dict[str, Any]]:
    given = {field: environ.get(variable, "") for field, variable in needed.items()}
    missing = [needed[field] for field, value in given.items() if not value]
    if len(missing) == len(needed):
        return []
    if missing:
        raise ValueError(f"{provider} log-in is only half set up: {', '.join(missing)} missing")
    claim, usual = CLAIMS[provider]
    app: dict[str, Any] = {"client_id": given.pop("client_id"), "secret": given.pop("secret")}
    app["settings"] = {"claim": environ.get(claim, usual), **given}
    if provider == "openid_connect":
        app |= {"provider_id": "oidc", "name": environ.get("WULI_OIDC_NAME") or _("企业统一认证")}
    return [app]
