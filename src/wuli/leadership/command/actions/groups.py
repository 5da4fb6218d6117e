"""A unit sets up its leading group, divides it, appoints and relieves; who leaves the roll leaves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import LeadingGroup, Member, Response, WorkingGroup
from ..queries.extents import ground_of
from ..rules import groups as rules
from . import presence, telling
from .holding import held, person_or_none

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    person: Person
    role: str


@dataclass(frozen=True)
class NewGroup:
    unit: Unit
    places: Sequence[Place]
    basis: str
    set_up_at: datetime


@transaction.atomic
def set_up(
    *, response: Response, unit: Unit, places: Sequence[Place], basis: str = "", by: User | None, at: datetime
) -> LeadingGroup:  # fmt: skip
    """Set up the leading group of `unit` with its first people, at least one of them its leader. Raises Refused."""
    response = held(response)
    group = _set_up(response, NewGroup(unit, places, basis, at), by=by, at=at)
    presence.follow(response=response, at=at)
    return group


@transaction.atomic
def set_up_all(
    *, response: Response, groups: Iterable[NewGroup], by: User | None, at: datetime
) -> list[LeadingGroup]:  # fmt: skip
    """Set up many groups at once, each of the moment that it names. Raises Refused for the first that may not be."""
    response = held(response)
    made = [_set_up(response, new, by=by, at=at) for new in groups]
    presence.follow(response=response, at=at)
    return made


@transaction.atomic
def appoint(
    *, group: LeadingGroup, person: Person, role: str, by: User, at: datetime,
    working_group: WorkingGroup | None = None, from_date: date | None = None,
) -> Member:  # fmt: skip
    """Take somebody into the group or into one of its working groups. Raises Refused."""
    group = _held_for(group, by, at)
    today = business_date(at, group.unit.zone)
    since = from_date or today
    _refuse_appoint(group, person, working_group, since, today)
    member = Member.objects.create(
        group=group, person=person, role=role, working_group=working_group, from_date=since
    )  # fmt: skip
    presence.follow(response=group.response, at=at)
    changes = {"person": [None, str(person)], "role": [None, role]}
    journal.record("leading_group.appointed", subject=group, unit=group.unit, changes=changes, by=by, at=at)
    return member


@transaction.atomic
def divide(*, group: LeadingGroup, name: str, duties: str, by: User, at: datetime) -> WorkingGroup:
    """Set up a working group with duties of its own. Raises Refused."""
    group = _held_for(group, by, at)
    if group.working_groups.filter(name=name.strip()).exists():
        raise Refused(_("已经有叫“%(name)s”的工作组") % {"name": name}, field="name")
    made = WorkingGroup.objects.create(group=group, name=name.strip(), duties=duties.strip())
    changes = {"working_group": [None, made.name]}
    journal.record("leading_group.divided", subject=group, unit=group.unit, changes=changes, by=by, at=at)
    return made


@transaction.atomic
def relieve(*, member: Member, reason: str, by: User, at: datetime, on: date | None = None) -> Member:
    """Let somebody out of the group from a day on, by default today; out of its working groups too. Raises Refused."""
    group = _held_for(member.group, by, at)
    member = Member.objects.select_for_update(of=("self",)).select_related("person").get(pk=member.pk)
    today = business_date(at, group.unit.zone)
    day = on or max(today, member.from_date + DAY)
    reason_not = rules.why_not_relieve(member, on=day, today=max(today, member.from_date + DAY), reason=reason)
    refuse(reason_not, field="reason")
    _end([member, *_inner_places(member, day)], day, reason.strip())
    presence.follow(response=group.response, at=at)
    changes = {"person": [str(member.person), None], "role": [member.role, None]}
    journal.record(
        "leading_group.relieved", subject=group, unit=group.unit, changes=changes, reason=reason, by=by, at=at
    )  # fmt: skip
    return member


def let_go_left(*, at: datetime) -> int:
    """Part of the tick: who has left the roll has left the groups in force; the head is told of the gap."""
    gone = Member.objects.filter(
        until_date=FOREVER, person__on_roll_until__lte=business_date(at), group__response__status="active"
    )  # fmt: skip
    return sum(_let_go(member.pk, at) for member in gone.order_by("pk"))


@transaction.atomic
def _let_go(key: int, at: datetime) -> bool:
    rows = Member.objects.select_for_update(of=("self",)).select_related("person", "group__unit", "group__response")
    member = rows.get(pk=key)
    if member.until_date != FOREVER:  # another tick was here
        return False
    _end([member], max(member.person.on_roll_until, member.from_date + DAY), _("离册"))
    changes = {"person": [str(member.person), None], "role": [member.role, None]}
    journal.record("leading_group.left", subject=member.group, unit=member.group.unit, changes=changes, at=at)
    telling.tell_left(member.group, member.person, at=at)
    return True


def _set_up(response: Response, new: NewGroup, *, by: User | None, at: datetime) -> LeadingGroup:
    unit, today = new.unit, business_date(at, new.unit.zone)
    reason = rules.why_not_set_up(
        response, unit, may=by is None or may(by, Perm.RESPONSE_COMMAND, unit), today=today,
        covered=ground_of(response, today).covers(unit.path), already=response.groups.filter(unit=unit).exists(),
    )  # fmt: skip
    refuse(reason)
    if not any(one.role == Member.Role.LEADER for one in new.places):
        raise Refused(_("领导小组至少要有一名组长"), field="leader")
    group = LeadingGroup.objects.create(
        response=response, unit=unit, basis=new.basis.strip(), set_up_at=new.set_up_at, set_up_by=person_or_none(by)
    )  # fmt: skip
    since = business_date(new.set_up_at, unit.zone)
    people = _each_once(new.places)
    for one in people:
        refuse(rules.why_not_appoint(one.person, from_date=since, today=today, already=False), field="person")
    Member.objects.bulk_create(
        Member(group=group, person=one.person, role=one.role, from_date=since) for one in people
    )  # fmt: skip
    changes = {"members": [None, [f"{one.person} {Member.Role(one.role).label}" for one in new.places]]}
    journal.record("leading_group.set_up", subject=group, unit=unit, changes=changes, by=by, at=at)
    return group


def _each_once(places: Sequence[Place]) -> list[Place]:
    """Everyone by the first of their roles."""
    found: dict[int, Place] = {}
    for one in places:
        found.setdefault(one.person.pk, one)
    return list(found.values())


def _inner_places(member: Member, day: date) -> list[Member]:
    """The places in working groups that end with one in the group itself."""
    if member.working_group_id:
        return []
    held = Member.objects.select_for_update().filter(group=member.group_id, person=member.person_id)
    return list(held.filter(until_date__gt=day, working_group__isnull=False).order_by("pk"))


def _end(members: Sequence[Member], day: date, reason: str) -> None:
    for one in members:
        one.until_date, one.ended_reason = max(day, one.from_date + DAY), reason
        one.save(update_fields=["until_date", "ended_reason"])


def _refuse_appoint(
    group: LeadingGroup, person: Person, working_group: WorkingGroup | None, since: date, today: date
) -> None:
    there = Member.objects.on(since).filter(group=group, working_group=working_group, person=person)
    refuse(rules.why_not_appoint(person, from_date=since, today=today, already=there.exists()), field="person")


def _held_for(group: LeadingGroup, by: User, at: datetime) -> LeadingGroup:
    rows = LeadingGroup.objects.select_for_update(of=("self",)).select_related("unit", "response__issuer")
    group = rows.get(pk=group.pk)
    here = ground_of(group.response, business_date(at, group.response.issuer.zone))
    refuse(
        rules.why_not_change(
            group.response, group.unit, may=may(by, Perm.RESPONSE_COMMAND, group.unit),
            covered=here.covers(group.unit.path),
        )
    )  # fmt: skip
    return group
