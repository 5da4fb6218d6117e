"""A shift is handed over in writing, and taken over by somebody of the next."""

from datetime import datetime

from django.db import transaction

from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.people import person_of

from ..models import HandOver, Shift
from ..queries.duty import is_on, passed_one, with_people
from ..rules import duty as rules
from . import duty_telling


@transaction.atomic
def write(
    *, shift: Shift, happened: str, unfinished: str, attention: str, by: User, at: datetime
) -> HandOver:  # fmt: skip
    """Write, or write anew until it is taken over, what the next shift must know. Raises Refused."""
    shift, person = _held(shift), person_of(by)
    note = HandOver.objects.filter(shift=shift).first()
    refuse(rules.why_not_write(shift, on_it=is_on(shift, person), note=note, text=happened, at=at), field="happened")
    said = {
        "happened": happened.strip(), "unfinished": unfinished.strip(), "attention": attention.strip(),
        "written_by": person, "written_at": at,
    }  # fmt: skip
    note, first = HandOver.objects.update_or_create(shift=shift, defaults=said)
    journal.record("handover.written", subject=note, unit=shift.desk.unit, by=by, at=at)
    following = passed_one(shift, at).following
    if first and following:
        duty_telling.tell_written(note, following, by=by, at=at)
    return note


@transaction.atomic
def take(*, note: HandOver, remark: str = "", by: User, at: datetime) -> HandOver:
    """Sign, as one of the next shift, that it is taken over. Raises Refused."""
    shift, person = _held(note.shift), person_of(by)
    note = HandOver.objects.select_for_update(of=("self",)).select_related("taken_by").get(pk=note.pk)
    following = passed_one(shift, at).following
    on_next = following is not None and is_on(following, person)
    refuse(rules.why_not_take(note, on_next=on_next, person=person, at=at))
    note.taken_by, note.taken_at, note.remark = person, at, remark.strip()
    note.save(update_fields=["taken_by", "taken_at", "remark"])
    journal.record("handover.taken", subject=note, unit=shift.desk.unit, reason=remark, by=by, at=at)
    return note


def _held(shift: Shift) -> Shift:
    Shift.objects.select_for_update().get(pk=shift.pk)
    return with_people(Shift.objects.all()).get(pk=shift.pk)
