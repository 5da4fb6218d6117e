"""Responses follow the tree: they go over with a merger, and nobody is on duty at a unit that has closed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit

from ..models import DutyDesk, Extent
from .duty import end_desk


def follow_units(*, at: datetime) -> int:
    """Part of the tick. A moved unit needs nothing: extents name units, not places in the tree."""
    return _follow_mergers(at) + _close_desks(at)


def _follow_mergers(at: datetime) -> int:
    merged = Extent.objects.filter(root__merged_into__isnull=False, response__status="active").order_by("pk")
    return sum(_follow(key, at) for key in merged.values_list("pk", flat=True))


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
def _follow(key: int, at: datetime) -> bool:
    rows = Extent.objects.select_for_update(of=("self",)).select_related("response", "root")
    extent = rows.filter(pk=key).first()
    if extent is None or extent.root.merged_into_id is None:
        return False
    target = extent.root
    while target.merged_into_id:
        target = Unit.objects.get(pk=target.merged_into_id)
    changes = {"extents": [extent.root.name, target.name]}
    journal.record("response.followed_units", subject=extent.response, unit=target, changes=changes, at=at)
    if Extent.objects.filter(response=extent.response_id, root=target).exists():
        extent.delete()
        return True
    extent.root = target
    extent.save(update_fields=["root"])
    return True
