"""Keys for programs: how they look, how long they live, when they open nothing."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..models import ApiToken
from .accounts import why_not_sign_in

PREFIX = "wuli_"
"""How every token begins, so that one that leaked into a file or a log is found by searching for it."""
LONGEST = 366
MOST = 20


@dataclass(frozen=True)
class Reason:
    """Why a token opens nothing: a stable word for programs, a sentence for whoever reads their log."""

    code: str
    sentence: str


def digest_of(secret: str) -> str:
    """What is kept of a token. The secret is 32 random bytes, so a quick hash cannot be guessed backwards."""
    return hashlib.sha256(secret.encode()).hexdigest()


def why_not_create(*, perms: Collection[str], own: Collection[str], days: int, live: int) -> tuple[str, str] | None:
    """The field at fault and the sentence, for an owner who may do `own` and has `live` tokens in use."""
    if not perms:
        return "perms", _("请至少勾选一项权限")
    if foreign := sorted(set(perms) - set(own)):
        return "perms", _("不能给令牌超出本人职责的权限：%(perms)s") % {"perms": _("、").join(foreign)}
    if not 1 <= days <= LONGEST:
        return "days", _("有效期应在 1 至 %(longest)d 天之间") % {"longest": LONGEST}
    if live >= MOST:
        return "name", _("已有 %(live)d 个令牌在用，请先撤销不再使用的") % {"live": live}
    return None


def why_not_use(token: ApiToken | None, *, on: date) -> Reason | None:
    """Why a program cannot come in with what it showed (None: no token we ever gave out)."""
    if token is None:
        return Reason("token_unknown", _("没有这个令牌，请核对是否完整复制"))
    if token.revoked_at:
        return Reason("token_revoked", _("令牌“%(token)s”已撤销，请改用新的令牌") % {"token": token})
    if not token.is_live(on):
        return Reason("token_expired", _("令牌“%(token)s”的有效期至 %(day)s，已过期，请新建令牌") % {
            "token": token, "day": token.expires_on})  # fmt: skip
    if why_not_sign_in(token.user, on=on):
        return Reason("token_owner_gone", _("令牌“%(token)s”的所有人已离册或账号已停用") % {"token": token})
    return None
