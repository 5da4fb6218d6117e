"""How long a password is good.

A temporary one is known to whoever gave it, and lies on a slip of paper or in a message: after some days it opens
nothing. One that a person chose is good for ever, unless the site says for how many days.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import User

REMEMBERED = 5
"""The last passwords of an account, the present one among them; none of them may be chosen again."""


def good_until(account: User, *, days: int) -> datetime | None:
    """When the temporary password of `account` ends; None if it has none, or temporary ones (`days` is 0) do not."""
    return _since(account) + timedelta(days=days) if account.must_change_password and days else None


def why_expired(account: User, *, days: int, at: datetime) -> str | None:
    """Why a temporary password opens nothing any more, told only to someone who knows it."""
    until = good_until(account, days=days)
    if until is None or at < until:
        return None
    day = date_format(timezone.localtime(until), "Y-m-d H:i")
    return _("临时密码已于 %(day)s 过期，请联系系统管理员重置密码") % {"day": day}


def why_choose_anew(account: User, *, days: int, at: datetime) -> str | None:
    """Why someone who came in at `at` must choose a new password first."""
    if account.must_change_password:
        return _("请先修改临时密码")
    if days and at >= _since(account) + timedelta(days=days):
        return _("密码已使用满 %(days)d 天，请先设置新密码") % {"days": days}
    return None


def _since(account: User) -> datetime:
    return account.password_at or account.created_at
