"""Duty desks, who is on duty now and next, the hours that nobody covers, the hand-overs that were missed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Max, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.clock import business_date
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.models.unit import way_to
from wuli.kernel.orgs.queries.scope import NOTHING, may, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import DutyDesk, HandOver, Shift, Turn
from ..rules.duty import AHEAD, GRACE, WRITTEN_FROM, Gap, Passing, continues, gaps, passing
from .responses import own_places

BACK = timedelta(days=7)
"""How long a hand-over that was missed is shown."""


@dataclass(frozen=True)
class Desk:
    """A desk as the list shows it: who is there now, who comes, and the first hours that nobody covers."""

    desk: DutyDesk
    now: Shift | None
    next: Shift | None
    gap: Gap | None


@dataclass(frozen=True)
class Passed:
    """A shift, how far it has been handed over, and to which it is."""

    shift: Shift
    passing: Passing
    note: HandOver | None
    following: Shift | None


def desks_for(user: User) -> QuerySet[DutyDesk]:
    """Open desks that `user` may call: where duties reach, above one's own place, where one is on the roster."""
    own = {step for path in own_places(user) for step in way_to(path)}
    seen = reach(user, Perm.RESPONSE_VIEW).units("unit__path") | Q(unit__path__in=own) | _rostered(user)
    return DutyDesk.objects.filter(seen, closed_at__isnull=True).select_related("unit")


def desk_for(user: User, pk: int, perm: Perm = Perm.RESPONSE_VIEW) -> DutyDesk:
    """The desk with its roster and hand-overs: for duties there, and (to see) for whoever is on the roster."""
    inside = reach(user, perm).units("unit__path")
    inside |= _rostered(user) if perm == Perm.RESPONSE_VIEW else NOTHING
    return get_object_or_404(DutyDesk.objects.filter(inside).select_related("unit"), pk=pk)


def shift_for(user: User, pk: int, perm: Perm = Perm.RESPONSE_VIEW) -> Shift:
    inside = reach(user, perm).units("desk__unit__path")
    if perm == Perm.RESPONSE_VIEW and user.person_id:
        inside |= Q(desk__in=DutyDesk.objects.filter(_rostered(user)).values("pk"))
    return get_object_or_404(with_people(Shift.objects.filter(inside)), pk=pk)


def turn_for(user: User, pk: int) -> Turn:
    """A turn of one's own, or one where `user` arranges duty."""
    inside = reach(user, Perm.DUTY_ARRANGE).units("shift__desk__unit__path") | Q(person=user.person_id)
    return get_object_or_404(Turn.objects.filter(inside).select_related("shift__desk__unit", "person"), pk=pk)


