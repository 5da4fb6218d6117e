from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ..models import ApiToken, User
from ..rules.duties import Perm
from ..rules.tokens import digest_of
from .scope import may


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """All tokens that `user` ever made, newest first."""
    return ApiToken.objects.filter(user=user).order_by("-pk")


def token_of(user: User, pk: int) -> ApiToken:
    return get_object_or_404(tokens_of(user), pk=pk)


def live_tokens(user: User, on: date) -> QuerySet[ApiToken]:
    return tokens_of(user).filter(revoked_at__isnull=True, expires_on__gte=on)


def token_by_secret(secret: str) -> ApiToken | None:
    """The token with its owner, in one query. Found by digest: the secret itself is never stored or compared."""
    owned = ApiToken.objects.select_related("user__person__branch")
    return owned.filter(digest=digest_of(secret)).first()


def own_perms(user: User) -> tuple[Perm, ...]:
    """What `user` may do somewhere today: the most that a token of theirs can be given."""
    return tuple(perm for perm in Perm if may(user, perm))
