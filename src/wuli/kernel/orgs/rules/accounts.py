"""Who may come in, when not, and who may change whose account.

The accounts of the three administrators are changed by two people. A system administrator could otherwise
reset the audit administrator's password, come in under that name, and nobody would ask. So a reset password, a
removed second factor or a switched-off account of an administrator waits until it is confirmed: by the person
whose account it is, or by an administrator who is neither of the kind that asks nor of the kind concerned.
Whoever confirms sees the temporary password; whoever asked never does. The person finds the old password gone,
and every step is an event.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..models import AccountRequest, Person, User
from .duties import Admin

FAILURES = 5
"""Failed log-ins in a row after which a name is locked, and for how long (GB/T 22239-2019, 8.1.4.1 b)."""
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 10
KINDS_OF_SIGNS = 3
REQUESTS_WAIT = timedelta(days=3)
OPENED_AT_ONCE = 500
"""Accounts opened in one go: as many temporary passwords as one person can hand out."""
SEEN_EVERY = 60
"""Seconds between two notes of when a session was last used."""
SEEN = "seen"
SINCE = "since"
SECOND_FACTOR = "second_factor"
OWES_SECOND_FACTOR = "owes_second_factor"
"""What a session remembers: when it was last used and begun (seconds), and how sure we are of its person."""


class Ended(StrEnum):
    """Why someone who was signed in is not any more."""

    IDLE = "idle"
    TOO_LONG = "too_long"
    CLOSED = "closed"
    CHANGED = "changed"
    ELSEWHERE = "elsewhere"
    WEAK = "weak"


ENDED: dict[Ended, str | Promise] = {
    Ended.IDLE: lazy("您有一段时间没有操作，为保护数据已退出，请重新登录"),
    Ended.TOO_LONG: lazy("本次登录已满时限，请重新登录"),
    Ended.CLOSED: lazy("您的账号已停用，或您已不在花名册上，已退出登录。如有疑问请联系系统管理员"),
    Ended.CHANGED: lazy("您的密码已更改，请用新密码登录"),
    Ended.ELSEWHERE: lazy("登录已失效：可能已超时，也可能已在别处退出。请重新登录"),
    Ended.WEAK: lazy("您的账号已启用双因素验证，请用动态口令重新登录"),
}


@dataclass(frozen=True)
class Tries:
    """Failed log-ins under one name so far."""

    count: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def after_failure(self, at: datetime) -> "Tries":
        """One more. Failures that lie further back than a lock would last are forgotten."""
        recent = self.last_at is not None and at - self.last_at < LOCKED_FOR
        count = self.count + 1 if recent else 1
        return Tries(count, at, None) if count < FAILURES else Tries(0, at, at + LOCKED_FOR)

    def is_locked(self, at: datetime) -> bool:
        return self.locked_until is not None and at < self.locked_until


def why_locked(until: datetime) -> str:
    moment = date_format(timezone.localtime(until + timedelta(minutes=1)), "H:i")
    return _("连续 %(count)d 次登录失败，已锁定。请在 %(time)s 之后再试，或请系统管理员解除锁定") % {
        "count": FAILURES, "time": moment}  # fmt: skip


def why_not_sign_in(user: User, *, on: date) -> str | None:
    """Why an account is closed, told only to someone who knows its password."""
    if not user.is_active:
        return _("账号已停用，请联系系统管理员")
    if user.person and not user.person.is_on_roll(on):
        return _("%(person)s 当前不在花名册上，不能登录。如有疑问请联系人力资源部门") % {"person": user.person.name}
    return None


def why_not_plain(password: str) -> str | None:
    kinds = [str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum()]
    if sum(any(map(kind, password)) for kind in kinds) >= KINDS_OF_SIGNS:
        return None
    return _("密码应至少含有大写字母、小写字母、数字、符号中的三种")


def why_not_oneself(password: str, user: User) -> str | None:
    """Why a password that anybody could guess who knows the person is none."""
    person = user.person
    words = [user.username, *([person.name, person.pinyin, person.number] if person else [])]
    if any(len(word) > 1 and word.casefold() in password.casefold() for word in words):
        return _("密码不能含有本人的工号、姓名或姓名拼音")
    return None


def name_as_noted(name: str) -> str:
    """The name someone tried, for the journal. What could be a password, typed into the wrong field, is not kept."""
    looks_secret = len(name) >= SHORTEST_PASSWORD and why_not_plain(name) is None
    return f"{name[:1]}***" if looks_secret else name[:64]


def why_not_open(person: Person, account: User | None, *, on: date) -> str | None:
    if account:
        return _("%(person)s 已有账号") % {"person": person.name}
    if not person.is_on_roll(on):
        return _("%(person)s 在 %(day)s 不在册，不能开通账号") % {"person": person.name, "day": on}
    return None


def why_not_admit(
    number: str, person: Person | None, *, linked: Person | None, asker: Person | None, on: date
) -> str | None:
    """Why a company identity with this employee number, linked to one person or asked for by another, opens nothing."""
    if not number:
        return _("企业身份中没有工号，请联系系统管理员核对单点登录的设置")
    if person is None or not person.is_on_roll(on):
        return _("花名册上没有工号“%(number)s”的在册人员，请联系人力资源部门") % {"number": number}
    if linked and linked.pk != person.pk:
        return _("这个企业身份已关联到%(linked)s，与工号“%(number)s”不符，请联系系统管理员") % {
            "linked": linked.name, "number": number}  # fmt: skip
    if asker and asker.pk != person.pk:
        return _("这个企业身份的工号是“%(number)s”，不是您本人，不能关联") % {"number": number}
    return None


def why_not_manage(account: User, by: User) -> str | None:
    if account.pk == by.pk:
        return _("不能在这里变更自己的账号，请到“我的设置”，或请另一位管理员办理")
    return None


def why_not_change(account: User, verb: str, *, second_factor: bool) -> str | None:
    if verb == AccountRequest.Verb.REMOVE_SECOND_FACTOR and not second_factor:
        return _("%(account)s 没有启用双因素验证") % {"account": account}
    if verb == AccountRequest.Verb.SWITCH_OFF and not account.is_active:
        return _("%(account)s 的账号已经停用") % {"account": account}
    return None


def why_not_confirm(
    request: AccountRequest, by: User, *, own: Set[Admin], kinds: Set[Admin], asking: Set[Admin], at: datetime
) -> str | None:
    """Why `by`, an administrator of the kinds `own`, cannot confirm what an administrator of the kinds `asking`
    wants done to an account of the kinds `kinds`.
    """
    if request.status != AccountRequest.Status.WAITING:
        return _("这项申请已经办结")
    if at >= request.asked_at + REQUESTS_WAIT:
        return _("申请已超过 %(days)d 天，请重新提出") % {"days": REQUESTS_WAIT.days}
    if by.pk == request.asked_by_id:
        return _("申请人不能自己复核")
    if by.pk == request.account_id or own - kinds - asking:
        return None
    return _("须由本人，或与双方都不同类的管理员复核")


def why_not_decline(request: AccountRequest) -> str | None:
    return _("这项申请已经办结") if request.status != AccountRequest.Status.WAITING else None
