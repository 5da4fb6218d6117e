"""A unit's copy as lists show it: where it stands, by when it owes what, how late that is, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from wuli.kernel.cascade.models import Slot

from .colours import LABELS, OWES, STANDINGS, Colour, Standing, colour_of, directive_of, due_of, standing_of

TAGS = {Standing.RETURNED: "late", Standing.DONE: "done"}
COLOUR_TAGS = {Colour.BLUE: "ok", Colour.YELLOW: "late", Colour.RED: "miss"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Slip:
    standing: Standing
    due: datetime | None
    colour: Colour
    at: datetime
    receipt_only: bool
    zone: str
    """Of the unit."""

    @property
    def label(self) -> str | Promise:
        if self.standing == Standing.DONE and self.receipt_only:
            return lazy("已签收")
        return STANDINGS[self.standing]

    @property
    def tag(self) -> str:
        """The mark of the standing, one of those that the pages know."""
        return TAGS.get(self.standing, "")

    @property
    def colour_tag(self) -> str:
        return COLOUR_TAGS.get(self.colour, "")

    @property
    def colour_label(self) -> str | Promise:
        return LABELS.get(self.colour, "")

    @property
    def owes(self) -> str | Promise:
        owed = OWES.get(self.standing)
        return owed.label if owed else ""

    @property
    def due_there(self) -> datetime | None:
        """By the clock where the unit is: without a zone, so that pages show it as it is."""
        return there(self.due, self.zone).replace(tzinfo=None) if self.due else None

    @property
    def is_elsewhere(self) -> bool:
        """Whether clocks there show another time than those of the house."""
        return bool(self.due and there(self.due, self.zone).utcoffset() != localtime(self.due).utcoffset())

    @property
    def due_words(self) -> str:
        """How long until it is due, or since."""
        if self.due is None:
            return ""
        if self.due >= self.at:
            return _("还有 %(time)s") % {"time": _lasting(self.due - self.at)}
        return _("逾期 %(time)s") % {"time": _lasting(self.at - self.due)}


def slip_of(slot: Slot, at: datetime) -> Slip:
    """Of a copy that was read with its receipt and its directive."""
    directive = directive_of(slot)
    standing = standing_of(slot, signed=hasattr(slot, "receipt"))
    due = due_of(directive, slot, standing) if directive.call.status == "issued" else None
    colour = colour_of(directive, due, at) if due else Colour.NONE
    return Slip(standing, due, colour, at, not directive.asks_action, slot.unit.zone)


def owing_words(slot: Slot) -> str:
    """The sentence that reminds a unit of what it owes."""
    due = there(slot.due_at, slot.unit.zone)
    said = {"title": slot.round.call.title, "due": f"{due:%m-%d %H:%M}"}
    if slot.review == Slot.Review.RETURNED:
        return _("“%(title)s”的落实情况被退回，请改正后重报") % said
    return _("“%(title)s”还没有签收或办结，截止 %(due)s") % said


def there(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def _lasting(span: timedelta) -> str:
    if span >= 2 * DAY:
        return ngettext("%(n)d 天", "%(n)d 天", span.days) % {"n": span.days}
    if span >= HOUR:
        hours = int(span / HOUR)
        return ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours}
    minutes = max(1, int(span / timedelta(minutes=1)))
    return ngettext("%(n)d 分钟", "%(n)d 分钟", minutes) % {"n": minutes}
