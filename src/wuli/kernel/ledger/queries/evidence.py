"""Where the files lie that prove a follow-up, and who may open them."""

from pathlib import Path

from django.conf import settings
from django.shortcuts import get_object_or_404

from wuli.kernel.orgs.models import User

from ..models import Evidence
from .items import items_for


def evidence_for(user: User, pk: int) -> Evidence:
    """The file, if `user` may see its item; else the same 404 as for one that does not exist."""
    return get_object_or_404(Evidence.objects.filter(follow_up__item__in=items_for(user).values("pk")), pk=pk)


def path_of(digest: str) -> Path:
    """By its content, in folders of two signs: no folder grows beyond what a file system likes."""
    return Path(settings.EVIDENCE_DIR) / digest[:2] / digest
