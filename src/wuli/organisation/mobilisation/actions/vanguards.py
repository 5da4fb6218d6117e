"""A vanguard is proposed, approved by the body above, manned, and dissolved; its results are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Result, Vanguard, VanguardMember
from ..queries.roll import heir_of, is_member_under
from ..queries.vanguards import is_above
from ..rules import vanguards as rules
from ..rules.notices import DECIDED
from .attendance import attach
from .turning import refuse_stranger

Status = Vanguard.Status


@dataclass(frozen=True)
class NewVanguard:
    """`last_day` is included; without one it stands until it is dissolved."""

    sort: str
    name: str
    body: Unit
    unit: Unit
    purpose: str
    from_date: date
    leader: Person
    last_day: date | None = None
    location: str = ""
    flag: str = Vanguard.Flag.NONE

    @property
    def until_date(self) -> date:
        return date.fromordinal(self.last_day.toordinal() + 1) if self.last_day else FOREVER


@transaction.atomic
def propose(new: NewVanguard, *, by: User, at: datetime) -> Vanguard:
    """Ask the body above to set one up. Raises Refused."""
    refuse_stranger(by, new.body, "body")
    today = business_date(at, new.body.zone)
    _refuse_wrong(new, today)
    vanguard = Vanguard(proposed_by=person_of(by), proposed_at=at)
    _set(vanguard, new)
    vanguard.save(force_insert=True)
    _join(vanguard, new.leader, leads=True, today=today)
    changes = {"unit": [None, new.unit.name], "leader": [None, new.leader.name]}
    journal.record("vanguard.proposed", subject=vanguard, unit=new.body, changes=changes, by=by, at=at)
    return vanguard


@transaction.atomic
def amend(new: NewVanguard, *, vanguard: Vanguard, by: User, at: datetime) -> Vanguard:
    """Change what was asked for or returned; a returned one is asked for anew. Raises Refused."""
    vanguard = _locked(vanguard)
    refuse_stranger(by, vanguard.body)
    refuse_stranger(by, new.body, "body")
    if vanguard.status not in (Status.PROPOSED, Status.RETURNED):
        raise Refused(_("“%(name)s”已批准，只能换人、记成效或撤销") % {"name": vanguard.name})
    today = business_date(at, new.body.zone)
    _refuse_wrong(new, today)
    _set(vanguard, new)
    vanguard.status, vanguard.decided_by, vanguard.decided_at, vanguard.decision = Status.PROPOSED, None, None, ""
    vanguard.proposed_by, vanguard.proposed_at = person_of(by), at
    vanguard.save()
    if not vanguard.members.filter(person=new.leader, leads=True, until_date=FOREVER).exists():
        _lead(vanguard, new.leader, today)
    journal.record("vanguard.amended", subject=vanguard, unit=new.body, by=by, at=at)
    return vanguard


@transaction.atomic
def decide(*, vanguard: Vanguard, approve: bool, opinion: str, by: User, at: datetime) -> Vanguard:
    """Approve it, or return it with a reason: the body above, and never who asked. Raises Refused."""
    vanguard = _locked(vanguard)
    own, above = vanguard.proposed_by_id == by.person_id, is_above(by, vanguard.body)
    refuse(rules.why_not_decide(vanguard, above=above, own=own, approve=approve, opinion=opinion), "opinion")
    vanguard.status = Status.APPROVED if approve else Status.RETURNED
    vanguard.decided_by, vanguard.decided_at, vanguard.decision = person_of(by), at, opinion.strip()
    vanguard.save()
    verb, said = (
        ("vanguard.approved", _("已批准设立：%(name)s")) if approve else ("vanguard.returned", _("已退回：%(name)s"))
    )
    journal.record(verb, subject=vanguard, unit=vanguard.body, reason=opinion, by=by, at=at)
    notices.notify(
        to=[vanguard.proposed_by], kind=DECIDED, text=said % {"name": vanguard.name}, by=by, at=at, unit=vanguard.body,
        key=f"vanguard:{vanguard.pk}:{at:%Y%m%d%H%M%S}", url=reverse("mobilisation:vanguard", args=[vanguard.pk]),
    )  # fmt: skip
    return vanguard


@transaction.atomic
def join(*, vanguard: Vanguard, person: Person, by: User, at: datetime) -> VanguardMember:
    """Let someone serve there from today on. Raises Refused."""
    vanguard, today = _mine(vanguard, by, at)
    member = _join(vanguard, person, leads=False, today=today)
    _record("vanguard.joined", vanguard, person, by, at)
    return member


@transaction.atomic
def leave(*, member: VanguardMember, by: User, at: datetime) -> VanguardMember:
    """Let someone serve there no longer. Who leads is followed by another first. Raises Refused."""
    vanguard, today = _mine(member.vanguard, by, at)
    member = VanguardMember.objects.select_for_update(of=("self",)).select_related("person").get(pk=member.pk)
    if member.until_date != FOREVER:
        raise Refused(_("%(person)s已经退出") % {"person": member.person.name})
    if member.leads and vanguard.status != Status.DISSOLVED:
        raise Refused(_("%(person)s是负责人，请先指定新的负责人") % {"person": member.person.name})
    _end(member, today)
    _record("vanguard.left", vanguard, member.person, by, at)
    return member


@transaction.atomic
def lead(*, vanguard: Vanguard, person: Person, by: User, at: datetime) -> VanguardMember:
    """Let someone lead it from today on; who led before goes on serving. Raises Refused."""
    vanguard, today = _mine(vanguard, by, at)
    refuse(rules.why_not_turn(vanguard, Status.DISSOLVED) if vanguard.status == Status.DISSOLVED else None)
    member = _lead(vanguard, person, today)
    _record("vanguard.led", vanguard, person, by, at)
    return member


@transaction.atomic
def tell(
    *,
    vanguard: Vanguard,
    text: str,
    on_date: date,
    by: User,
    at: datetime,
    files: Sequence[File[Any]] = (),
    key: str = "",
) -> Result:
    """Write down what it got done, with what proves it. The same `key` twice is one. Raises Refused."""
    vanguard, today = _mine(vanguard, by, at)
    if key and (already := vanguard.results.filter(key=key).first()):
        return already
    refuse(rules.why_not_tell(vanguard, text=text, on_date=on_date, today=today), "text")
    result = Result.objects.create(
        vanguard=vanguard, on_date=on_date, text=text.strip(), by=person_of(by), at=at,
        key=key or f"{at:%Y%m%d%H%M%S%f}",
    )  # fmt: skip
    made = attach(files=files, result=result, by=by, at=at)
    changes = {"for": [None, str(on_date)], "files": [None, [one.digest for one in made]]}
    journal.record("vanguard.told", subject=vanguard, unit=vanguard.body, changes=changes, by=by, at=at)
    return result


@transaction.atomic
def dissolve(*, vanguard: Vanguard, note: str, by: User, at: datetime) -> Vanguard:
    """End it, with what became of it. Raises Refused."""
    vanguard, today = _mine(vanguard, by, at)
    refuse(rules.why_not_dissolve(vanguard, note=note), "note")
    vanguard.status, vanguard.closing_note = Status.DISSOLVED, note.strip()
    vanguard.dissolved_by, vanguard.dissolved_at = person_of(by), at
    vanguard.until_date = min(vanguard.until_date, max(vanguard.from_date, today))
    vanguard.save()
    for member in vanguard.members.filter(until_date=FOREVER).order_by("pk"):
        _end(member, today)
    journal.record("vanguard.dissolved", subject=vanguard, unit=vanguard.body, reason=note[:200], by=by, at=at)
    return vanguard


def follow_bodies(*, at: datetime) -> int:
    """Part of the tick: a vanguard follows its body, and the unit where it stands, into those they were merged into."""
    gone = Q(body__merged_into__isnull=False) | Q(unit__merged_into__isnull=False)
    merged = Vanguard.objects.exclude(status=Status.DISSOLVED).filter(gone)
    return sum(_follow(vanguard, at) for vanguard in merged.order_by("pk"))


@transaction.atomic
def _follow(vanguard: Vanguard, at: datetime) -> bool:
    vanguard = _locked(vanguard)
    body, unit = heir_of(vanguard.body), heir_of(vanguard.unit)
    if (body.pk, unit.pk) == (vanguard.body_id, vanguard.unit_id):
        return False
    changes = {"body": [vanguard.body.name, body.name], "unit": [vanguard.unit.name, unit.name]}
    vanguard.body, vanguard.unit = body, unit
    vanguard.save(update_fields=["body", "unit"])
    journal.record("vanguard.moved", subject=vanguard, unit=body, changes=changes, at=at)
    return True


def _refuse_wrong(new: NewVanguard, today: date) -> None:
    why_not = rules.why_not_propose(
        name=new.name, body=new.body, unit=new.unit, from_date=new.from_date, until_date=new.until_date, today=today
    )
    if why_not:
        raise Refused(why_not[1], field=why_not[0])


def _set(vanguard: Vanguard, new: NewVanguard) -> None:
    for name in ("sort", "name", "body", "unit", "location", "purpose", "flag", "from_date", "until_date"):
        setattr(vanguard, name, getattr(new, name))


def _join(vanguard: Vanguard, person: Person, *, leads: bool, today: date) -> VanguardMember:
    serves = vanguard.members.filter(person=person, until_date=FOREVER).exists()
    known = Person.objects.select_related("branch").get(pk=person.pk)
    is_member = is_member_under(known, vanguard.body.path, today)
    refuse(rules.why_not_join(vanguard, known, is_member=is_member, serves=serves, leads=leads, today=today), "person")
    return VanguardMember.objects.create(vanguard=vanguard, person=person, leads=leads, from_date=today)


def _lead(vanguard: Vanguard, person: Person, today: date) -> VanguardMember:
    """Places change by the day: the old ones end today, the new ones begin."""
    current = {one.person_id: one for one in vanguard.members.filter(until_date=FOREVER).select_related("person")}
    former = next((one for one in current.values() if one.leads), None)
    if former and former.person_id == person.pk:
        raise Refused(_("%(person)s已经是负责人") % {"person": person.name}, field="person")
    for one in (former, current.get(person.pk)):
        if one:
            _end(one, today)
    if former and former.person.is_on_roll(today):
        VanguardMember.objects.create(vanguard=vanguard, person=former.person, from_date=today)
    return _join(vanguard, person, leads=True, today=today)


def _end(member: VanguardMember, today: date) -> None:
    member.until_date = max(member.from_date, today)
    member.save(update_fields=["until_date"])


def _mine(vanguard: Vanguard, by: User, at: datetime) -> tuple[Vanguard, date]:
    vanguard = _locked(vanguard)
    refuse_stranger(by, vanguard.body)
    return vanguard, business_date(at, vanguard.body.zone)


def _record(verb: str, vanguard: Vanguard, person: Person, by: User, at: datetime) -> None:
    changes = {"person": [None, person.name]}
    journal.record(verb, subject=vanguard, unit=vanguard.body, changes=changes, by=by, at=at)


def _locked(vanguard: Vanguard) -> Vanguard:
    return (
        Vanguard.objects.select_for_update(of=("self",))
        .select_related("body", "unit", "proposed_by")
        .get(pk=vanguard.pk)
    )
