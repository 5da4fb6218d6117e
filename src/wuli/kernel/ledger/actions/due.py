"""What time makes due for items. Each part is part of the tick: done twice it does no harm, done late it catches up."""

from datetime import date, datetime
from itertools import batched

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit

from ..models import Item
from ..queries.heads import HeadsLine, lines_above
from ..queries.items import FARTHEST_AHEAD
from ..rules.clockwork import CLOCK, climb, day_of
from . import telling
from .turning import locked, turn

AT_ONCE = 200


def escalate_due(*, at: datetime) -> int:
    """Raise every item that is behind to the stage it has reached by now, and tell the heads there; returns how many.

    After an outage each is raised once, with one notice for where it now stands.
    """
    latest = business_date(at, FARTHEST_AHEAD)
    soon = Item.objects.active().filter(rises_on__lte=latest).order_by("pk")
    rows = soon.values_list("pk", "rises_on", "unit__zone")
    due = [pk for pk, day, zone in rows if day and day <= business_date(at, zone)]
    return sum(_escalate_some(some, at) for some in batched(due, AT_ONCE, strict=False))


def follow_units(*, at: datetime) -> int:
    """Let items follow their units: a merged unit's go to the unit it went into, a moved one's get its new path."""
    merged = Item.objects.active().filter(unit__merged_into__isnull=False).order_by("pk")
    moved = sum(_follow(item, at) for item in merged)
    return moved + _put_right_paths()


@transaction.atomic
def _escalate_some(keys: tuple[int, ...], at: datetime) -> int:
    rows = Item.objects.select_for_update(of=("self",)).select_related("unit", "owner")
    by_day: dict[date, list[Item]] = {}
    for item in rows.filter(pk__in=keys, rises_on__isnull=False).order_by("pk"):
        today = day_of(item, at)
        if item.rises_on and item.rises_on <= today:  # another tick may have been here
            by_day.setdefault(today, []).append(item)
    return sum(_escalate_on(day, items, at) for day, items in by_day.items())


def _escalate_on(day: date, items: list[Item], at: datetime) -> int:
    lines = lines_above(items, day)
    return sum(_escalate(item, day, lines[item.pk], at) for item in items)


def _escalate(item: Item, day: date, line: HeadsLine, at: datetime) -> bool:
    before = item.stage
    rose = climb(item, day, heads=len(line))
    item.save(update_fields=CLOCK)
    if rose:
        heads = line[item.stage - 1]
        changes = {"stage": [before, item.stage], "to": [None, [str(head) for head in heads]]}
        journal.record("item.escalated", subject=item, unit=item.unit, changes=changes, at=at)
        telling.tell_heads(item, heads, at=at)
    return rose


@transaction.atomic
def _follow(item: Item, at: datetime) -> bool:
    item = locked(item)
    target = item.unit
    while target.merged_into_id:
        target = Unit.objects.get(pk=target.merged_into_id)
    if target.pk == item.unit_id:
        return False
    changes = {"unit": [str(item.unit), str(target)]}
    turn(item, unit=target, path=target.path, restart=True)
    journal.record("item.moved", subject=item, unit=target, changes=changes, reason=_("原单位已合并"), at=at)
    return True


def _put_right_paths() -> int:
    here = Unit.objects.filter(pk=OuterRef("unit_id")).values("path")
    return Item.objects.exclude(path=F("unit__path")).update(path=Subquery(here))
