from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.http import HttpRequest

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.base.prepared import Prepared

from ..models import User
from ..rules.accounts import why_not_sign_in
from ..rules.passwords import why_expired


class AccountBackend(ModelBackend):
    """Accounts by log-in name; closed to accounts switched off and to people who have left the roll."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **rest: Any
    ) -> User | None:
        """Raises Refused when the password is right and opens nothing: only the account's owner is told."""
        if not username or password is None:
            return None
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            User().set_password(password)  # takes as long as checking one, so that nobody learns which names exist
            return None
        if not user.check_password(password):
            return None
        if why := why_not_sign_in(user, on=today()):
            raise Refused(why, code="closed")
        if why := why_expired(user, days=settings.TEMPORARY_PASSWORD_DAYS, at=now()):
            raise Refused(why, code="expired")
        return user

    def get_user(self, user_id: int) -> User | None:
        """Whose session this is: one query, with what every page shows of a person."""
        user = _whose.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        return why_not_sign_in(user, on=today()) is None


@Prepared
def _whose(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).select_related("person__branch", "person__unit")
