"""What time makes due: units that have turned red go on record, and the level above them is told once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuli.base.clock import business_date
from wuli.kernel.cascade.models import Slot
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.actions import Entry
from wuli.kernel.notices import actions as notices

from ..models import Directive, Escalation
from ..queries import copies, coverage, places
from ..rules import notices as kinds

NAMED = 3
EARLIEST = timedelta(hours=14)
"""So much earlier than by UTC a due time comes where the day begins first."""


def escalate_due(at: datetime) -> int:
    """Put on record every unit that has turned red by `at`; returns how many. Twice does no harm."""
    live = Directive.objects.live().select_related("call__issuer").order_by("pk")
    return sum(_escalate(directive, at) for directive in live if _may_be_red(directive, at))


def _may_be_red(directive: Directive, at: datetime) -> bool:
    due = datetime.combine(directive.due_on, directive.due_clock, UTC) - EARLIEST
    return min(due, directive.sign_by or due) + timedelta(hours=directive.red_hours) <= at


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
    """Where the units hang today, whoever answers for the next asked unit above; else further up, or at the issuer."""
    answering = places.answering_above(directive, red, business_date(at, directive.call.issuer.zone))
    by_above: dict[int, list[Slot]] = defaultdict(list)
    for slot in red:
        if above := answering.of(slot.unit.path):
            by_above[above].append(slot)
    for unit, slots in by_above.items():
        query = {"unit": unit, "show": "late"}
        notices.notify(
            to=answering.people[unit], kind=kinds.ESCALATED, text=_words(directive, slots),
            unit=answering.units[unit], at=at, url=reverse("directives:coverage", args=[directive.pk], query=query),
            key=f"directive:{directive.pk}:red:{unit}:{at.timestamp():.0f}",
        )  # fmt: skip


def _words(directive: Directive, slots: Sequence[Slot]) -> str:
    said = {
        "n": len(slots), "title": directive.call.title, "names": _("、").join(slot.unit.name for slot in slots[:NAMED]),
    }  # fmt: skip
    return (
        ngettext(
            "“%(title)s”：%(n)d 个下级单位严重逾期（%(names)s）",
            "“%(title)s”：%(n)d 个下级单位严重逾期（%(names)s）",
            len(slots),
        )
        % said
    )