def with_people(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    turns = Turn.objects.select_related("person", "instead_of").order_by("role", "pk")
    return shifts.select_related("desk__unit", "handover__written_by", "handover__taken_by").prefetch_related(
        Prefetch("turns", turns)
    )  # fmt: skip


def people_of(shift: Shift) -> list[Turn]:
    """Who is really there: leads first, without those who have left the roll. Of a shift fetched with its people."""
    day = business_date(shift.from_at, shift.desk.unit.zone)
    return [turn for turn in shift.turns.all() if turn.person.is_on_roll(day)]


def arranges(user: User, desk: DutyDesk) -> bool:
    return desk.closed_at is None and may(user, Perm.DUTY_ARRANGE, desk.unit)


def shown(desks: Sequence[DutyDesk], at: datetime) -> list[Desk]:
    """In a few queries, however many desks."""
    of_desk: dict[int, list[Shift]] = defaultdict(list)
    around = Shift.objects.covering(at, at + AHEAD).filter(desk__in=list(desks))
    for shift in with_people(around).order_by("from_at", "pk"):
        of_desk[shift.desk_id].append(shift)
    found = first_gaps(DutyDesk.objects.filter(pk__in=[desk.pk for desk in desks]), at)
    return [_shown(desk, of_desk[desk.pk], found.get(desk.pk), at) for desk in desks]


def first_gaps(desks: QuerySet[DutyDesk], at: datetime) -> dict[int, Gap]:
    """For each desk with hours from now to the day after tomorrow that nobody covers, the first of them.

    One that is on already began when somebody was last on duty, however long ago.
    """
    opened = dict(desks.order_by("pk").values_list("pk", "opened_at"))
    shifts = _covered(desks.order_by().values("pk"), at, at + AHEAD)
    ends = _last_ends(desks.order_by().values("pk"), at)
    found = {key: gaps(shifts[key], max(at, since), at + AHEAD) for key, since in opened.items()}
    return {key: _begun(some[0], opened[key], ends.get(key), at) for key, some in found.items() if some}


def with_gaps(desks: QuerySet[DutyDesk], since: datetime, until: datetime) -> list[int]:
    """The keys of those with hours of the period, while they were open, that nobody covers."""
    shifts = _covered(desks.order_by().values("pk"), since, until)
    found = []
    for key, opened_at, closed_at in desks.order_by("pk").values_list("pk", "opened_at", "closed_at"):
        first, last = max(since, opened_at), min(until, closed_at or until)
        if first < last and gaps(shifts[key], first, last):
            found.append(key)
    return found


def uncovered(desk: DutyDesk, since: datetime, until: datetime) -> list[Gap]:
    shifts = _covered([desk.pk], since, until)[desk.pk]
    return gaps(shifts, max(since, desk.opened_at), min(until, desk.closed_at or until))


def roster_of(desk: DutyDesk, since: datetime) -> QuerySet[Shift]:
    return with_people(desk.shifts.planned().filter(until_at__gt=since)).order_by("from_at", "pk")


def passed(desk: DutyDesk, at: datetime) -> list[Passed]:
    """The shifts of the last days with how they were handed over, the newest first."""
    recent = with_people(desk.shifts.planned().filter(until_at__gt=at - BACK, from_at__lt=at + AHEAD))
    return [one for one in reversed(_passed(list(recent.order_by("from_at", "pk")), at)) if one.shift.from_at <= at]


def passed_one(shift: Shift, at: datetime) -> Passed:
    following = with_people(shift.desk.shifts.planned().filter(from_at__gte=shift.until_at)).order_by("from_at").first()
    return _pass(shift, following, at)


def before(shift: Shift) -> HandOver | None:
    """What the shift before left to this one."""
    notes = HandOver.objects.filter(shift__desk=shift.desk_id, shift__until_at__lte=shift.from_at)
    found = notes.select_related("shift", "written_by", "taken_by").order_by("-shift__until_at").first()
    return found if found and found.shift.until_at > shift.from_at - BACK else None


def missed_everywhere(at: datetime) -> list[Passed]:
    """Hand-overs of the last day that were not written, or not taken over, in time: of all open desks."""
    ended = Shift.objects.planned().filter(until_at__gt=at - timedelta(days=1), until_at__lte=at - GRACE)
    desks = ended.filter(handover__taken_at__isnull=True, desk__closed_at__isnull=True).values("desk")
    return [one for one in _of_desks(desks, at) if one.passing in (Passing.MISSED, Passing.LEFT)]


def missed_among(ended: QuerySet[Shift], at: datetime) -> list[int]:
    """The keys of those of `ended` that nobody handed over or took over, though others came after them."""
    open_ended = ended.filter(until_at__lte=at - GRACE, handover__taken_at__isnull=True)
    if not open_ended.exists():
        return []
    by_desk: dict[int, list[Shift]] = defaultdict(list)
    since = open_ended.order_by("from_at").values_list("from_at", flat=True)[0]
    shifts = Shift.objects.planned().filter(desk__in=open_ended.values("desk"), from_at__gte=since)
    for shift in with_people(shifts).order_by("from_at", "pk"):
        by_desk[shift.desk_id].append(shift)
    meant = set(open_ended.values_list("pk", flat=True))
    found = (one for some in by_desk.values() for one in _passed(some, at))
    return [one.shift.pk for one in found if one.shift.pk in meant and one.passing in (Passing.MISSED, Passing.LEFT)]


def is_rostered(person: Person, at: datetime) -> bool:
    """Whether `person` has any shift from a week ago until the next to be told of: most have none."""
    return bool(_rostered_about(person=person.pk, since=at - BACK, until=at + AHEAD))


@Prepared
def _rostered_about(person: int, since: datetime, until: datetime) -> QuerySet[Shift, int]:
    own = Shift.objects.planned().filter(turns__person=person, until_at__gt=since, from_at__lt=until)
    return own.order_by("from_at", "pk").values_list("pk", flat=True)[:1]


def mine(person: Person, at: datetime) -> QuerySet[Shift]:
    """The shifts of `person` that are not over, the soonest first."""
    own = Shift.objects.planned().filter(turns__person=person, until_at__gt=at)
    return with_people(own).order_by("from_at", "pk")


def in_calendar(person: Person, since: datetime, until: datetime) -> QuerySet[Shift]:
    """The shifts of a period that calendars of `person` hold: cancelled ones and those given to another too."""
    theirs = Turn.objects.filter(Q(person=person) | Q(instead_of=person)).values("shift")
    return with_people(Shift.objects.filter(pk__in=theirs, until_at__gt=since, from_at__lt=until)).order_by(
        "from_at", "pk"
    )  # fmt: skip


def calendar_of(desk: DutyDesk, since: datetime, until: datetime) -> QuerySet[Shift]:
    """The roster of a period as calendars hold it, with what was cancelled of it."""
    return with_people(desk.shifts.filter(until_at__gt=since, from_at__lt=until)).order_by("from_at", "pk")


def my_hand_overs(person: Person, at: datetime) -> list[Passed]:
    """Shifts of `person` to hand over, or whose predecessor waits to be taken over: in few queries."""
    near = Shift.objects.planned().filter(
        turns__person=person, until_at__gt=at - BACK, from_at__lt=at + WRITTEN_FROM
    ).values("desk")  # fmt: skip
    return [one for one in _of_desks(near, at) if _concerns(one, person)]


def _of_desks(desks: QuerySet[Shift, Any], at: datetime) -> list[Passed]:
    """The shifts of the last days at these desks, with how each was handed over."""
    shifts = Shift.objects.planned().filter(desk__in=desks, until_at__gt=at - BACK, from_at__lt=at + AHEAD)
    by_desk: dict[int, list[Shift]] = defaultdict(list)
    for shift in with_people(shifts).order_by("from_at", "pk"):
        by_desk[shift.desk_id].append(shift)
    return [one for some in by_desk.values() for one in _passed(some, at)]


def _concerns(one: Passed, person: Person) -> bool:
    if one.passing in (Passing.OWED, Passing.MISSED):
        return is_on(one.shift, person)
    if one.passing in (Passing.WRITTEN, Passing.LEFT) and one.following and one.note:
        return is_on(one.following, person) and one.note.written_by_id != person.pk
    return False


def others_at(turn: Turn, at: datetime) -> QuerySet[Turn]:
    """The coming turns of the same role at the desk, for an exchange."""
    ahead = Shift.objects.planned().filter(desk=turn.shift.desk_id, from_at__gt=at).exclude(pk=turn.shift_id)
    found = Turn.objects.filter(shift__in=ahead.values("pk"), role=turn.role).select_related("person", "shift")
    return found.order_by("shift__from_at", "pk")[:60]


def is_on(shift: Shift, person: Person | None) -> bool:
    return person is not None and any(turn.person_id == person.pk for turn in shift.turns.all())


def _passed(shifts: list[Shift], at: datetime) -> list[Passed]:
    """`shifts` of one desk in order of time."""
    return [
        _pass(shift, following, at) for shift, following in zip(shifts, [*shifts[1:], None], strict=True)
    ]  # fmt: skip


def _pass(shift: Shift, following: Shift | None, at: datetime) -> Passed:
    note = getattr(shift, "handover", None)
    goes_on = following is not None and following.from_at <= shift.until_at + GRACE and continues(
        [one.person_id for one in people_of(shift)], [one.person_id for one in people_of(following)]
    )  # fmt: skip
    return Passed(shift, passing(shift, note, following, continues=goes_on, at=at), note, following)


def _shown(desk: DutyDesk, shifts: list[Shift], gap: Gap | None, at: datetime) -> Desk:
    staffed = [one for one in shifts if people_of(one)]
    current = next((one for one in staffed if one.from_at <= at < one.until_at), None)
    return Desk(desk, current, next((one for one in staffed if one.from_at > at), None), gap)


def _covered(desks: Any, since: datetime, until: datetime) -> dict[int, list[tuple[datetime, datetime]]]:
    """For each desk its shifts of the period in which somebody is there who has not left the roll."""
    shifts = Shift.objects.covering(since, until).filter(desk__in=desks)
    stays = shifts.annotate(stays=Max("turns__person__on_roll_until"), zone=F("desk__unit__zone"))
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for key, start, end, last, zone in stays.values_list("desk", "from_at", "until_at", "stays", "zone").order_by("pk"):
        if last and last > business_date(start, zone):
            found[key].append((start, end))
    return found


def _last_ends(desks: Any, at: datetime) -> dict[int, datetime]:
    """When somebody was last on duty at each desk."""
    ended = Shift.objects.planned().filter(desk__in=desks, until_at__lte=at)
    return dict(ended.values_list("desk").annotate(last=Max("until_at")).order_by())


def _begun(gap: Gap, opened_at: datetime, last_end: datetime | None, at: datetime) -> Gap:
    return gap if gap.since > at else Gap(max(last_end or opened_at, opened_at), gap.until)


def _rostered(user: User) -> Q:
    """Desks where `user` is or was on duty: whoever was may still read what they wrote."""
    if user.person_id is None:
        return NOTHING
    return Q(pk__in=Turn.objects.filter(person=user.person_id).values("shift__desk"))
