from datetime import date

from ..models import CalendarFeed, User
from ..rules.accounts import why_not_sign_in
from ..rules.tokens import digest_of


def address_of(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def address_by_secret(secret: str, on: date) -> CalendarFeed | None:
    """The address with its owner; nothing if there is none, or its owner may no longer log in: all the same outside."""
    owned = CalendarFeed.objects.select_related("user__person__branch", "user__person__unit")
    found = owned.filter(digest=digest_of(secret)).first()
    return None if found is None or why_not_sign_in(found.user, on=on) else found
