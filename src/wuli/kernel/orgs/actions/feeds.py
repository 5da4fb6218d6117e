"""The address of somebody's calendar: made, made anew, taken back; noted when used."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal

from ..models import CalendarFeed, User
from ..rules.tokens import PREFIX, digest_of

NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def renew(*, user: User, at: datetime) -> tuple[CalendarFeed, str]:
    """Make the address, or another in place of the one there was; returns it with its secret, told only now."""
    user = User.objects.select_for_update(of=("self",)).select_related("person__unit").get(pk=user.pk)
    secret = f"{PREFIX}cal_{secrets.token_urlsafe(32)}"
    told = {"digest": digest_of(secret), "hint": secret[-4:], "made_at": at, "last_used_at": None}
    address, is_first = CalendarFeed.objects.update_or_create(user=user, defaults=told)
    verb = "feed.made" if is_first else "feed.renewed"
    journal.record(verb, subject=user, unit=user.person.unit if user.person else None, by=user, at=at)
    return address, secret


@transaction.atomic
def revoke(*, user: User, at: datetime) -> None:
    """Take the address back; from now on it opens nothing. Raises Refused."""
    user = User.objects.select_for_update(of=("self",)).select_related("person__unit").get(pk=user.pk)
    count, _rows = CalendarFeed.objects.filter(user=user).delete()
    if not count:
        raise Refused(_("没有订阅地址可以停用"))
    journal.record("feed.revoked", subject=user, unit=user.person.unit if user.person else None, by=user, at=at)


def note_use(*, address: CalendarFeed, at: datetime) -> None:
    """Remember when it was last read, at most once an hour, so that reading stays reading."""
    if address.last_used_at is None or address.last_used_at <= at - NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - NOTED_EVERY)
        CalendarFeed.objects.filter(stale, pk=address.pk).update(last_used_at=at)
