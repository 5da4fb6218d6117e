"""Blue, yellow, red: how late a unit is with what it owes next, by the hours that the directive says.

| owes by | colour | in words |
|---|---|---|
| later than `soon` hours from now | none | 未签收 · 办理中 |
| within `soon` hours | blue | 临近 |
| passed | yellow | 逾期 |
| passed by `red` hours or more | red | 严重逾期 |
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wuli.kernel.cascade.models import Slot

from ..models import Directive, Owed


class Colour(StrEnum):
    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    NONE = ""


LABELS: dict[Colour, str | Promise] = {
    Colour.RED: _("严重逾期"), Colour.YELLOW: pgettext_lazy("colour", "逾期"), Colour.BLUE: _("临近截止"),
}  # fmt: skip


class Standing(StrEnum):
    """What became of a unit's copy: exactly one of these at any time."""

    UNSIGNED = "unsigned"
    WORKING = "working"
    RETURNED = "returned"
    REVIEWING = "reviewing"
    DONE = "done"
    EXEMPT = "exempt"


STANDINGS: dict[Standing, str | Promise] = {
    Standing.UNSIGNED: _("未签收"), Standing.WORKING: _("办理中"), Standing.RETURNED: _("退回待改"),
    Standing.REVIEWING: _("待审核"), Standing.DONE: _("已办结"), Standing.EXEMPT: _("免办"),
}  # fmt: skip
OWES = {Standing.UNSIGNED: Owed.SIGN, Standing.WORKING: Owed.ACT, Standing.RETURNED: Owed.ACT}
"""What a unit owes next; in the other standings nothing."""
State, Review = Slot.State, Slot.Review


@dataclass(frozen=True)
class Hue:
    """A colour with its beginning: whoever owes something since `due` or earlier is at least this late."""

    colour: Colour
    due: datetime


def hues(directive: Directive, at: datetime) -> Iterable[Hue]:
    """The colours at a moment, the worst first, each with the due moment up to which it holds."""
    return (
        Hue(Colour.RED, at - timedelta(hours=directive.red_hours)),
        Hue(Colour.YELLOW, at),
        Hue(Colour.BLUE, at + timedelta(hours=directive.soon_hours)),
    )


def colour_of(directive: Directive, due: datetime, at: datetime) -> Colour:
    return next((hue.colour for hue in hues(directive, at) if due <= hue.due), Colour.NONE)


def directive_of(slot: Slot) -> Directive:
    """The directive of which `slot` is a copy."""
    call: Any = slot.round.call
    found: Directive = call.directive
    return found


def standing_of(slot: Slot, *, signed: bool) -> Standing:
    if slot.state == State.EXEMPT:
        return Standing.EXEMPT
    if slot.state == State.MISSING:
        return Standing.WORKING if signed else Standing.UNSIGNED
    return {Review.RETURNED: Standing.RETURNED, Review.WAITING: Standing.REVIEWING}.get(
        Review(slot.review), Standing.DONE
    )


def due_of(directive: Directive, slot: Slot, standing: Standing) -> datetime | None:
    """When what a unit owes next must be there; where its day ends before the issuer's, nothing is due after it."""
    owed = OWES.get(standing)
    if owed is None:
        return None
    return min(directive.sign_by or slot.due_at, slot.due_at) if owed == Owed.SIGN else slot.due_at
