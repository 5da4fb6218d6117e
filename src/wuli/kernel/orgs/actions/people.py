"""The roll, one person at a time: join, change, leave. Whole rosters come in through `roster`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.codes import identity_problem
from wuli.base.crypto import decrypt, encrypt, keyed_hash
from wuli.base.errors import Refused, refuse
from wuli.base.masking import mask_identity, mask_phone
from wuli.base.pinyin import pinyin_of
from wuli.kernel.journal import actions as journal

from ..models import Assignment, Person, Post, Posting, Unit, User
from ..rules import people as rules

PLACE = ("unit", "employer", "outside_employer", "post", "branch")
"""What of a person has history."""
MASKS: dict[str, Callable[[str], str]] = {"phone": mask_phone, "identity": mask_identity}
"""Personal values stand masked in the journal, which outlives them."""


@dataclass(frozen=True)
class Place:
    """Where a person belongs. Exactly one of `employer` and `outside_employer` is given.

    The post is named by its process step and name; the team gets it if it has none such yet.
    """

    unit: Unit
    employer: Unit | None = None
    outside_employer: str = ""
    branch: Unit | None = None
    process_step: str = ""
    post: str = ""


@transaction.atomic
def join(
    *,
    number: str,
    name: str,
    place: Place,
    on: date,
    by: User | None,
    at: datetime,
    phone: str = "",
    identity: str = "",
) -> Person:
    """Put a new person on the roll from the day `on`. Raises Refused."""
    _refuse_bad_place(place, on)
    if Person.objects.filter(number=number).exists():
        raise Refused(_("工号“%(number)s”已被使用") % {"number": number}, field="number")
    pinyin, initials = pinyin_of(name)
    person = Person(number=number, name=name, pinyin=pinyin, initials=initials, phone=phone, on_roll_from=on)
    _set_identity(person, identity)
    _set_place(person, place)
    person.save(force_insert=True)
    _begin_assignment(person, on)
    journal.record("person.joined", subject=person, unit=place.unit, changes={"from": [None, str(on)]}, by=by, at=at)
    return person


@transaction.atomic
def transfer(*, person: Person, place: Place, on: date, by: User, at: datetime) -> Person:
    """Let `person` belong to another place from the day `on`; days before keep the old one. Raises Refused."""
    person = _locked(person)
    newest = _newest(person)
    refuse(rules.why_not_change_from(person, newest.from_date, on=on))
    _refuse_bad_place(place, on)
    before = {field: getattr(person, field) for field in PLACE}
    _set_place(person, place)
    changes: dict[str, Any] = {
        f: [str(old or ""), str(getattr(person, f) or "")] for f, old in before.items() if old != getattr(person, f)
    }
    if not changes:
        raise Refused(_("没有需要保存的改动"))
    person.save(update_fields=["unit", "path", "employer", "outside_employer", "post", "branch"])
    if newest.from_date < on:
        _end_assignment(newest, on)
        _begin_assignment(person, on)
    else:
        Assignment.objects.filter(pk=newest.pk).update(**_place_of(person))
    changes["from"] = [None, str(on)]
    journal.record("person.moved", subject=person, unit=place.unit, changes=changes, by=by, at=at)
    return person


@transaction.atomic
def amend(*, person: Person, by: User, at: datetime, **values: str) -> Person:
    """Correct what has no history: name, phone, identity. Raises Refused."""
    person = _locked(person)
    changes: dict[str, Any] = {}
    for field, value in values.items():
        if field == "identity":
            if value and keyed_hash(value) != person.identity_hash:
                _set_identity(person, value)
                changes[field] = ["***", mask_identity(value)]
        elif getattr(person, field) != value:
            mask = MASKS.get(field, str)
            changes[field] = [mask(getattr(person, field)), mask(value)]
            setattr(person, field, value)
    if not changes:
        raise Refused(_("没有需要保存的改动"))
    person.pinyin, person.initials = pinyin_of(person.name)
    person.save(update_fields=["name", "pinyin", "initials", "phone", "identity", "identity_hash"])
    journal.record("person.amended", subject=person, unit=person.unit, changes=changes, by=by, at=at)
    return person


@transaction.atomic
def leave(*, person: Person, on: date, by: User, at: datetime) -> Person:
    """Take `person` off the roll; `on` is the first day away. Duties end with it. Raises Refused."""
    person = _locked(person)
    newest = _newest(person)
    refuse(rules.why_not_leave(person, newest.from_date, on=on))
    person.on_roll_until = on
    person.save(update_fields=["on_roll_until"])
    _end_assignment(newest, on)
    end_postings_of([person.pk], on=on)
    journal.record(
        "person.left", subject=person, unit=person.unit, changes={"on_roll_until": [None, str(on)]}, by=by, at=at
    )
    return person


@transaction.atomic
def unmask(*, person: Person, field: str, reason: str, by: User, at: datetime) -> str:
    """Show one masked value of `person` to `by`, for a reason that the person can read. Raises Refused."""
    _refuse_no_reason(reason)
    journal.record(
        "person.unmasked", subject=person, unit=person.unit, changes={"field": [None, field]}, reason=reason.strip(),
        by=by, at=at,
    )  # fmt: skip
    return person.phone if field == "phone" else _reveal_identity(person)


@transaction.atomic
def unmask_phones(*, people: Sequence[Person], reason: str, by: User, at: datetime) -> None:
    """Let `by` see the phones of several people for one reason, which each of them can read. Raises Refused."""
    _refuse_no_reason(reason)
    field = {"field": [None, "phone"]}
    seen = (journal.Entry("person.unmasked", person, person.unit, field, reason.strip()) for person in people)
    journal.record_all(seen, by=by, at=at)


def _refuse_no_reason(reason: str) -> None:
    if len(reason.strip()) < 4:
        raise Refused(_("请写明查看原因，本人可以看到"), field="reason")


def _reveal_identity(person: Person) -> str:
    return decrypt(bytes(person.identity)) if person.identity else ""


@transaction.atomic
def note_view(*, person: Person, by: User, at: datetime) -> None:
    """Remember that `by` opened the record of `person`, who may see it."""
    if by.person_id != person.pk:
        journal.record("person.viewed", subject=person, unit=person.unit, by=by, at=at)


def hand_over(*, unit: Unit, to: Unit, on: date) -> int:
    """Move everyone who belongs to `unit` (as team, branch or employer) to `to` from `on`; returns how many.

    Part of a merger, which records the event.
    """
    moved = 0
    posts = _same_posts(unit, to)
    for field in ("unit", "branch", "employer"):
        moved += _hand_over(field, unit, to, on, posts if field == "unit" else {})
    return moved


def end_postings_of(people: list[int], *, on: date) -> None:
    """Duties of people who leave end on the day they leave; those not begun yet never begin."""
    Posting.objects.filter(person__in=people, from_date__gte=on, stand_ins__isnull=True).delete()
    Posting.objects.filter(person__in=people, until_date__gt=on, from_date__lt=on).update(until_date=on)
    Posting.objects.filter(
        stands_in_for__person__in=people, until_date__gt=on, from_date__lt=on
    ).update(until_date=on)  # fmt: skip


def _hand_over(field: str, unit: Unit, to: Unit, on: date, posts: dict[int, Post]) -> int:
    current = Assignment.objects.filter(**{field: unit}, until_date__gt=on)
    old = list(current.filter(from_date__lt=on))
    fresh = [
        Assignment(
            person_id=a.person_id, unit_id=a.unit_id, employer_id=a.employer_id, outside_employer=a.outside_employer,
            post_id=a.post_id, branch_id=a.branch_id, from_date=on, until_date=a.until_date,
        ) for a in old
    ]  # fmt: skip
    Assignment.objects.filter(pk__in=[a.pk for a in old]).update(until_date=on)
    Assignment.objects.bulk_create(fresh, batch_size=1000)
    later = Assignment.objects.filter(**{field: unit}, from_date__gte=on)
    people = Person.objects.filter(**{field: unit}, on_roll_until__gt=on)
    for old_post, post in posts.items():
        later.filter(post=old_post).update(post=post)
        people.filter(post=old_post).update(post=post)
    later.update(**{field: to})
    return people.update(**{field: to}, **({"path": to.path} if field == "unit" else {}))


def _same_posts(unit: Unit, to: Unit) -> dict[int, Post]:
    """For each post of `unit`, the post of the same step and name at `to`, made where there is none."""
    posts = {}
    for post in unit.posts.all():
        posts[post.pk] = _post(to, post.process_step, post.name)
    return posts


def _locked(person: Person) -> Person:
    locked = Person.objects.select_for_update(of=("self",)).select_related("unit", "employer", "post", "branch")
    return locked.get(pk=person.pk)


def _newest(person: Person) -> Assignment:
    return person.assignments.order_by("-from_date")[0]


def _begin_assignment(person: Person, on: date) -> Assignment:
    return Assignment.objects.create(
        person=person, from_date=on, until_date=person.on_roll_until, **_place_of(person)
    )  # fmt: skip


def _end_assignment(assignment: Assignment, on: date) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(until_date=on)


def _place_of(person: Person) -> dict[str, Any]:
    return {field: getattr(person, field) for field in PLACE}


def _set_place(person: Person, place: Place) -> None:
    person.unit, person.path = place.unit, place.unit.path
    person.employer, person.outside_employer = place.employer, place.outside_employer
    person.branch = place.branch
    person.post = _post(place.unit, place.process_step, place.post) if place.post else None


def _post(unit: Unit, process_step: str, name: str) -> Post:
    post, _made = Post.objects.get_or_create(unit=unit, process_step=process_step, name=name)
    return post


def _set_identity(person: Person, identity: str) -> None:
    if not identity:
        return
    refuse(identity_problem(identity), "identity")
    person.identity, person.identity_hash = encrypt(identity), keyed_hash(identity)


def _refuse_bad_place(place: Place, on: date) -> None:
    refuse(rules.why_not_here(place.unit, on=on))
    if bool(place.employer) == bool(place.outside_employer):
        raise Refused(_("用工单位和外协单位必须且只能填一个"), field="employer")
    if place.branch:
        refuse(rules.why_not_branch(place.branch, on=on))
