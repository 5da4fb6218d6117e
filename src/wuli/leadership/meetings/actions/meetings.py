"""The turns of a meeting: moved, opened, minutes handed in and confirmed; or cancelled."""

from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from django.db import transaction

from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.models import Status as ItemStatus
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Addendum, Attendance, Meeting
from ..models.meeting import Status
from ..queries.meetings import standing_of
from ..rules import states as rules
from ..rules.series import why_not_link
from ..rules.times import span
from . import inviting, packs, planning, telling
from .turning import locked, write


@transaction.atomic
def move(
    *, meeting: Meeting, on: date, starts_at: time, minutes: int, place: str, link: str, by: User, at: datetime
) -> Meeting:  # fmt: skip
    """Hold it at another time or place, and tell everyone who is asked. Raises Refused."""
    meeting = locked(meeting)
    begins, ends = span(on, starts_at, minutes, meeting.unit.zone)
    refuse(rules.why_not_move(meeting, standing_of(by, meeting), starts_at=begins, at=at), field="starts_at")
    if wrong := why_not_link(link):
        refuse(wrong[1], field=wrong[0])
    told: dict[str, Any] = {"on": on, "starts_at": begins, "ends_at": ends, "venue": place.strip(), "link": link}
    changes = {name: [str(getattr(meeting, name)), str(value)] for name, value in told.items()
               if getattr(meeting, name) != value}  # fmt: skip
    if not changes:
        return meeting
    write(meeting, **told, sequence=meeting.sequence + 1, touched=True, invited_on=None)
    packs.forget(meeting)
    inviting.invite(meeting, at=at)
    journal.record("meeting.moved", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    telling.tell_moved(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User, at: datetime) -> Meeting:
    """Not this time. Raises Refused."""
    meeting = locked(meeting)
    refuse(rules.why_not_cancel(meeting, standing_of(by, meeting), reason=reason), field="reason")
    planning.cancel(meeting, reason, by=by, at=at)
    return meeting


@transaction.atomic
def appoint(*, meeting: Meeting, chair: Person, secretary: Person, reason: str, by: User, at: datetime) -> Meeting:
    """Let another preside or keep the minutes of this one, and tell them. Raises Refused."""
    meeting = locked(meeting)
    refuse(rules.why_not_appoint(meeting, standing_of(by, meeting)))
    for field, person in (("chair", chair), ("secretary", secretary)):
        refuse(rules.why_not_appointed(person, meeting.today(at)), field=field)
    changes = {
        name: [str(getattr(meeting, name)), str(new)]
        for name, new in (("chair", chair), ("secretary", secretary))
        if getattr(meeting, f"{name}_id") != new.pk
    }
    if not changes:
        return meeting
    write(meeting, chair=chair, secretary=secretary, touched=True)
    inviting.ask(meeting, [chair, secretary])
    journal.record(
        "meeting.appointed", subject=meeting, unit=meeting.unit, changes=changes, reason=reason, by=by, at=at
    )
    telling.tell_appointed(meeting, changes, by=by, at=at)
    return meeting


@transaction.atomic
def ask_guests(*, meeting: Meeting, people: list[Person], by: User, at: datetime) -> Meeting:
    """Ask someone to this meeting only. Raises Refused."""
    meeting = locked(meeting)
    refuse(rules.why_not_run(standing_of(by, meeting)) or rules.why_not_guests(meeting))
    if new := inviting.ask(meeting, people):
        write(meeting, touched=True)
        changes = {"people": [None, [str(person) for person in new]]}
        journal.record("meeting.invited", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
        telling.tell_guests(meeting, new, by=by, at=at)
    return meeting


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """Begin. From now on the list of those asked and the pack stay as they are. Raises Refused."""
    meeting, person = locked(meeting), person_of(by)
    refuse(rules.why_not_open(meeting, standing_of(by, meeting), at))
    inviting.invite(meeting, at=at)
    packs.make_if_missing(meeting, at=at)
    write(meeting, status=Status.OPENED, opened_by=person, opened_at=at, touched=True)
    journal.record("meeting.opened", subject=meeting, unit=meeting.unit, by=by, at=at)
    return meeting


@transaction.atomic
def hand_in(*, meeting: Meeting, by: User, at: datetime) -> Meeting:
    """The minutes are written: the chair is asked to confirm them. Raises Refused."""
    meeting, person = locked(meeting), person_of(by)
    decided = meeting.decisions.exclude(item__status=ItemStatus.WITHDRAWN)
    written = meeting.minutes.exclude(text="").exists() or decided.exists()
    asides = meeting.asides.filter(settled_at__isnull=True).count()
    came = meeting.attendances.filter(state=Attendance.State.PRESENT).exists()
    refuse(rules.why_not_hand_in(meeting, standing_of(by, meeting), came=came, written=written, asides=asides))
    write(meeting, status=Status.HANDED_IN, handed_in_by=person, handed_in_at=at, returned_reason="")
    changes = {"digest": [None, digest(meeting)]}
    journal.record("meeting.handed_in", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    telling.tell_chair(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def return_minutes(*, meeting: Meeting, reason: str, by: User, at: datetime) -> Meeting:
    """Back to whoever handed them in, to be mended. Raises Refused."""
    meeting = locked(meeting)
    refuse(rules.why_not_return(meeting, standing_of(by, meeting), reason=reason), field="reason")
    to = meeting.handed_in_by
    assert to is not None
    write(meeting, status=Status.OPENED, handed_in_by=None, handed_in_at=None, returned_reason=reason.strip())
    journal.record("meeting.returned", subject=meeting, unit=meeting.unit, reason=reason, by=by, at=at)
    telling.tell_returned(meeting, to, by=by, at=at)
    return meeting


@transaction.atomic
def confirm(*, meeting: Meeting, by: User, at: datetime, own_record: bool = False) -> Meeting:
    """The chair says that it was so; then nothing of it changes any more, and everyone is told. Raises Refused.

    Never whoever handed them in, unless the chair keeps the minutes himself, and says so.
    """
    meeting, person = locked(meeting), person_of(by)
    standing = standing_of(by, meeting)
    refuse(rules.why_not_confirm(meeting, standing, own_record=own_record), field="own_record")
    write(meeting, status=Status.CLOSED, closed_by=person, closed_at=at, kept_by_chair=standing.handed_in)
    changes = {"digest": [None, digest(meeting)], "own": [None, standing.handed_in]}
    journal.record("meeting.closed", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    telling.tell_minutes(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def add(*, meeting: Meeting, text: str, reason: str, by: User, at: datetime) -> Addendum:
    """Put something right beneath confirmed minutes. Raises Refused."""
    meeting, person = locked(meeting), person_of(by)
    refuse(rules.why_not_add(meeting, standing_of(by, meeting)))
    addendum = Addendum.objects.create(meeting=meeting, text=text.strip(), reason=reason.strip(), by=person, at=at)
    journal.record("meeting.added", subject=meeting, unit=meeting.unit, reason=reason, by=by, at=at)
    telling.tell_addendum(meeting, addendum.pk, by=by, at=at)
    return addendum


@transaction.atomic
def note_paper(*, meeting: Meeting, paper: str, by: User, at: datetime) -> None:
    """Record that the pack or the minutes are taken away as a file."""
    journal.record("meeting.paper_taken", subject=meeting, unit=meeting.unit, changes={"paper": [None, paper]}, by=by,
                   at=at)  # fmt: skip


def digest(meeting: Meeting) -> str:
    """What proves, in the sealed journal, that minutes are still those that were handed in and confirmed."""
    said = [f"{one.point}\n{one.text}" for one in meeting.minutes.order_by("point")]
    said += [f"{one.pk}\n{one.text}\n{one.owner_id}\n{one.due_on}" for one in meeting.decisions.order_by("pk")]
    return sha256("\0".join(said).encode()).hexdigest()[:32]
