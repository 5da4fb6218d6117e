"""When something is owed, when an item falls behind, how high it has climbed: pure functions of dates.

All days are business days of the item's unit, in its own zone.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from wuli.base.clock import business_date

from ..models import Cadence, Item, Status
from .kinds import EscalationPlan, kind_of

DAY = timedelta(days=1)
STEPS = {Cadence.DAILY: 1, Cadence.WEEKLY: 7}
"""Days in which one follow-up is owed. A week ends on the weekday on which it began to count."""
NEAR = 3
"""Days before the due date in which an item is blue, and days after it in which it is still yellow."""


class Colour(StrEnum):
    """The three-colour slip of supervision offices; grey is quiet."""

    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


LABELS = {
    Colour.BLUE: _("三天内到期"), Colour.YELLOW: _("逾期三天内"), Colour.RED: _("逾期超过三天"), Colour.GREY: _("其余"),
}  # fmt: skip


def due_colour(due_on: date | None, today: date) -> Colour:
    """Blue: due within three days. Yellow: up to three days over. Red: beyond. Grey: far off, or without a date."""
    if due_on is None or (due_on - today).days > NEAR:
        return Colour.GREY
    if due_on >= today:
        return Colour.BLUE
    return Colour.YELLOW if (today - due_on).days <= NEAR else Colour.RED


def owed(cadence: str, counts_from: date, since: date, until: date) -> list[date]:
    """The days from `since` to `until`, both included, by whose end a follow-up is owed.

    The first is one step after the day from which they count: whoever opens an item has just said how it stands.
    """
    step = STEPS.get(Cadence(cadence))
    if step is None:
        return []
    first = max(1, -((counts_from - since).days // step))  # the first step that does not lie before `since`
    last = (until - counts_from).days // step
    return [counts_from + step * number * DAY for number in range(first, last + 1)]


def missed(cadence: str, counts_from: date, followed: Collection[date], since: date, today: date) -> list[date]:
    """The days since then that ended without the follow-up they were owed."""
    step = STEPS.get(Cadence(cadence), 1)
    due = owed(cadence, counts_from, since, today - DAY)
    return [day for day in due if not any(day - step * DAY < one <= day for one in followed)]


def next_follow_up(cadence: str, counts_from: date, followed_to: date | None) -> date | None:
    """The day by whose end the next follow-up is owed; None when none is."""
    step = STEPS.get(Cadence(cadence))
    if step is None:
        return None
    behind = max(0, (followed_to - counts_from).days) if followed_to else 0
    return counts_from + step * (-(-behind // step) + 1) * DAY


def behind_from(item: Item) -> date | None:
    """The first day on which `item` is behind unless somebody moves: a date or a follow-up has passed by.

    While a request to close waits, that is the day on which it should have been answered.
    """
    if item.status == Status.CLOSING:
        assert item.asked_at is not None
        return day_of(item, item.asked_at) + (plan_of(item).confirm_within + 1) * DAY
    if item.status != Status.OPEN:
        return None
    return min((day + DAY for day in (item.due_on, item.follow_up_on) if day), default=None)


def wind(item: Item, *, restart: bool = False) -> None:
    """Set the clock of `item` anew after a change. It climbs from the start when it is behind for another reason.

    `restart`: also when the reason is the same, since the line of heads is another.
    """
    is_open = item.status == Status.OPEN
    item.follow_up_on = next_follow_up(item.cadence, item.counts_from, item.followed_to) if is_open else None
    behind = behind_from(item)
    if restart or behind != item.behind_on:
        item.behind_on = item.rises_on = behind
        item.stage, item.stage_on = 0, None


def climb(item: Item, today: date, *, heads: int) -> bool:
    """Raise `item` to the stage it has reached today, never above the `heads` of its line; whether it rose."""
    assert item.behind_on is not None
    assert item.rises_on is not None
    every = plan_of(item).every
    steps = (today - item.behind_on).days // every
    item.rises_on = item.behind_on + every * (steps + 1) * DAY
    reached = min(steps + 1, heads)
    if reached <= item.stage:
        return False
    item.stage, item.stage_on = reached, item.behind_on + every * (reached - 1) * DAY
    return True


def day_of(item: Item, at: datetime) -> date:
    """The business date of `at` where the item's unit is."""
    return business_date(at, item.unit.zone)


def plan_of(item: Item) -> EscalationPlan:
    return kind_of(item.kind).plan


CLOCK = ("follow_up_on", "behind_on", "rises_on", "stage", "stage_on")
"""The fields that `wind` and `climb` set."""
