"""Where the files lie that prove something, what refers to them, and who may open those of a follow-up."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.shortcuts import get_object_or_404

from wuli.kernel.orgs.models import User

from ..models import Evidence, KeptFile
from .items import items_for


def evidence_for(user: User, pk: int) -> Evidence:
    """The file, if `user` may see its item; else the same 404 as for one that does not exist."""
    return get_object_or_404(Evidence.objects.filter(follow_up__item__in=items_for(user).values("pk")), pk=pk)


def path_of(digest: str) -> Path:
    """By its content, in folders of two signs: no folder grows beyond what a file system likes."""
    return Path(settings.EVIDENCE_DIR) / digest[:2] / digest


_others: list[tuple[type[Model], str]] = []


def refers(model: type[Model], field: str) -> None:
    """Let it be known that `field` of `model`, which is no KeptFile, holds digests of files in the folder."""
    _others.append((model, field))


def is_referred_to(digest: str) -> bool:
    """Whether any row of any app still needs the file."""
    kept = [(model, "digest") for model in apps.get_models() if issubclass(model, KeptFile)]
    return any(model._default_manager.filter(**{field: digest}).exists() for model, field in [*kept, *_others])
