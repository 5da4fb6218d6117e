"""Who came, who did not and why, and who came in their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, User

from ..models import Attendance, Meeting
from ..queries.meetings import standing_of
from ..rules import states as rules
from .turning import locked

State = Attendance.State


@dataclass(frozen=True)
class Mark:
    state: str
    reason: str = ""
    substitute: Person | None = None


@transaction.atomic
def call_roll(*, meeting: Meeting, marks: Mapping[int, Mark], by: User, at: datetime) -> int:
    """Note who came, by the keys of the attendances; returns how many marks changed. Raises Refused."""
    meeting = locked(meeting)
    refuse(rules.why_not_write(meeting, standing_of(by, meeting)))
    rows = {one.pk: one for one in meeting.attendances.select_related("person").filter(pk__in=list(marks))}
    changed = {one.person.name: new.state for pk, one in rows.items() if _mark(one, new := marks[pk])}
    if changed:
        changes = {"people": [None, changed]}
        journal.record("meeting.attended", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    return len(changed)


def _mark(one: Attendance, new: Mark) -> bool:
    is_absent = new.state == State.ABSENT
    reason, substitute = (new.reason.strip(), new.substitute) if is_absent else ("", None)
    if is_absent and not reason:
        raise Refused(_("%(who)s缺席，请写明原因") % {"who": one.person.name}, field=f"reason-{one.pk}")
    if substitute and substitute.pk == one.person_id:
        raise Refused(_("代会人不能是%(who)s本人") % {"who": one.person.name}, field=f"substitute-{one.pk}")
    before = (one.state, one.reason, one.substitute_id)
    if before == (new.state, reason, substitute.pk if substitute else None):
        return False
    one.state, one.reason, one.substitute = new.state, reason, substitute
    one.save(update_fields=["state", "reason", "substitute"])
    return True
