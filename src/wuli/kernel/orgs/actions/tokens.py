"""Tokens: made by their owner, noted when used, taken back."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal

from ..models import ApiToken, Unit, User
from ..queries import tokens as queries
from ..rules import tokens as rules

NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def create_token(
    *, user: User, name: str, perms: Collection[str], days: int, at: datetime
) -> tuple[ApiToken, str]:  # fmt: skip
    """Make a token for `user`; returns it with its secret, which cannot be read again. Raises Refused."""
    user = User.objects.select_for_update(of=("self",)).select_related("person__branch").get(pk=user.pk)
    today = business_date(at)
    own, live = queries.own_perms(user), queries.live_tokens(user, today).count()
    if why := rules.why_not_create(perms=perms, own=own, days=days, live=live):
        raise Refused(why[1], field=why[0])
    secret = rules.PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name, digest=rules.digest_of(secret), hint=secret[-4:], perms=sorted(set(perms)),
        created_at=at, expires_on=_last_day(today, days),
    )  # fmt: skip
    changes = {"perms": [None, token.perms], "expires_on": [None, str(token.expires_on)]}
    journal.record("token.created", subject=token, unit=_unit(user), changes=changes, by=user, at=at)
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User, at: datetime) -> ApiToken:
    """Take a token back; from now on it opens nothing. Raises Refused."""
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("user__person").get(pk=token.pk)
    if token.revoked_at:
        raise Refused(_("令牌“%(token)s”此前已撤销") % {"token": token})
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    journal.record("token.revoked", subject=token, unit=_unit(token.user), by=by, at=at)
    return token


def note_use(*, token: ApiToken, at: datetime) -> None:
    """Remember when a token was last used, at most once an hour, so that reading stays reading."""
    if token.last_used_at is None or token.last_used_at <= at - NOTED_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)


def _last_day(today: date, days: int) -> date:
    return today + timedelta(days=days)


def _unit(user: User) -> Unit | None:
    return user.person.unit if user.person else None
