from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.orgs.models import User

from ..models import Pack

FEW = 5


def packs_of(user: User) -> list[Pack]:
    """The newest files that `user` asked for."""
    return list(_own(user).defer("content").order_by("-asked_at", "-pk")[:FEW])


def pack_for(user: User, pk: int, *, with_content: bool = False) -> Pack:
    """A file that `user` asked for; nobody takes another's, since it shows what only they may see."""
    found = _own(user) if with_content else _own(user).defer("content")
    return get_object_or_404(found, pk=pk)


def _own(user: User) -> QuerySet[Pack]:
    return Pack.objects.filter(by=user.pk).select_related("unit")
