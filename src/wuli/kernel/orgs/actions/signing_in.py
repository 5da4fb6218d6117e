"""Coming in and going out: each is an event, failures lock a name, a changed password ends what it opened."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal

from ..models import SignInFailures, Unit, User
from ..queries.accounts import key_of
from ..rules import accounts as rules
from .passwords import replace_password


@transaction.atomic
def note_sign_in(*, user: User, how: str, at: datetime) -> None:
    """Remember a completed log-in. Failures under the name are forgiven."""
    forgive(user)
    journal.record("account.signed_in", subject=user, unit=unit_of(user), changes={"how": [None, how]}, by=user, at=at)


@transaction.atomic
def note_failure(*, name: str, why: str, at: datetime) -> rules.Tries:
    """Count a failed log-in, whether or not there is an account of that name: the work done is the same."""
    account = User.objects.filter(username=name).select_related("person__unit").first()
    fresh = {"last_at": at, "account": account}
    row, made = SignInFailures.objects.select_for_update().get_or_create(key=key_of(name), defaults=fresh)
    before = rules.Tries() if made else rules.Tries(row.count, row.last_at, row.locked_until)
    after = before.after_failure(at)
    row.count, row.last_at, row.locked_until = after.count, at, after.locked_until
    row.save(update_fields=["count", "last_at", "locked_until"])
    said = {"name": [None, rules.name_as_noted(name)], "why": [None, why]}
    about: dict[str, Any] = {"subject": account, "unit": unit_of(account), "at": at}
    journal.record("account.sign_in_failed", changes=said, **about)
    if after.locked_until:
        journal.record("account.locked", changes={**said, "until": [None, str(after.locked_until)]}, **about)
    return after


def note_refusal(*, user: User, why: str, at: datetime) -> None:
    """Someone who had shown who they are was not let in."""
    said = {"why": [None, why]}
    journal.record("account.sign_in_failed", subject=user, unit=unit_of(user), changes=said, at=at)


def note_stranger(*, provider: str, number: str, at: datetime) -> None:
    """A company identity that stands for nobody here was turned away."""
    said = {"provider": [None, provider], "number": [None, number]}
    journal.record("account.sign_in_failed", changes=said, at=at)


def note_sign_out(*, user: User, at: datetime, why: str = "asked") -> None:
    said = {"why": [None, why]}
    journal.record("account.signed_out", subject=user, unit=unit_of(user), changes=said, by=user, at=at)


def note_change(verb: str, *, user: User, at: datetime) -> None:
    """A change that the log-in library made to its own tables for `user`."""
    journal.record(verb, subject=user, unit=unit_of(user), by=user, at=at)


def forgive(user: User) -> None:
    SignInFailures.objects.filter(key=key_of(user.username)).delete()


def change_password(*, user: User, password: str, keep: str | None, at: datetime) -> None:
    """Give `user` the password they chose. They stay signed in only where they did it, in the session `keep`."""
    encoded = make_password(password)  # takes a while; nobody waits for it behind the lock
    with transaction.atomic():
        user.refresh_from_db(fields=["password"], from_queryset=User.objects.select_for_update())
        replace_password(user, encoded, temporary=False, at=at)
        end_sessions(UserSession.objects.filter(user=user).exclude(session_key=keep or ""))
        journal.record("account.password_changed", subject=user, unit=unit_of(user), by=user, at=at)


@transaction.atomic
def sign_out_elsewhere(*, user: User, current: str | None, at: datetime, only: int | None = None) -> int:
    """End one (`only`) or all other sessions of `user`, at once; returns how many. Raises Refused."""
    others = UserSession.objects.filter(user=user).exclude(session_key=current or "")
    ended = end_sessions(others.filter(pk=only) if only else others)
    if not ended:
        raise Refused(_("没有在别处登录，不需要退出"))
    journal.record(
        "account.signed_out_elsewhere", subject=user, unit=unit_of(user), changes={"sessions": [ended, 0]}, by=user,
        at=at,
    )  # fmt: skip
    return ended


def end_sessions(sessions: Iterable[UserSession]) -> int:
    """End sessions in the database and in the cache; returns how many. The next request finds none.

    The cache is cleared again after the commit: until then another worker may still read the row and cache it.
    """
    ended, store = list(sessions), import_module(settings.SESSION_ENGINE).SessionStore()
    for session in ended:
        session.end()
        transaction.on_commit(partial(store.delete, session.session_key))
    return len(ended)


def forget_failures(*, at: datetime) -> int:
    """Drop what no longer counts; returns how many."""
    return SignInFailures.objects.filter(last_at__lt=at - rules.LOCKED_FOR).delete()[0]


def unit_of(user: User | None) -> Unit | None:
    return user.person.unit if user and user.person else None
