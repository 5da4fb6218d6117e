"""Passwords given and chosen: when is noted, and the ones before are remembered as hashes."""

from datetime import datetime

from ..models import User
from ..rules.passwords import REMEMBERED


def replace_password(account: User, encoded: str, *, temporary: bool, at: datetime) -> None:
    """Write a new password, already hashed, into an account that the caller has locked or just made."""
    _remember(account, at)
    account.password, account.must_change_password, account.password_at = encoded, temporary, at
    account.save(update_fields=["password", "must_change_password", "password_at"])


def _remember(account: User, at: datetime) -> None:
    if not account.has_usable_password():
        return
    former = account.former_passwords
    former.create(password=account.password, replaced_at=at)
    kept = former.order_by("-pk").values_list("pk", flat=True)[: REMEMBERED - 1]
    former.exclude(pk__in=list(kept)).delete()
