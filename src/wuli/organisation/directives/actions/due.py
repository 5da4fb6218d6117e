"""What time makes due: units that have turned red go on record, and the level above them is told once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from wuli.base.clock import business_date
from wuli.kernel.cascade.models import Slot
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.actions import Entry
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Unit

from ..models import Directive, Escalation
from ..queries import copies, coverage, places
from ..rules import notices as kinds

NAMED = 3


def escalate_due(at: datetime) -> int:
    """Put on record every unit that has turned red by `at`; returns how many. Twice does no harm."""
    live = Directive.objects.live().select_related("call__issuer").order_by("pk")
    return sum(_escalate(directive, at) for directive in live)


@transaction.atomic
def _escalate(directive: Directive, at: datetime) -> int:
    of = directive.call.rounds.order_by("pk").first()
    if of is None:
        return 0
    slots = coverage.with_colour(of.slots.all(), directive, at)
    red = copies.newly_red(slots)
    noted = [Escalation(slot=slot, owed=owed, at=at) for slot, owed in red]
    Escalation.objects.bulk_create(noted, batch_size=500, ignore_conflicts=True)
    entries = [Entry("copy.escalated", one.slot, one.slot.unit, {"owed": [None, one.owed]}) for one in noted]
    journal.record_all(entries, at=at)
    _tell_above(directive, [slot for slot, _owed in red], at)
    return len(red)


def _tell_above(directive: Directive, red: Sequence[Slot], at: datetime) -> None:
    by_above: dict[str, list[Slot]] = defaultdict(list)
    for slot in red:
        by_above[slot.above or directive.call.issuer.path].append(slot)
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=by_above)}
    people = places.signers_of([unit.pk for unit in units.values()], business_date(at, directive.call.issuer.zone))
    for path, slots in by_above.items():
        if unit := units.get(path):
            notices.notify(
                to=people.get(unit.pk, []), kind=kinds.ESCALATED, text=_words(directive, slots), unit=unit, at=at,
                url=reverse("directives:directive", args=[directive.pk], query={"unit": unit.pk}),
                key=f"directive:{directive.pk}:red:{unit.pk}:{at.timestamp():.0f}",
            )  # fmt: skip


def _words(directive: Directive, slots: Sequence[Slot]) -> str:
    said = {
        "n": len(slots), "title": directive.call.title, "names": "、".join(slot.unit.name for slot in slots[:NAMED]),
    }  # fmt: skip
    return (
        ngettext(
            "“%(title)s”：%(n)d 个下级单位严重逾期（%(names)s）",
            "“%(title)s”：%(n)d 个下级单位严重逾期（%(names)s）",
            len(slots),
        )
        % said
    )
