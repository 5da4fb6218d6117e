"""Responses follow the tree: they go over with a merger, and nobody is on duty at a unit that has closed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit

from ..models import DutyDesk, Extent, Response
from ..queries.extents import ground_said, words_of
from .duty import end_desk


def follow_units(*, at: datetime) -> int:
    """Part of the tick. A moved unit needs nothing: extents name units, not places in the tree."""
    return _follow_mergers(at) + _close_desks(at)


def _follow_mergers(at: datetime) -> int:
    merged = Extent.objects.filter(root__merged_into__isnull=False, inside=True, response__status="active")
    return sum(_follow(key, at) for key in merged.order_by("response").values_list("response", flat=True).distinct())


@transaction.atomic
def _close_desks(at: datetime) -> int:
    """A unit that has closed answers no phone: its desk closes with it, and shifts still ahead are cancelled."""
    gone = DutyDesk.objects.filter(closed_at__isnull=True, unit__closed_on__lte=business_date(at))
    desks = list(gone.select_for_update(of=("self",)).select_related("unit").order_by("pk"))
    reason = _("单位已关闭")
    for desk in desks:
        end_desk(desk, reason, by=None, at=at)
    return len(desks)


@transaction.atomic
def _follow(key: int, at: datetime) -> int:
    """Say that the response left the merged units, and is in force in those they went into. What was said stays."""
    response = Response.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=key)
    last = {word.root: word for word in words_of(response)}
    gone = [root for root, word in last.items() if word.inside and root.merged_into_id]
    for root in gone:
        target, before = _heir(root), ground_said(response)
        _say(response, root, False, at)
        if before.covers(root.path) and not before.covers(target.path):
            _say(response, target, True, at)
        changes = {"extents": [root.name, target.name]}
        journal.record("response.followed_units", subject=response, unit=target, changes=changes, at=at)
    return len(gone)


def _heir(root: Unit) -> Unit:
    while root.merged_into:
        root = root.merged_into
    return root


def _say(response: Response, root: Unit, inside: bool, at: datetime) -> None:
    said = {"inside": inside, "since": at, "said_at": at, "reason": _("单位合并")}
    words_of(response).append(Extent.objects.create(response=response, root=root, **said))
