"""Minutes are saved point by point, while they are written. What would overwrite a newer text is kept beside it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Aside, Meeting, Minute
from ..queries.meetings import standing_of
from ..rules import states as rules
from ..rules.minutes import why_not_point
from .turning import locked


@dataclass(frozen=True)
class Saved:
    """What became of a save: the text that holds now, and the one that was put aside, if it was."""

    minute: Minute
    aside: Aside | None = None


@transaction.atomic
def write_point(*, meeting: Meeting, point: str, text: str, step: int, hand: str, by: User, at: datetime) -> Saved:
    """Write what was said on a point. Raises Refused.

    `step` is the one that the writer's window has seen, `hand` that window. Where another window has saved since, the
    newer text stays and this one is kept aside: nobody's words are lost, and neither overwrites the other.
    """
    meeting, person = locked(meeting), person_of(by)
    refuse(rules.why_not_write(meeting, standing_of(by, meeting)) or why_not_point(meeting, point, text))
    minute = Minute.objects.filter(meeting=meeting, point=point).select_related("by").first()
    if minute is None:
        return Saved(_first(meeting, point, text, hand, person, by, at))
    if minute.text == text:
        return Saved(minute)
    if minute.hand != hand and minute.step != step:
        return Saved(minute, _put_aside(meeting, point, text, hand, person, by, at))
    _note(meeting, minute, hand, by, at)
    minute.text, minute.step, minute.hand, minute.by, minute.at = text, minute.step + 1, hand, person, at
    minute.save(update_fields=["text", "step", "hand", "by", "at"])
    return Saved(minute)


@transaction.atomic
def join(*, aside: Aside, adopt: bool, by: User, at: datetime) -> Minute | None:
    """Put a text that was kept aside beneath the minutes of its point, or leave it. Raises Refused."""
    meeting, person = locked(aside.meeting), person_of(by)
    refuse(rules.why_not_write(meeting, standing_of(by, meeting)))
    aside = Aside.objects.select_for_update(of=("self",)).get(pk=aside.pk)
    minute = Minute.objects.filter(meeting=meeting, point=aside.point).first()
    if aside.settled_at:
        return minute
    aside.settled_at = at
    aside.save(update_fields=["settled_at"])
    if adopt and minute:
        minute.text, minute.step = f"{minute.text}\n{aside.text}".strip(), minute.step + 1
        minute.by, minute.at, minute.hand = person, at, f"join{aside.pk}"
        minute.save(update_fields=["text", "step", "hand", "by", "at"])
    changes = {"point": [None, aside.point], "text": [None if adopt else aside.text, aside.text if adopt else None]}
    journal.record("meeting.minutes_joined", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    return minute


def _first(meeting: Meeting, point: str, text: str, hand: str, person: Person, by: User, at: datetime) -> Minute:
    changes = {"point": [None, point]}
    journal.record("meeting.minuted", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    return Minute.objects.create(meeting=meeting, point=point, text=text, hand=hand, by=person, at=at)


def _note(meeting: Meeting, minute: Minute, hand: str, by: User, at: datetime) -> None:
    """One event each time the pen changes hands, not for each pause in typing; the digest comes with the handing in."""
    if minute.hand != hand:
        changes = {"point": [None, minute.point]}
        journal.record("meeting.minuted", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)


def _put_aside(meeting: Meeting, point: str, text: str, hand: str, person: Person, by: User, at: datetime) -> Aside:
    """One for each window: its next save replaces what it had put aside."""
    waiting = Aside.objects.filter(meeting=meeting, point=point, hand=hand, settled_at__isnull=True).first()
    if waiting:
        waiting.text, waiting.at = text, at
        waiting.save(update_fields=["text", "at"])
        return waiting
    changes = {"point": [None, point]}
    journal.record("meeting.minutes_apart", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    return Aside.objects.create(meeting=meeting, point=point, text=text, hand=hand, by=person, at=at)
