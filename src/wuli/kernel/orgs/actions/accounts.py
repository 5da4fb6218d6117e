"""Accounts: opened, switched off and on, put right. For an administrator's account see `rules.accounts`."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal

from ..models import AccountRequest, Person, User
from ..queries.accounts import admin_kinds_of, has_second_factor, tries_of
from ..rules import accounts as rules
from ..rules.duties import Admin
from .passwords import replace_password
from .signing_in import end_sessions, forgive, unit_of

Verb = AccountRequest.Verb
SIGNS = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789")
"""Signs of a temporary password: none that can be mistaken for another when read from paper."""


@dataclass(frozen=True)
class Outcome:
    """What came of a change: done (with a temporary password, if it gives one), or waiting for a second person."""

    password: str = ""
    waits: bool = False


@transaction.atomic
def open_account(*, person: Person, by: User | None, at: datetime) -> tuple[User, str]:
    """Open an account under the person's number; returns it with its temporary password. Raises Refused.

    An administrator's account opened by another administrator has no password yet ("") and waits to be confirmed.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("unit").get(pk=person.pk)
    account = _open(person, at)
    journal.record("account.opened", subject=account, unit=person.unit, by=by, at=at)
    if by is None or not _kinds(account, at):
        return account, _give_temporary_password(account, at)
    _ask(account, Verb.RESET_PASSWORD, reason=_("新开通的管理员账号"), by=by, at=at)
    return account, ""


@transaction.atomic
def open_accounts(*, people: Iterable[Person], by: User, at: datetime) -> list[tuple[User, str]]:
    """Open many accounts at once; returns each with its temporary password. All or, with Refused, none."""
    people = list(people)
    if not people:
        raise Refused(_("所选范围内的任职人员都已有账号"))
    if len(people) > rules.OPENED_AT_ONCE:
        raise Refused(_("一次最多开通 %(most)d 个账号，请缩小单位范围") % {"most": rules.OPENED_AT_ONCE}, field="unit")
    return [open_account(person=person, by=by, at=at) for person in people]


@transaction.atomic
def admit(*, person: Person, provider: str, uid: str, at: datetime) -> SocialAccount:
    """Link a company identity to the account of `person`, opened without a password if there is none."""
    person = Person.objects.select_for_update(of=("self",)).select_related("unit").get(pk=person.pk)
    account = User.objects.filter(person=person).first()
    if account is None:
        account = _open(person, at)
        journal.record("account.opened", subject=account, unit=person.unit, reason=provider, at=at)
    link, made = SocialAccount.objects.get_or_create(provider=provider, uid=uid, defaults={"user": account})
    if made:
        changes = {"provider": [None, provider]}
        journal.record("account.linked", subject=account, unit=person.unit, changes=changes, by=account, at=at)
    return link


@transaction.atomic
def change(*, verb: str, account: User, reason: str, by: User, at: datetime) -> Outcome:
    """Reset the password, remove the second factor, or switch the account off. Raises Refused.

    Done at once, or for an administrator's account put down to be confirmed.
    """
    account = _managed(account, by)
    verb = Verb(verb)
    refuse(rules.why_not_change(account, verb, second_factor=has_second_factor(account)))
    if _kinds(account, at):
        _ask(account, verb, reason=reason, by=by, at=at)
        return Outcome(waits=True)
    return Outcome(password=CHANGES[verb](account, reason, by, at))


@transaction.atomic
def switch_on(*, account: User, reason: str, by: User, at: datetime) -> None:
    """Open a closed account again. Raises Refused."""
    account = _managed(account, by)
    if account.is_active:
        raise Refused(_("%(account)s 的账号正在使用") % {"account": account})
    account.is_active = True
    account.save(update_fields=["is_active"])
    _note("account.switched_on", account, reason, by, at)


@transaction.atomic
def lift_lock(*, account: User, reason: str, by: User, at: datetime) -> None:
    """Let someone try again before the time is over. Raises Refused."""
    account = _locked(account.pk)
    if not tries_of(account.username).is_locked(at):
        raise Refused(_("%(account)s 没有被锁定") % {"account": account})
    forgive(account)
    _note("account.unlocked", account, reason, by, at)


