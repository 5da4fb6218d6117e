"""All boards below a unit in one file: asked for, made by the worker, forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.kernel.orgs.models import Unit, User

from ..models import Pack
from ..rules.boards import why_not_print

KEPT = timedelta(days=3)
"""A file with numbers in it does not lie about for longer."""
STALLED = timedelta(hours=1)


@transaction.atomic
def ask(*, unit: Unit, kinds: Sequence[str], size: str, boards: int, by: User, at: datetime) -> Pack:
    """Ask for the boards of all grids of these kinds below `unit`; the worker makes them. Raises Refused."""
    refuse(why_not_print(boards))
    by = User.objects.select_for_update().get(pk=by.pk)
    if Pack.objects.filter(by=by, status=Pack.Status.MAKING).exists():
        raise Refused(_("您的上一份公示牌还在生成，请等它完成"))
    return Pack.objects.create(unit=unit, kinds=",".join(kinds), size=size, boards=boards, by=by, asked_at=at)


@transaction.atomic
def finish(*, pack: Pack, content: bytes, at: datetime) -> None:
    Pack.objects.filter(pk=pack.pk, status=Pack.Status.MAKING).update(
        status=Pack.Status.DONE, content=content, finished_at=at
    )


@transaction.atomic
def fail(*, pack: Pack, reason: str, at: datetime) -> None:
    Pack.objects.filter(pk=pack.pk, status=Pack.Status.MAKING).update(
        status=Pack.Status.FAILED, refusal=reason, finished_at=at
    )


@transaction.atomic
def tidy(*, at: datetime) -> int:
    """Part of the tick: forget old files, and give up those whose worker was stopped; returns how many."""
    gone = Pack.objects.filter(asked_at__lt=at - KEPT).delete()[0]
    stalled = Pack.objects.filter(status=Pack.Status.MAKING, asked_at__lt=at - STALLED)
    return gone + stalled.update(status=Pack.Status.FAILED, refusal=_("生成中断，请重新生成"), finished_at=at)
