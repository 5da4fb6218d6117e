"""One thing given to several members: an item each, followed and closed as all items are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.actions.items import open_item
from wuli.kernel.ledger.models import Cadence
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Errand
from ..queries.errands import members_of
from ..rules import errands as rules
from ..rules.kinds import MEMBER_TASK
from .turning import refuse_stranger


@dataclass(frozen=True)
class NewErrand:
    """`people` empty: all members of the branches at and below the body."""

    body: Unit
    title: str
    text: str = ""
    due_on: date | None = None
    cadence: str = Cadence.NONE
    people: Sequence[Person] = ()
    to_all: bool = False


@transaction.atomic
def give(new: NewErrand, *, key: str, by: User, at: datetime) -> Errand:
    """Open an item for each of these members, at their branch. The same `key` twice is one. Raises Refused."""
    if already := Errand.objects.filter(key=key).first():
        return already
    refuse_stranger(by, new.body, "body")
    here = {one.pk: one for one in members_of(new.body, business_date(at, new.body.zone))}
    chosen = list(here.values()) if new.to_all else [here[one.pk] for one in new.people if one.pk in here]
    in_body = new.to_all or len(chosen) == len(new.people)
    if why_not := rules.why_not_give(title=new.title, body=new.body, people=len(chosen), in_body=in_body):
        raise Refused(why_not[1], field=why_not[0])
    errand = Errand.objects.create(
        body=new.body, title=new.title.strip(), text=new.text.strip(), due_on=new.due_on, cadence=new.cadence,
        to_all=new.to_all, given_by=person_of(by), given_at=at, key=key,
    )  # fmt: skip
    for person in chosen:
        _give(errand, person, by, at)
    changes = {"people": [None, len(chosen)], "due_on": [None, str(new.due_on or "")]}
    journal.record("errand.given", subject=errand, unit=new.body, changes=changes, by=by, at=at)
    return errand


def _give(errand: Errand, person: Person, by: User, at: datetime) -> None:
    assert person.branch is not None
    open_item(
        title=errand.title, text=errand.text, unit=person.branch, owner=person, due_on=errand.due_on,
        cadence=errand.cadence, kind=MEMBER_TASK.code, subject=errand, key=f"errand:{errand.pk}:{person.pk}",
        by=by, at=at,
    )  # fmt: skip