@transaction.atomic
def confirm(*, request: AccountRequest, by: User, at: datetime) -> str:
    """Do what was asked for an administrator's account; returns the temporary password, if one was. Raises Refused."""
    request = AccountRequest.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=request.pk)
    account = _locked(request.account_id)
    kinds, asking = _kinds(account, at), _kinds(request.asked_by, at)
    refuse(rules.why_not_confirm(request, by, own=_kinds(by, at), kinds=kinds, asking=asking, at=at))
    _settle(request, AccountRequest.Status.CONFIRMED, by, at)
    return CHANGES[Verb(request.verb)](account, request.reason, by, at)


@transaction.atomic
def decline(*, request: AccountRequest, by: User, at: datetime) -> None:
    """Refuse what was asked. Raises Refused."""
    request = (
        AccountRequest.objects.select_for_update(of=("self",)).select_related("account__person").get(pk=request.pk)
    )
    refuse(rules.why_not_decline(request))
    _settle(request, AccountRequest.Status.DECLINED, by, at)


def temporary_password() -> str:
    """Twelve random signs of three kinds, in threes of four: 69 bits that can be read out over the phone."""
    kinds = [secrets.choice(kind) for kind in SIGNS]
    signs = kinds + [secrets.choice("".join(SIGNS)) for _sign in range(12 - len(kinds))]
    secrets.SystemRandom().shuffle(signs)
    return "-".join("".join(signs[start : start + 4]) for start in (0, 4, 8))


def _open(person: Person, at: datetime) -> User:
    account = User.objects.filter(person=person).first()
    refuse(rules.why_not_open(person, account, on=business_date(at)))
    if User.objects.filter(username=person.number).exists():
        raise Refused(_("登录名“%(name)s”已被另一个账号使用") % {"name": person.number})
    account = User(username=person.number, person=person, created_at=at)
    account.set_unusable_password()
    account.save(force_insert=True)
    return account


def _ask(account: User, verb: AccountRequest.Verb, *, reason: str, by: User, at: datetime) -> None:
    """Write down what waits for a second person; asking again takes the place of what was asked before."""
    waiting: dict[str, Any] = {"account": account, "verb": verb, "status": AccountRequest.Status.WAITING}
    AccountRequest.objects.update_or_create(
        **waiting, defaults={"reason": reason[:200], "asked_by": by, "asked_at": at}
    )  # fmt: skip
    _note("account.change_asked", account, reason, by, at, {"verb": [None, verb]})


def _settle(request: AccountRequest, status: AccountRequest.Status, by: User, at: datetime) -> None:
    request.status, request.settled_by, request.settled_at = status, by, at
    request.save(update_fields=["status", "settled_by", "settled_at"])
    _note(f"account.change_{status}", request.account, request.reason, by, at, {"verb": [None, request.verb]})


def _reset_password(account: User, reason: str, by: User, at: datetime) -> str:
    temporary = _give_temporary_password(account, at)
    end_sessions(UserSession.objects.filter(user=account))
    _note("account.password_reset", account, reason, by, at)
    return temporary


def _give_temporary_password(account: User, at: datetime) -> str:
    temporary = temporary_password()
    encoded = make_password(temporary, hasher="pbkdf2_sha256_quick")
    replace_password(account, encoded, temporary=True, at=at)
    return temporary


def _remove_second_factor(account: User, reason: str, by: User, at: datetime) -> str:
    Authenticator.objects.filter(user=account).delete()
    end_sessions(UserSession.objects.filter(user=account))
    _note("account.second_factor_removed", account, reason, by, at)
    return ""


def _switch_off(account: User, reason: str, by: User, at: datetime) -> str:
    account.is_active = False
    account.save(update_fields=["is_active"])
    _note("account.switched_off", account, reason, by, at)
    return ""


CHANGES: dict[str, Callable[[User, str, User, datetime], str]] = {
    Verb.RESET_PASSWORD: _reset_password,
    Verb.REMOVE_SECOND_FACTOR: _remove_second_factor,
    Verb.SWITCH_OFF: _switch_off,
}
"""What is done, at once or once confirmed; each returns the temporary password, if it gives one."""


def _managed(account: User, by: User) -> User:
    account = _locked(account.pk)
    refuse(rules.why_not_manage(account, by))
    return account


def _locked(pk: int) -> User:
    return User.objects.select_for_update(of=("self",)).select_related("person__unit").get(pk=pk)


def _kinds(account: User, at: datetime) -> frozenset[Admin]:
    return admin_kinds_of(account, business_date(at))


def _note(verb: str, account: User, reason: str, by: User, at: datetime, changes: Any = None) -> None:
    journal.record(verb, subject=account, unit=unit_of(account), changes=changes, reason=reason, by=by, at=at)
