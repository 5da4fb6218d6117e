"""The list of those asked follows the duties until the meeting opens; who was asked by hand stays on it."""

from datetime import datetime

from wuli.kernel.orgs.models import Person

from ..models import Attendance, Meeting
from ..queries.invited import expected_of


def invite(meeting: Meeting, *, at: datetime) -> None:
    """Put the list right by the duties of the meeting's day, inside the caller's transaction."""
    asked = {one.person: one for one in expected_of(meeting)}
    there = {one.person_id: one for one in meeting.attendances.order_by("pk")}
    gone = [one.pk for key, one in there.items() if key not in asked and _may_go(one)]
    meeting.attendances.filter(pk__in=gone).delete()
    new = [one for key, one in asked.items() if key not in there]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person_id=one.person, duty=one.duty, unit_id=one.unit) for one in new
    )
    meeting.invited_on = meeting.today(at)
    meeting.save(update_fields=["invited_on"])


def ask(meeting: Meeting, people: list[Person]) -> list[Person]:
    """Ask these too, by hand; returns those who were not on the list."""
    there = set(meeting.attendances.values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in there]
    Attendance.objects.bulk_create(Attendance(meeting=meeting, person=person, by_hand=True) for person in new)
    return new


def _may_go(one: Attendance) -> bool:
    return not one.by_hand and one.state == Attendance.State.EXPECTED
