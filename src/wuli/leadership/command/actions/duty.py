"""Desks opened and closed; rosters made from a pattern, changed by a swap, cancelled while still ahead."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import DutyDesk, Shift, Turn
from ..queries.duty import with_people
from ..rules import duty as rules
from ..rules import rotation
from ..rules.rotation import Pattern, Planned
from . import duty_telling
from .holding import person_or_none

CANCELLED = ("cancelled_at", "cancelled_reason", "sequence")


@transaction.atomic
def open_desk(*, unit: Unit, phone: str, room: str = "", by: User | None, at: datetime) -> DutyDesk:
    """From now on somebody is to be on duty at `unit` around the clock. Raises Refused."""
    _refuse_stranger(by, unit)
    if not unit.is_open(business_date(at, unit.zone)):
        raise Refused(_("“%(unit)s”已不是开办中的单位") % {"unit": unit.name}, field="unit")
    Unit.objects.select_for_update().get(pk=unit.pk)
    if DutyDesk.objects.filter(unit=unit, closed_at__isnull=True).exists():
        raise Refused(_("“%(unit)s”已经有值班室") % {"unit": unit.name}, field="unit")
    desk = DutyDesk.objects.create(
        unit=unit, phone=phone.strip(), room=room.strip(), opened_at=at, opened_by=person_or_none(by)
    )  # fmt: skip
    journal.record("duty_desk.opened", subject=desk, unit=unit, changes={"phone": [None, phone]}, by=by, at=at)
    return desk


@transaction.atomic
def amend_desk(*, desk: DutyDesk, phone: str, room: str, by: User, at: datetime) -> DutyDesk:
    """Another phone or place. Raises Refused."""
    desk = _held(desk, by)
    changes = {"phone": [desk.phone, phone.strip()], "room": [desk.room, room.strip()]}
    desk.phone, desk.room = phone.strip(), room.strip()
    desk.save(update_fields=["phone", "room"])
    desk.shifts.filter(until_at__gt=at).update(sequence=F("sequence") + 1)
    journal.record("duty_desk.amended", subject=desk, unit=desk.unit, changes=changes, by=by, at=at)
    return desk


@transaction.atomic
def close_desk(*, desk: DutyDesk, reason: str, by: User, at: datetime) -> DutyDesk:
    """Nobody is to be on duty any more; shifts still ahead are cancelled. Raises Refused."""
    desk = _held(desk, by)
    if not reason.strip():
        raise Refused(_("请写明原因"), field="reason")
    end_desk(desk, reason.strip(), by=by, at=at)
    return desk


def end_desk(desk: DutyDesk, reason: str, *, by: User | None, at: datetime) -> None:
    """Inside the caller's transaction, with the desk held."""
    desk.closed_at, desk.closed_reason = at, reason
    desk.save(update_fields=["closed_at", "closed_reason"])
    ahead = list(with_people(desk.shifts.planned().filter(from_at__gt=at)).order_by("from_at", "pk"))
    for shift in ahead:
        _cancel(shift, reason, at)
    Shift.objects.bulk_update(ahead, CANCELLED)
    changes = {"cancelled": [None, len(ahead)]}
    journal.record("duty_desk.closed", subject=desk, unit=desk.unit, changes=changes, reason=reason, by=by, at=at)
    duty_telling.tell_closed(desk, ahead, by=by, at=at)


@transaction.atomic
def arrange(*, desk: DutyDesk, pattern: Pattern, by: User | None, at: datetime) -> list[Shift]:
    """Fill some days of the roster from a pattern, and tell everyone on it. Raises Refused."""
    desk = _held(desk, by)
    today = business_date(at, desk.unit.zone)
    refuse(rotation.why_not_plan(pattern, today))
    plans = [one for one in rotation.planned(pattern, desk.unit.zone) if one.until_at > at]
    if not plans:
        raise Refused(_("这些班都已经过去"), field="last")
    _refuse_overlap(desk, plans)
    shifts = Shift.objects.bulk_create(Shift(desk=desk, from_at=one.from_at, until_at=one.until_at) for one in plans)
    Turn.objects.bulk_create(turn for shift, one in zip(shifts, plans, strict=True) for turn in _turns(shift, one))
    changes = {
        "from": [None, str(pattern.first)], "until": [None, str(pattern.last)], "hours": [None, pattern.hours],
        "people": [None, [one.name for one in (*pattern.leads, *pattern.officers)]], "shifts": [None, len(shifts)],
    }  # fmt: skip
    journal.record("duty_desk.arranged", subject=desk, unit=desk.unit, changes=changes, by=by, at=at)
    duty_telling.tell_arranged(desk, plans, by=by, at=at)
    return shifts


