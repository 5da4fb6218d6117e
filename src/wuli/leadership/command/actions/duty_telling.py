"""Who is told about duty: those on the roster, and the heads of a unit where nobody is or nothing was handed over."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wuli.base.clock import business_date
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Person, User

from ..models import DutyDesk, HandOver, Shift, Turn
from ..queries import duty as queries
from ..queries.people import chiefs_at
from ..rules.duty import Gap, Passing
from ..rules.notices import GAP, HANDING, ROSTER
from ..rules.rotation import Planned


def watch(*, at: datetime) -> int:
    """Part of the tick: tell of every gap and every hand-over that was missed, once; returns how many were told."""
    missed = [one for one in queries.missed_everywhere(at) if one.shift.told != one.passing]
    return _tell_gaps(at) + sum(_tell_missed(one, at) for one in missed)


def tell_arranged(desk: DutyDesk, plans: Iterable[Planned], *, by: User | None, at: datetime) -> None:
    """Tell each on a new roster their first turn and how many there are."""
    firsts: dict[Person, list[Planned]] = {}
    for plan in plans:
        for person in (*plan.leads, *plan.officers):
            firsts.setdefault(person, []).append(plan)
    for person, own in firsts.items():
        said = {"unit": desk.unit.name, "n": len(own), "first": _when(own[0].from_at, desk)}
        text = ngettext(
            "%(unit)s排班：您有 %(n)d 班，第一班 %(first)s", "%(unit)s排班：您有 %(n)d 班，第一班 %(first)s", len(own)
        ) % said  # fmt: skip
        key = f"duty:arranged:{desk.pk}.{own[0].from_at:%Y%m%d%H%M}.{at.timestamp():.0f}"
        _tell([person], ROSTER, text, _desk_url(desk), key, desk, by=by, at=at)


def tell_swapped(turn: Turn, other: Turn | None, before: Person, *, by: User, at: datetime) -> None:
    desk = turn.shift.desk
    for one, gone in ((turn, before), (other, turn.person)):
        if one is not None:
            said = {"unit": desk.unit.name, "when": _when(one.shift.from_at, desk), "to": one.person, "from": gone}
            text = _("%(unit)s %(when)s 的班由%(from)s换为%(to)s") % said
            key = f"duty:swapped:{one.pk}.{one.shift.sequence}"
            people = [person for person in (one.person, gone) if person.pk != by.person_id]
            _tell(people, ROSTER, text, reverse("command:shift", args=[one.shift_id]), key, desk, by=by, at=at)


def tell_cancelled(shift: Shift, *, by: User, at: datetime) -> None:
    desk = shift.desk
    said = {"unit": desk.unit.name, "when": _when(shift.from_at, desk), "why": shift.cancelled_reason}
    text = _("%(unit)s %(when)s 的班已取消：%(why)s") % said
    people = [turn.person for turn in queries.people_of(shift) if turn.person_id != by.person_id]
    url, key = reverse("command:shift", args=[shift.pk]), f"duty:cancelled:{shift.pk}"
    _tell(people, ROSTER, text, url, key, desk, by=by, at=at)


def tell_closed(desk: DutyDesk, shifts: Iterable[Shift], *, by: User | None, at: datetime) -> None:
    """Tell each of those who still had a shift, once."""
    text = _("%(unit)s停止值守，您以后的班次已取消：%(why)s") % {"unit": desk.unit.name, "why": desk.closed_reason}
    people = dict.fromkeys(turn.person for shift in shifts for turn in queries.people_of(shift))
    others = [person for person in people if by is None or person.pk != by.person_id]
    _tell(others, ROSTER, text, _desk_url(desk), f"duty:closed:{desk.pk}", desk, by=by, at=at)


def tell_written(note: HandOver, following: Shift, *, by: User, at: datetime) -> None:
    desk = following.desk
    text = _("%(unit)s交班记录已写好，请接班") % {"unit": desk.unit.name}
    people = [turn.person for turn in queries.people_of(following) if turn.person_id != by.person_id]
    url, key = reverse("command:shift", args=[note.shift_id]), f"duty:written:{note.pk}"
    _tell(people, HANDING, text, url, key, desk, by=by, at=at)


def _tell_gaps(at: datetime) -> int:
    open_desks = DutyDesk.objects.filter(closed_at__isnull=True)
    gaps = queries.first_gaps(open_desks, at)
    told = dict(open_desks.order_by("pk").values_list("pk", "gap_told"))
    news = {key: gap for key, gap in gaps.items() if told[key] != _mark(gap, at)}
    desks = open_desks.filter(pk__in=news).select_related("unit").order_by("pk")
    return sum(_tell_gap(desk, news[desk.pk], at) for desk in desks)


def _mark(gap: Gap, at: datetime) -> str:
    """The same hours are told twice: when they are seen, and when they begin."""
    return f"{gap.since:%Y%m%d%H%M}.{int(gap.since <= at)}"


@transaction.atomic
def _tell_gap(desk: DutyDesk, gap: Gap, at: datetime) -> int:
    said = {"unit": desk.unit.name, "when": _when(gap.since, desk)}
    text = _("%(unit)s现在无人值班，请马上安排") if gap.since <= at else _("%(unit)s自 %(when)s 起无人值班，请安排")
    key = f"duty:gap:{desk.pk}.{_mark(gap, at)}"
    DutyDesk.objects.filter(pk=desk.pk).update(gap_told=_mark(gap, at))
    return _tell(_chiefs(desk, at), GAP, text % said, _desk_url(desk), key, desk, by=None, at=at)


@transaction.atomic
def _tell_missed(one: queries.Passed, at: datetime) -> int:
    desk = one.shift.desk
    said = {"unit": desk.unit.name, "when": _when(one.shift.until_at, desk)}
    text = _("%(unit)s %(when)s 下岗的一班没有交班记录") if one.passing == Passing.MISSED else _(
        "%(unit)s %(when)s 的交班记录没有人接班")  # fmt: skip
    late = one.shift if one.passing == Passing.MISSED or one.following is None else one.following
    people = [*_chiefs(desk, at), *(turn.person for turn in queries.people_of(late))]
    Shift.objects.filter(pk=one.shift.pk).update(told=one.passing)
    url, key = reverse("command:shift", args=[one.shift.pk]), f"duty:{one.passing}:{one.shift.pk}"
    return _tell(people, HANDING, text % said, url, key, desk, by=None, at=at)


def _tell(
    people: Iterable[Person], kind: str, text: str, url: str, key: str, desk: DutyDesk, *, by: User | None, at: datetime
) -> int:  # fmt: skip
    return notices.notify(to=people, kind=kind, text=text, url=url, key=key, unit=desk.unit, by=by, at=at)


def _chiefs(desk: DutyDesk, at: datetime) -> list[Person]:
    return chiefs_at(desk.unit, business_date(at, desk.unit.zone))


def _desk_url(desk: DutyDesk) -> str:
    return reverse("command:desk", args=[desk.pk])


def _when(moment: datetime, desk: DutyDesk) -> str:
    """By the clock of the unit."""
    return f"{timezone.localtime(moment, ZoneInfo(desk.unit.zone)):%m-%d %H:%M}"
