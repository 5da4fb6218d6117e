"""A decision becomes an item at once: the work does not wait for the minutes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.actions import items
from wuli.kernel.ledger.models import Status as ItemStatus
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Decision, Meeting
from ..queries.decisions import place_of
from ..queries.invited import head_of
from ..queries.meetings import standing_of
from ..rules import states as rules
from ..rules.decisions import KIND, title_of, why_not_decide
from .turning import locked


@dataclass(frozen=True)
class NewDecision:
    """Who does what by when. A unit alone means whoever heads it; a person alone, where they lead or work.

    `second` is asked to confirm that it is done; without one, the heads above are.
    """

    text: str
    due_on: date
    owner: Person | None = None
    unit: Unit | None = None
    second: Person | None = None
    cadence: str = ""
    point: str = ""


@transaction.atomic
def decide(new: NewDecision, *, meeting: Meeting, key: str, by: User, at: datetime) -> Decision:
    """Take down a decision and give it to its owner. Raises Refused. The same `key` twice is one decision."""
    meeting, person = locked(meeting), person_of(by)
    named = f"meeting.decision:{meeting.pk}.{key}"
    if already := Decision.objects.filter(item__key=named).first():
        return already
    refuse(rules.why_not_write(meeting, standing_of(by, meeting)))
    today = meeting.today(at)
    if wrong := why_not_decide(meeting, text=new.text, point=new.point, unit=new.unit, owner=new.owner):
        raise Refused(wrong[1], field=wrong[0])
    owner = new.owner or _head(new.unit, today)
    unit = new.unit or place_of(owner, meeting.unit, today)
    item = items.open_item(
        title=title_of(new.text), text=_item_text(new.text, meeting), unit=unit, owner=owner, by=by, at=at, kind=KIND,
        due_on=new.due_on, cadence=new.cadence, second=new.second, subject=meeting, key=named,
    )  # fmt: skip
    decision = Decision.objects.create(
        meeting=meeting, point=new.point, text=new.text.strip(), owner=owner, unit=unit, due_on=new.due_on, item=item,
        made_by=person, made_at=at,
    )  # fmt: skip
    changes = {"owner": [None, str(owner)], "due_on": [None, str(new.due_on)], "item": [None, item.pk]}
    journal.record("meeting.decided", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    return decision


@transaction.atomic
def take_back(*, decision: Decision, reason: str, by: User, at: datetime) -> None:
    """Withdraw a decision before the minutes are handed in, and its item with it. Raises Refused."""
    meeting = locked(decision.meeting)
    refuse(rules.why_not_write(meeting, standing_of(by, meeting)))
    if decision.item.status == ItemStatus.WITHDRAWN:
        return
    items.withdraw(item=decision.item, reason=reason, by=by, at=at)
    changes = {"item": [decision.item_id, None]}
    journal.record(
        "meeting.undecided", subject=meeting, unit=meeting.unit, changes=changes, reason=reason, by=by, at=at
    )


def _head(unit: Unit | None, on: date) -> Person:
    assert unit is not None
    if head := head_of(unit, on):
        return head
    raise Refused(_("%(unit)s没有主要负责人，请另填责任人") % {"unit": unit.name}, field="owner")


def _item_text(text: str, meeting: Meeting) -> str:
    return _("%(text)s（%(meeting)s %(day)s 决定）") % {
        "text": text.strip(),
        "meeting": meeting.title,
        "day": meeting.on,
    }
