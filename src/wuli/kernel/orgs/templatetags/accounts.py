"""How an account is shown: the device it is signed in on, the state it is in."""

import re
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import now

from ..models import User
from ..rules import passwords

register = template.Library()

PROGRAMS = (
    ("wxwork", lazy("企业微信")), ("dingtalk", lazy("钉钉")), ("lark|feishu", lazy("飞书")),
    ("micromessenger", lazy("微信")), ("edg", "Edge"), ("qqbrowser", lazy("QQ 浏览器")),
    ("360|qihu", lazy("360 浏览器")), ("firefox", "Firefox"), ("chrome|crios", "Chrome"), ("safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("openharmony|harmony", lazy("鸿蒙")), ("android", "Android"), ("iphone", "iPhone"), ("ipad", "iPad"),
    ("windows", "Windows"), ("mac os", "macOS"), ("kylin", lazy("麒麟")), ("uos", lazy("统信")), ("linux", "Linux"),
)  # fmt: skip
"""What a browser calls itself, the narrower name before the wider one that it also carries."""


@register.filter
def device(agent: str) -> str:
    """企业微信 · Android, from what the browser said of itself."""
    words = [str(name) for table in (PROGRAMS, SYSTEMS) if (name := _first(table, agent))]
    return " · ".join(words) or _("未知设备")


@register.filter
def of(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key)


@register.filter
def temporary_until(account: User) -> datetime | None:
    return passwords.good_until(account, days=settings.TEMPORARY_PASSWORD_DAYS)


@register.filter
def has_expired(account: User) -> bool:
    return passwords.why_expired(account, days=settings.TEMPORARY_PASSWORD_DAYS, at=now()) is not None


def _first(table: tuple[Any, ...], agent: str) -> Any:
    return next((name for pattern, name in table if re.search(pattern, agent, re.IGNORECASE)), "")
