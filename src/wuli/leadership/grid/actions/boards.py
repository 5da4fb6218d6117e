"""What stands on notice boards beside the keepers, and the printing of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.base.masking import mask_phone
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.actions import people
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Board, Contact, DutyText, Instructor
from ..rules.boards import Notice, why_not_print
from ..rules.cells import why_not_keep


@transaction.atomic
def set_board(
    *, unit: Unit, boundary: str, hotline: str, texts: Mapping[str, str], by: User | None, at: datetime
) -> None:  # fmt: skip
    """Say where the grid of `unit` ends, whom to call, and by kind of grid what keepers below have to do.

    An empty text takes the words of the unit above, at last those shipped. Raises Refused.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    _refuse_foreign(unit, by)
    changed = _set_place(unit, {"boundary": boundary, "hotline": hotline}, by, at)
    changed |= sum(_set_duties(unit, kind, text, by, at) for kind, text in texts.items()) > 0
    if not changed:
        raise Refused(_("没有需要保存的改动"))


def _set_place(unit: Unit, said: Mapping[str, str], by: User | None, at: datetime) -> bool:
    board = Board.objects.filter(unit=unit).first() or Board(unit=unit)
    changes = {name: [getattr(board, name), value] for name, value in said.items() if getattr(board, name) != value}
    if changes:
        for name, value in said.items():
            setattr(board, name, value)
        board.save()
        journal.record("grid.board_set", subject=unit, unit=unit, changes=changes, by=by, at=at)
    return bool(changes)


def _set_duties(unit: Unit, kind: str, text: str, by: User | None, at: datetime) -> bool:
    old = DutyText.objects.filter(unit=unit, kind=kind).values_list("text", flat=True).first() or ""
    if text == old:
        return False
    if text:
        DutyText.objects.update_or_create(unit=unit, kind=kind, defaults={"text": text})
    else:
        DutyText.objects.filter(unit=unit, kind=kind).delete()
    changes = {"kind": [None, kind], "text": [old, text]}
    journal.record("grid.duties_set", subject=unit, unit=unit, changes=changes, by=by, at=at)
    return True


@transaction.atomic
def publish_phone(*, person: Person, phone: str, unit: Unit, by: User | None, at: datetime) -> bool:
    """Make known the work phone of whoever answers at `unit`; empty takes it back. Returns whether it changed."""
    _refuse_foreign(unit, by)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    contact = Contact.objects.filter(person=person).first()
    old = contact.phone if contact else ""
    if old == phone:
        return False
    if phone:
        Contact.objects.update_or_create(person=person, defaults={"phone": phone})
    else:
        Contact.objects.filter(person=person).delete()
    changes = {"phone": [mask_phone(old), mask_phone(phone)]}
    journal.record("grid.phone_published", subject=person, unit=unit, changes=changes, by=by, at=at)
    return True


@transaction.atomic
def publish_phones(*, phones: Mapping[Person, str], unit: Unit, by: User | None, at: datetime) -> int:
    """The work phones of all who stand on a board; returns how many changed. Raises Refused."""
    return sum(publish_phone(person=one, phone=said, unit=unit, by=by, at=at) for one, said in phones.items())


@transaction.atomic
def give_instructor(
    *,
    unit: Unit,
    person: Person | None,
    name: str,
    organisation: str,
    phone: str,
    on: date,
    reason: str,
    by: User | None,
    at: datetime,
) -> Instructor:
    """Let someone guide the grid of `unit` from `on`: a person of the group, or somebody by name. Raises Refused."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    _refuse_foreign(unit, by)
    if not unit.is_open(on):
        raise Refused(_("%(unit)s 在 %(day)s 不是开办中的单位") % {"unit": unit.name, "day": on}, field="on")
    if bool(person) == bool(name):
        raise Refused(_("请选择本集团的人员，或填写外部人员的姓名，二者填一项"), field="name")
    if person and (refusal := why_not_keep(person, on=on)):
        raise Refused(refusal, field="person")
    if Instructor.objects.filter(unit=unit, person=person, name=name, until_date__gt=on).exists():
        raise Refused(_("%(name)s已经是%(unit)s的指导员") % {"name": person or name, "unit": unit.name}, field="name")
    told = {"organisation": organisation, "phone": phone} if name else {}
    made = Instructor.objects.create(unit=unit, person=person, name=name, from_date=on, reason=reason, **told)
    changes = {"name": [None, str(made)], "from": [None, str(on)]}
    journal.record("grid.instructor_given", subject=unit, unit=unit, changes=changes, reason=reason, by=by, at=at)
    return made


@transaction.atomic
def end_instructor(*, instructor: Instructor, on: date, reason: str, by: User | None, at: datetime) -> None:
    """Let someone no longer guide a grid; `on` is the first day without. Raises Refused."""
    found = Instructor.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=instructor.pk)
    _refuse_foreign(found.unit, by)
    if found.until_date <= on:
        raise Refused(_("这项聘请已于 %(day)s 结束") % {"day": found.until_date}, field="on")
    changes = {"name": [str(found), None], "until": [None, str(on)]}
    journal.record(
        "grid.instructor_ended", subject=found.unit, unit=found.unit, changes=changes, reason=reason, by=by, at=at
    )
    if found.from_date >= on:
        found.delete()
    else:
        Instructor.objects.filter(pk=found.pk).update(until_date=on)


@transaction.atomic
def note_print(*, unit: Unit, notices: Sequence[Notice], size: str, by: User, at: datetime) -> None:
    """Write down that boards are printed, and for everyone whose number of the roster they show, a look at it.

    Raises Refused.
    """
    refuse(why_not_print(len(notices)))
    shown = {key for notice in notices for key in notice.holders} - {by.person_id}
    if shown:
        some = list(Person.objects.filter(pk__in=sorted(shown)).select_related("unit").order_by("pk"))
        people.unmask_phones(people=some, reason=_("印制网格公示牌"), by=by, at=at)
    changes = {"boards": [None, len(notices)], "size": [None, size]}
    journal.record("grid.boards_printed", subject=unit, unit=unit, changes=changes, by=by, at=at)


def _refuse_foreign(unit: Unit, by: User | None) -> None:
    """The house itself (None) may arrange everything."""
    if by and not may(by, Perm.POSTING_GRANT, unit):
        raise Refused(_("您不能安排%(unit)s的网格") % {"unit": unit.name})
