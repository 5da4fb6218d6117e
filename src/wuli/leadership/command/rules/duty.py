"""Who may write, take over, swap; which hours nobody covers; which hand-overs were missed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.kernel.orgs.models import Person

from ..models import HandOver, Shift, Turn

WRITTEN_FROM = timedelta(hours=2)
"""How long before the end of a shift its hand-over may be written."""
GRACE = timedelta(minutes=30)
"""How long after the change of shifts a hand-over may be late before somebody is told."""
AHEAD = timedelta(hours=48)
"""How far ahead hours that nobody covers are told."""


@dataclass(frozen=True)
class Gap:
    """Hours in which nobody is on duty. `since` is when somebody last was, or the desk was opened."""

    since: datetime
    until: datetime


class Passing(StrEnum):
    """How far a shift has been handed over."""

    NOT_YET = "not_yet"
    OWED = "owed"
    """About to end, or ended just now: to be written."""
    MISSED = "missed"
    WRITTEN = "written"
    """Waits for the incoming."""
    LEFT = "left"
    """Written, and the incoming did not sign in time."""
    TAKEN = "taken"
    NONE = "none"
    """The same people go on: nobody is told anything new."""


def gaps(shifts: Iterable[tuple[datetime, datetime]], since: datetime, until: datetime) -> list[Gap]:
    """The hours of the period that no shift covers, in order."""
    found, reached = [], since
    for start, end in sorted(shifts):
        if start >= until:
            break
        if start > reached:
            found.append(Gap(reached, start))
        reached = max(reached, end)
    if reached < until:
        found.append(Gap(reached, until))
    return found


def passing(shift: Shift, note: HandOver | None, following: Shift | None, *, continues: bool, at: datetime) -> Passing:
    if note is not None and note.taken_at is not None:
        return Passing.TAKEN
    if continues:
        return Passing.NONE
    if note is not None:
        late = following is not None and following.from_at <= at - GRACE and note.written_at <= at - GRACE
        return Passing.LEFT if late else Passing.WRITTEN
    if at < shift.until_at - WRITTEN_FROM:
        return Passing.NOT_YET
    return Passing.MISSED if shift.until_at <= at - GRACE else Passing.OWED


def why_not_write(shift: Shift, *, on_it: bool, note: HandOver | None, text: str, at: datetime) -> str | None:
    if not on_it:
        return _("只有这一班的带班领导和值班员能写交班记录")
    if shift.cancelled_at is not None:
        return _("这一班已取消")
    if note is not None and note.taken_at is not None:
        return _("下一班已经接班，交班记录不能再改")
    if at < shift.until_at - WRITTEN_FROM:
        return _("下岗前两小时起可以写交班记录")
    return None if text.strip() else _("请写明值班情况；没有情况也请写“无”")


def why_not_take(note: HandOver, *, on_next: bool, person: Person, at: datetime) -> str | None:
    if note.taken_at is not None:
        return _("%(person)s 已经接班") % {"person": note.taken_by}
    if person.pk == note.written_by_id:
        return _("交班人不能接自己的班")
    return None if on_next else _("只有下一班的带班领导和值班员能接班")


def why_not_swap(turn: Turn, *, may: bool, to: Person, there: Collection[int], reason: str, at: datetime) -> str | None:
    if not may:
        return _("只有本人或能安排值班的人能换班")
    if turn.shift.cancelled_at is not None or turn.shift.until_at <= at:
        return _("这一班已经结束，不能再换")
    if to.pk in there:
        return _("%(person)s 已经在这一班里") % {"person": to.name}
    if not to.is_on_roll(business_date(turn.shift.from_at, turn.shift.desk.unit.zone)):
        return _("%(person)s 那时不在册") % {"person": to.name}
    return None if reason.strip() else _("请写明原因")


def why_not_cancel(shift: Shift, *, reason: str, at: datetime) -> str | None:
    if shift.cancelled_at is not None:
        return _("这一班已取消")
    if shift.from_at <= at:
        return _("这一班已经开始，不能取消；可以换班")
    return None if reason.strip() else _("请写明原因")


def continues(people: Sequence[int], after: Sequence[int]) -> bool:
    """Whether those who come are those who were there: then nothing is handed over."""
    return bool(people) and set(after) <= set(people) and bool(after)
