"""Responses follow the tree: where a unit was merged into another, the response is in force in that one."""

from datetime import datetime

from django.db import transaction

from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit

from ..models import Extent


def follow_units(*, at: datetime) -> int:
    """Part of the tick. A moved unit needs nothing: extents name units, not places in the tree."""
    merged = Extent.objects.filter(root__merged_into__isnull=False, response__status="active").order_by("pk")
    return sum(_follow(key, at) for key in merged.values_list("pk", flat=True))


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
