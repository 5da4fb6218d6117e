"""Who need not answer a round: units at rest that day, those that are spared for some days, those that closed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from wuli.base import rows
from wuli.base.clock import business_date
from wuli.kernel.orgs.models import Placement
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.calendars import Places, WorkCalendar
from wuli.kernel.orgs.queries.units import path_on

from ..models import Call, Exemption, Round, Slot
from ..models.round import SlotQuerySet

AT_ONCE = 500
LONGEST_REASON = 200


def anyone_works(call: Call, on: date) -> bool:
    """Whether any unit that `call` asks works that day where it is."""
    calendar = WorkCalendar(on)
    paths = _asked(call, on).values_list("path", flat=True).order_by("path")
    return any(calendar.why_rests(path, on) is None for path in paths.iterator(2000))


def settle_new(of: Round, at: datetime) -> None:
    """For the slots made at this moment: where their units stand, and which of them need not answer.

    What is decided here stays, whatever is said later of the calendar.
    """
    new = of.slots.filter(made_at=at)
    note_places(new, of.on)
    if of.call.cadence == Call.Cadence.WORKDAYS:
        _spare_resting(new, of.on, at)
    spare_exempted(of, new, at)


def spare_exempted(of: Round, slots: SlotQuerySet, at: datetime) -> None:
    """Those of `slots` that an exemption in force that day covers."""
    for one in Exemption.objects.on(of.on).filter(call=of.call).select_related("unit").order_by("pk"):
        spare_by(one, of, slots, at)


def spare_by(exemption: Exemption, of: Round, slots: SlotQuerySet, at: datetime) -> int:
    path = path_on(exemption.unit, of.on)
    return spare(slots.under(path), exemption.reason, at, exemption) if path else 0


def expect(slots: Iterable[int]) -> int:
    """Exempt slots that are expected again."""
    keys = list(slots)
    _update(keys, state=Slot.State.MISSING, exempt_reason="", exempt_at=None, exemption=None, rests=False)
    return len(keys)


def note_places(slots: SlotQuerySet, on: date) -> None:
    places = Places(on)
    placed = slots.values_list("pk", "path").order_by("path")
    rows.update(Slot, [{"id": pk, "region_id": places.region(path) or None} for pk, path in placed])


def spare_closed(of: Round, at: datetime) -> int:
    """Units that closed on or before the business date need not answer any more; those that are asked no figures of
    that date, but to do something, neither once they have closed, even if it was returned to be mended."""
    if of.version_id:
        return spare(of.slots.filter(unit__closed_on__lte=of.on), _("单位已关闭"), at)
    owing = of.slots.filter(unit__closed_on__lte=max(of.on, business_date(at))).owing()
    return owing.update(
        state=Slot.State.EXEMPT, review=Slot.Review.NONE, exempt_reason=_("单位已关闭"), exempt_at=at
    )  # fmt: skip


def _spare_resting(slots: SlotQuerySet, on: date, at: datetime) -> None:
    calendar, found = WorkCalendar(on), defaultdict[str, list[int]](list)
    for pk, path in slots.missing().values_list("pk", "path").order_by("path"):
        if why := calendar.why_rests(path, on):
            found[why[:LONGEST_REASON]].append(pk)
    for why, keys in found.items():
        _update(keys, state=Slot.State.EXEMPT, rests=True, exempt_reason=why, exempt_at=at)


def spare(slots: SlotQuerySet, reason: str, at: datetime, exemption: Exemption | None = None) -> int:
    """Those of `slots` that have not answered; returns how many."""
    return slots.missing().update(
        state=Slot.State.EXEMPT, exempt_reason=reason, exempt_at=at, exemption=exemption
    )  # fmt: skip


def _update(keys: Iterable[int], **values: Any) -> None:
    for some in batched(keys, AT_ONCE, strict=False):
        Slot.objects.filter(pk__in=some).update(**values)


def _asked(call: Call, on: date) -> Any:
    asked = Q(pk__in=[])
    for target in call.targets.select_related("root"):
        if path := path_on(target.root, on):
            asked |= under(path) & Q(unit__kind__in=target.kinds)
    return Placement.objects.on(on).filter(asked, unit__opened_on__lte=on, unit__closed_on__gt=on)
