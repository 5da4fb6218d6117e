"""Activities that concern someone; who is expected, who was there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import FETCH_RAISE, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from wuli.base.clock import today
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Kind, Person, Placement, Unit, User
from wuli.kernel.orgs.models.unit import way_to
from wuli.kernel.orgs.queries.scope import grants_of, may, reach
from wuli.kernel.orgs.queries.units import path_on
from wuli.kernel.orgs.rules.duties import DUTIES, Perm

from ..models import Activity, Attendance, Host
from ..models.activity import Presence, Sort
from . import monthly, roll

FEW = 10
"""Activities of one sort that "my day" names; the list has the rest."""
ORDER = ("-starts_at", "-pk")
OPEN = (Activity.Status.PUBLISHED, Activity.Status.HELD, Activity.Status.NOT_HELD)


def activities_for(user: User) -> QuerySet[Activity]:
    """Those of bodies that `user` organises, drafts too; to a member what was made known to their branch."""
    scope = reach(user, Perm.PARTY_ORGANISE)
    inside = scope.units("body__path") | Q(Exists(_hosts().filter(scope.units("body__path"))))
    if user.person and user.person.branch:
        steps = way_to(user.person.branch.path)
        inside |= Q(Exists(_hosts().filter(body__path__in=steps)), status__in=OPEN)
    return with_names(Activity.objects.filter(inside))


def activity_for(user: User, pk: int) -> Activity:
    return get_object_or_404(activities_for(user), pk=pk)


def with_names(found: QuerySet[Activity]) -> QuerySet[Activity]:
    """With everything that a page names. Bodies are called what they were on the day (`body_name`, of hosts `name`),
    people what they are today, since a name is only ever corrected."""
    called = {"name": _called("body", "activity__on_date")}
    hosts = Prefetch("hosts", Host.objects.select_related("body").annotate(**called).order_by("body__path", "pk"))
    found = found.annotate(body_name=_called("body", "on_date"))
    found = found.select_related("body", "responsible", "made_by", "recorded_by").prefetch_related(hosts)
    return found.fetch_mode(FETCH_RAISE)


def listed(user: User, *, unit: Unit | None = None, sort: str = "", status: str = "") -> QuerySet[Activity]:
    found = activities_for(user)
    if unit:
        found = found.filter(Exists(_hosts().filter(roll.any_under([unit.path], "body__path"))))
    for name, value in {"sort": sort, "status": status}.items():
        found = found.filter(**{name: value}) if value else found
    return found


def coming_to(branch: int, at: datetime) -> list[Activity]:
    """The next few that a branch holds and has made known."""
    return _coming_to(branch=branch, at=at)


def upcoming(user: User, at: datetime) -> QuerySet[Activity]:
    """What was made known and is still to come, the soonest first."""
    coming = activities_for(user).filter(status=Activity.Status.PUBLISHED, ends_at__gte=at)
    return coming.order_by("starts_at", "pk")


def hosts_of(body: Unit, on: date, others: Iterable[Unit] = ()) -> list[Unit]:
    """A branch and those that hold it together with it; of a body above, every branch below it."""
    if body.kind == Kind.PARTY_BRANCH:
        return list(dict.fromkeys([body, *others]))
    below = Unit.objects.under(body).filter(kind=Kind.PARTY_BRANCH).open(on)
    return list(dict.fromkeys([*below.order_by("path"), *others]))


@dataclass(frozen=True)
class Expected:
    """A member of a host branch, and what was written down of them."""

    person: Person
    mark: Attendance | None


def expected(host: Host, activity: Activity) -> list[Expected]:
    """The members of a host branch on the day of the activity, and whoever was marked though not on that roll."""
    day = min(activity.on_date, today())
    who = set(roll_of(host, day))
    marks = {one.person_id: one for one in activity.attendance.filter(branch=host.body).order_by("pk")}
    people = Person.objects.filter(pk__in=who | marks.keys()).select_related("unit").order_by("number")
    return [Expected(person, marks.get(person.pk)) for person in people]


def roll_of(host: Host, day: date) -> list[int]:
    """Keys of the members of a host branch on a day; none where the branch was not there that day."""
    path = path_on(host.body, day)
    return list(roll.members(path, day).order_by().values_list("who", flat=True)) if path else []


def presence(activity: Activity) -> Counter[str]:
    found = activity.attendance.order_by().values_list("presence")
    counted: Counter[str] = Counter(one for (one,) in found)
    return counted


def present_at(activity: Activity) -> int:
    return presence(activity)[Presence.PRESENT]


def recordable(user: User, activity: Activity) -> list[Host]:
    """The host branches whose attendance `user` may write down."""
    own = may(user, Perm.PARTY_ORGANISE, activity.body)
    return [host for host in activity.hosts.all() if own or may(user, Perm.PARTY_ORGANISE, host.body)]


def to_record(user: User, on: date) -> list[Activity]:
    """The first few activities of bodies that `user` organises themselves, past and not yet written down."""
    return _to_record(bodies=tuple(sorted(_own_bodies(user))), on=on)


def branches_owing(user: User, on: date) -> list[Unit]:
    """Branches of which `user` is secretary, without a theme day this month, once it is time to say so."""
    rhythm = monthly.rhythm_on(Sort.THEME_DAY, on)
    if rhythm is None or on.day < rhythm.warn_day:
        return []
    own = Unit.objects.filter(pk__in=_own_bodies(user), kind=Kind.PARTY_BRANCH).order_by("path")
    return monthly.owing_among(list(own), on)


def _own_bodies(user: User) -> set[int]:
    """Bodies at which `user` holds the duty, not all those below."""
    return {grant.unit_id for grant in grants_of(user) if Perm.PARTY_ORGANISE in DUTIES[grant.duty].perms}


def _called(body: str, day: str) -> Coalesce:
    """Its name on that day; of a day on which it is not there, its last."""
    then = Placement.objects.filter(unit=OuterRef(body), from_date__lte=OuterRef(day), until_date__gt=OuterRef(day))
    return Coalesce(Subquery(then.values("name")[:1]), F(f"{body}__name"))


def _hosts() -> QuerySet[Any]:
    return Host.objects.filter(activity=OuterRef("pk"))


@Prepared
def _coming_to(branch: int, at: datetime) -> QuerySet[Activity]:
    coming = Activity.objects.filter(hosts__body=branch, status=Activity.Status.PUBLISHED, ends_at__gte=at)
    return coming.select_related("body").order_by("starts_at", "pk")[:FEW]


@Prepared
def _to_record(bodies: tuple[int, ...], on: date) -> QuerySet[Activity]:
    past = Activity.objects.filter(status=Activity.Status.PUBLISHED, on_date__lte=on, body__in=bodies)
    return past.select_related("body").order_by("starts_at", "pk")[:FEW]
