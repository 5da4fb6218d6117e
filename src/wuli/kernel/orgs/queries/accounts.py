"""Accounts, what stands in their way, and where they are signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.crypto import keyed_hash

from ..models import AccountRequest, Person, Posting, SignInFailures, Unit, User
from ..models.person import PersonQuerySet
from ..models.posting import Duty
from ..models.unit import under
from ..rules.accounts import REQUESTS_WAIT, SEEN, SINCE, Tries
from ..rules.duties import DUTIES, Admin, Perm
from ..rules.passwords import REMEMBERED
from .people import ORDER, matching
from .scope import grants_of, people_where

ADMIN_DUTIES = [duty for duty, info in DUTIES.items() if info.admin]
STATES = {
    "": Q(account__isnull=False),
    "temporary": Q(account__must_change_password=True),
    "off": Q(account__is_active=False),
    "never": Q(account__isnull=False, account__last_login__isnull=True),
    "locked": Q(),
    "none": Q(account__isnull=True),
}


@dataclass(frozen=True)
class SignedIn:
    """One place where an account is signed in."""

    pk: int
    device: str
    address: str
    since: datetime
    seen: datetime
    is_current: bool


@dataclass(frozen=True)
class Security:
    """What of an account is not written on it."""

    second_factor: bool = False
    locked_until: datetime | None = None


def key_of(name: str) -> str:
    return keyed_hash(f"log-in name {name.strip().casefold()}")


def tries_of(name: str) -> Tries:
    row = SignInFailures.objects.filter(key=key_of(name)).first()
    return Tries(row.count, row.last_at, row.locked_until) if row else Tries()


def is_administrator(user: User) -> bool:
    """Whether `user` is one of the three administrators; from the duties already read for this request."""
    return any(DUTIES[grant.duty].admin for grant in grants_of(user))


def admin_kinds_of(account: User, on: date) -> frozenset[Admin]:
    """Which of the three administrators an account's person is, or will be."""
    held = Posting.objects.filter(person=account.person_id, duty__in=ADMIN_DUTIES, until_date__gt=on)
    kinds = {DUTIES[Duty(duty)].admin for duty in held.values_list("duty", flat=True).order_by("pk")}
    return frozenset(kind for kind in kinds if kind)


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def has_had_before(user: User, password: str) -> bool:
    """Whether this was one of the account's last passwords. Takes as long as checking each of them."""
    former = user.former_passwords.order_by("-pk").values_list("password", flat=True)[: REMEMBERED - 1]
    return any(check_password(password, encoded) for encoded in former)


def place_and_duty(user: User) -> str:
    """Unit and first duty, as people introduce themselves: 一厂 · 填报人."""
    words = [user.person.unit.name] if user.person else [user.username]
    duties = sorted((grant.duty for grant in grants_of(user)), key=list(Duty).index)
    return " · ".join(words + [str(duty.label) for duty in duties[:1]])


def people_for(user: User, on: date, *, state: str = "", text: str = "", at: datetime) -> PersonQuerySet:
    """People with an account (or, by state, without), in tree order."""
    found = people_where(user, Perm.ACCOUNT_MANAGE).filter(STATES.get(state, STATES[""]))
    if state == "locked":
        found = found.filter(account__in=SignInFailures.objects.filter(locked_until__gt=at).values("account"))
    if state == "none":
        found = found.on_roll(on)
    if text.strip():
        found = found.filter(matching(text))
    return found.select_related("account", "unit").order_by(*ORDER)


def security_of(accounts: Iterable[User], at: datetime) -> dict[int, Security]:
    """By account, in two queries however many there are."""
    keys = [account.pk for account in accounts]
    sure = set(
        Authenticator.objects.filter(user__in=keys, type=Authenticator.Type.TOTP).values_list("user_id", flat=True)
    )
    locked: dict[int | None, datetime | None] = dict(
        SignInFailures.objects.filter(account__in=keys, locked_until__gt=at).values_list("account_id", "locked_until")
    )
    return {key: Security(key in sure, locked.get(key)) for key in keys}


def account_for(user: User, pk: int, perm: Perm = Perm.ACCOUNT_MANAGE) -> User:
    """The account, if its person is within reach; else the same 404 as for one that does not exist."""
    reached = User.objects.filter(person__in=people_where(user, perm))
    return get_object_or_404(reached.select_related("person__unit"), pk=pk)


def holders_without_account(user: User, unit: Unit, on: date) -> PersonQuerySet:
    """Who holds a duty at or under `unit` but cannot come in. Administrators are opened one by one."""
    held = Posting.objects.on(on).filter(under(unit.path, "unit__path"))
    people = people_where(user, Perm.ACCOUNT_MANAGE).on_roll(on).filter(account__isnull=True)
    administrators = Posting.objects.filter(duty__in=ADMIN_DUTIES, until_date__gt=on).values("person")
    found = people.filter(pk__in=held.values("person")).exclude(pk__in=administrators)
    return found.select_related("unit").order_by(*ORDER)


def person_to_open(user: User, pk: int) -> Person:
    people = people_where(user, Perm.ACCOUNT_MANAGE).select_related("account", "unit")
    return get_object_or_404(people, pk=pk)


def waiting_requests(user: User, at: datetime) -> QuerySet[AccountRequest]:
    """Changes to administrators' accounts that `user` may have to confirm: as third administrator, or their own."""
    concerned = Q(account=user) | Q(account__person__in=people_where(user, Perm.ACCOUNT_CONFIRM))
    waiting = AccountRequest.objects.filter(
        concerned, status=AccountRequest.Status.WAITING, asked_at__gt=at - REQUESTS_WAIT
    )
    return waiting.select_related("account__person__unit", "asked_by__person").order_by("asked_at", "pk")


def request_for(user: User, pk: int, at: datetime) -> AccountRequest:
    return get_object_or_404(waiting_requests(user, at), pk=pk)


def requests_about(account: User) -> QuerySet[AccountRequest]:
    return account.requests.select_related("asked_by__person", "settled_by__person").order_by("-asked_at", "-pk")


def sessions_of(user: User, current: str | None, at: datetime) -> list[SignedIn]:
    """Where `user` is signed in now, the last used first. Two queries."""
    rows = list(UserSession.objects.filter(user=user).order_by("pk"))
    kept = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=at)
    live = {session.session_key: session.get_decoded() for session in kept}
    found = [
        SignedIn(
            pk=row.pk, device=row.user_agent, address=row.ip, is_current=row.session_key == current,
            since=_moment(live[row.session_key].get(SINCE), row.created_at),
            seen=_moment(live[row.session_key].get(SEEN), row.created_at),
        ) for row in rows if row.session_key in live
    ]  # fmt: skip
    awake = at - timedelta(minutes=settings.IDLE_MINUTES)
    found = [place for place in found if place.is_current or place.seen > awake]
    return sorted(found, key=lambda place: (not place.is_current, -place.seen.timestamp(), place.pk))


def _moment(seconds: int | None, otherwise: datetime) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if seconds else otherwise