@transaction.atomic
def swap(*, turn: Turn, to: Person, reason: str, by: User, at: datetime, other: Turn | None = None) -> Turn:
    """Let `to` take a turn; with `other`, a turn of theirs at the same desk is taken in return. Raises Refused."""
    desk = DutyDesk.objects.select_for_update(of=("self",)).select_related("unit").get(pk=turn.shift.desk_id)
    turn = Turn.objects.select_related("shift__desk__unit", "person").get(pk=turn.pk)
    entitled = turn.person_id == by.person_id or may(by, Perm.DUTY_ARRANGE, desk.unit)
    before = turn.person
    _refuse_swap(turn, to, reason, entitled, at)
    if other is not None:
        other = Turn.objects.select_related("shift__desk__unit", "person").get(pk=other.pk)
        if other.person_id != to.pk or other.shift.desk_id != desk.pk:
            raise Refused(_("对换的班应是%(person)s在同一值班室的班") % {"person": to.name}, field="other")
        _refuse_swap(other, before, reason, entitled, at)
    for one, who in ((turn, to), (other, before)):
        if one is not None:
            _give(one, who, reason, by=by, at=at)
    duty_telling.tell_swapped(turn, other, before, by=by, at=at)
    return turn


@transaction.atomic
def cancel(*, shift: Shift, reason: str, by: User, at: datetime) -> Shift:
    """Take a shift back that has not begun, and tell those on it; its hours are a gap until somebody is put there.

    Raises Refused.
    """
    desk = _held(shift.desk, by)
    shift = with_people(Shift.objects.all()).get(pk=shift.pk)
    refuse(rules.why_not_cancel(shift, reason=reason, at=at), field="reason")
    _cancel(shift, reason.strip(), at)
    shift.save(update_fields=CANCELLED)
    changes = {"from": [shift.from_at, None]}
    journal.record("duty_desk.cancelled", subject=desk, unit=desk.unit, changes=changes, reason=reason, by=by, at=at)
    duty_telling.tell_cancelled(shift, by=by, at=at)
    return shift


def _cancel(shift: Shift, reason: str, at: datetime) -> None:
    shift.cancelled_at, shift.cancelled_reason, shift.sequence = at, reason, shift.sequence + 1


def _give(turn: Turn, to: Person, reason: str, *, by: User, at: datetime) -> None:
    changes = {"person": [str(turn.person), str(to)], "from": [None, turn.shift.from_at]}
    turn.instead_of, turn.person, turn.reason = turn.person, to, reason.strip()
    turn.save(update_fields=["instead_of", "person", "reason"])
    turn.shift.sequence += 1
    turn.shift.save(update_fields=["sequence"])
    desk = turn.shift.desk
    journal.record("duty_desk.swapped", subject=desk, unit=desk.unit, changes=changes, reason=reason, by=by, at=at)


def _refuse_swap(turn: Turn, to: Person, reason: str, entitled: bool, at: datetime) -> None:
    there = set(turn.shift.turns.values_list("person", flat=True))
    refuse(rules.why_not_swap(turn, may=entitled, to=to, there=there, reason=reason, at=at), field="to")


def _turns(shift: Shift, plan: Planned) -> Iterable[Turn]:
    for role, people in ((Turn.Role.LEAD, plan.leads), (Turn.Role.OFFICER, plan.officers)):
        for person in people:
            yield Turn(shift=shift, person=person, role=role)


def _refuse_overlap(desk: DutyDesk, plans: list[Planned]) -> None:
    there = Shift.objects.covering(plans[0].from_at, plans[-1].until_at).filter(desk=desk)
    if taken := there.order_by("from_at").first():
        when = f"{timezone.localtime(taken.from_at, ZoneInfo(desk.unit.zone)):%Y-%m-%d %H:%M}"
        raise Refused(_("%(when)s 已经排了班，请先取消，或换一段日期") % {"when": when}, field="first")


def _held(desk: DutyDesk, by: User | None) -> DutyDesk:
    """The desk as it is now, held so that two people never fill the same hours. Raises Refused."""
    desk = DutyDesk.objects.select_for_update(of=("self",)).select_related("unit").get(pk=desk.pk)
    _refuse_stranger(by, desk.unit)
    if desk.closed_at is not None:
        raise Refused(_("“%(unit)s”已停止值守") % {"unit": desk.unit.name})
    return desk


def _refuse_stranger(by: User | None, unit: Unit) -> None:
    if by is not None and not may(by, Perm.DUTY_ARRANGE, unit):
        raise Refused(_("您不能安排“%(unit)s”的值班") % {"unit": unit.name}, code="beyond_reach")
