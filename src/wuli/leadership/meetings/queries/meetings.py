"""Meetings that someone may see: those they are asked to, and those of units where they may arrange them."""

from datetime import date, datetime, timedelta

from django.db.models import FETCH_RAISE, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.clock import business_date
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.scope import NOTHING, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Attendance, Meeting, Series
from ..models.meeting import MeetingQuerySet, Status
from ..rules.states import Standing

DAY = timedelta(days=1)
COMING = ("starts_at", "pk")
PAST = ("-starts_at", "-pk")
NAMES = ("series__unit", "chair", "secretary", "handed_in_by", "closed_by", "opened_by")


def meetings_for(user: User) -> MeetingQuerySet:
    """Also those whose invitation came through a duty that the person has given up since: they were there."""
    within = reach(user, Perm.MEETING_ARRANGE).units("series__unit__path")
    return Meeting.objects.filter(within | _own(user.person_id))


def search(user: User, text: str, limit: int, at: datetime) -> list[Meeting]:
    """The next few that `user` may see and whose title holds `text`, then the last few: a series has many of a name."""
    named = meetings_for(user).filter(title__icontains=text)
    ahead = list(coming(named, at)[: (limit + 1) // 2])
    return [*ahead, *past(named, at)[: limit - len(ahead)]]


def meeting_for(user: User, pk: int) -> Meeting:
    """The meeting, if `user` may see it; else the same 404 as for one that does not exist."""
    return get_object_or_404(with_names(meetings_for(user)), pk=pk)


def with_names(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.select_related(*NAMES).fetch_mode(FETCH_RAISE)


def of_person(person: Person) -> MeetingQuerySet:
    return Meeting.objects.filter(_own(person.pk))


def coming(meetings: MeetingQuerySet, at: datetime) -> QuerySet[Meeting]:
    """Not over yet, or opened and without confirmed minutes; the soonest first."""
    ahead = Q(status=Status.PLANNED, ends_at__gt=at) | Q(status__in=[Status.OPENED, Status.HANDED_IN])
    return with_names(meetings.filter(ahead)).order_by(*COMING)


def past(meetings: MeetingQuerySet, at: datetime) -> QuerySet[Meeting]:
    """Closed, cancelled, or planned and never held; the newest first."""
    over = Q(status__in=[Status.CLOSED, Status.CANCELLED]) | Q(status=Status.PLANNED, ends_at__lte=at)
    return with_names(meetings.filter(over)).order_by(*PAST)


def today_of(person: Person, at: datetime) -> list[Meeting]:
    """What has not been closed and begins or began today, where it is held; in one query."""
    day = business_date(at)
    near = _near(person=person.pk, since=day - DAY, until=day + DAY)
    return [one for one in near if one.today(at) == one.on and not _is_over(one, at)]


def to_confirm(person: Person) -> list[Meeting]:
    return _to_confirm(chair=person.pk)


def standing_of(user: User, meeting: Meeting) -> Standing:
    me = user.person_id
    return Standing(
        chairs=me is not None and meeting.chair_id == me,
        keeps=me is not None and meeting.secretary_id == me,
        arranges=reach(user, Perm.MEETING_ARRANGE).covers(meeting.unit.path),
        attends=me is not None and meeting.attendances.filter(person=me).exists(),
        handed_in=me is not None and meeting.handed_in_by_id == me,
    )


def between(meetings: QuerySet[Meeting], start: datetime, end: datetime) -> QuerySet[Meeting]:
    return with_names(meetings.filter(ends_at__gt=start, starts_at__lt=end)).order_by(*COMING)


def before(meeting: Meeting) -> Meeting | None:
    """The meeting of the series that was held last before this one."""
    earlier = Meeting.objects.held().filter(series=meeting.series_id, starts_at__lt=meeting.starts_at)
    return earlier.exclude(pk=meeting.pk).order_by("-starts_at", "-pk").first()


def next_of(series: Series, at: datetime) -> QuerySet[Meeting]:
    return with_names(series.meetings.planned().filter(ends_at__gt=at)).order_by(*COMING)


def calendar_of(series: Series, at: datetime) -> QuerySet[Meeting]:
    """The coming ones as calendars hold them: the cancelled say so."""
    return with_names(series.meetings.filter(ends_at__gt=at)).order_by(*COMING)


def on_day(user: User, day: date) -> int:
    return meetings_for(user).filter(on=day).exclude(status=Status.CANCELLED).count()


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Chair and secretary first, then as they were asked."""
    rows = meeting.attendances.select_related("person__unit", "unit", "substitute").order_by("pk")
    rank = {meeting.chair_id: 0, meeting.secretary_id: 1}
    return sorted(rows, key=lambda one: (rank.get(one.person_id, 2), one.pk))


def _is_over(meeting: Meeting, at: datetime) -> bool:
    return meeting.status == Status.PLANNED and meeting.ends_at <= at


@Prepared
def _near(person: int, since: date, until: date) -> QuerySet[Meeting]:
    near = Meeting.objects.filter(_own(person), on__gte=since, on__lte=until)
    open_ = near.filter(status__in=[Status.PLANNED, Status.OPENED])
    return open_.select_related("series__unit").order_by(*COMING)


@Prepared
def _to_confirm(chair: int) -> QuerySet[Meeting]:
    waiting = Meeting.objects.filter(status=Status.HANDED_IN, chair=chair)
    return waiting.select_related("series__unit", "handed_in_by").order_by(*COMING)


def _own(person: int | None) -> Q:
    if person is None:
        return NOTHING
    asked = Attendance.objects.filter(meeting=OuterRef("pk")).filter(Q(person=person) | Q(substitute=person))
    return Q(chair=person) | Q(secretary=person) | Q(Exists(asked))
