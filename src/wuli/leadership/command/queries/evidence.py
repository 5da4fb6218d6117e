"""The rows behind this app's metrics: units that lead, people expected at post, desks, shifts handed over."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from wuli.base.clock import midnight, now
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.evidence.placing import placed
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import NOTHING, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import DutyDesk, KeyPerson, Presence, Response, Shift
from ..rules.duty import GRACE
from .desks_due import without_desk as no_desk
from .duty import missed_among, with_gaps
from .extents import with_words
from .groups import without_group as lacking
from .responses import units_led


def units(part: Part) -> QuerySet[Unit]:
    """Units in which some response is in force and that lead it themselves."""
    return _of_responses(part, units_led)


def without_group(part: Part) -> QuerySet[Unit]:
    """Those that lack a leading group for any of the responses in force there."""
    return _of_responses(part, lacking)


def with_group(part: Part) -> QuerySet[Unit]:
    return units(part).exclude(pk__in=without_group(part).values("pk"))


def without_desk(part: Part) -> QuerySet[Unit]:
    """Those that cannot be reached around the clock, though some response is in force there."""
    return _of_responses(part, no_desk)


def with_desk(part: Part) -> QuerySet[Unit]:
    return units(part).exclude(pk__in=without_desk(part).values("pk"))


def units_seen(user: User, perm: Perm) -> Q:
    return reach(user, perm).units()


def _of_responses(part: Part, which: Callable[[Response, date], QuerySet[Unit]]) -> QuerySet[Unit]:
    found = NOTHING
    for response in with_words(list(Response.objects.active().select_related("issuer").order_by("pk"))):
        found |= Q(pk__in=which(response, part.on).values("pk"))
    return Unit.objects.filter(found).filter(part.rows()).annotate(place=F("path"), place_name=F("name"))


def expected(part: Part) -> QuerySet[KeyPerson]:
    """Whoever is to be at post for a response in force, once for each."""
    found = KeyPerson.objects.expected().filter(part.rows("unit__path"), response__status="active")
    return found.annotate(place=F("unit__path"), place_name=F("unit__name"))


def at_post(part: Part) -> QuerySet[KeyPerson]:
    return expected(part).filter(status=Presence.AT_POST)


def unstated(part: Part) -> QuerySet[KeyPerson]:
    return expected(part).filter(status="")


def key_people_seen(user: User, perm: Perm) -> Q:
    return reach(user, perm).units("unit__path")


def desks(part: Part) -> QuerySet[DutyDesk]:
    """Desks that were open at some hour of the day."""
    since, until = _day(part.on)
    inside = DutyDesk.objects.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=since), opened_at__lt=until)
    return placed(inside, "unit", part)


def unstaffed(part: Part) -> QuerySet[DutyDesk]:
    """Those with hours of the day in which nobody was, or is to be, on duty."""
    since, until = _day(part.on)
    return desks(part).filter(pk__in=with_gaps(desks(part), since, until))


def missed(part: Part) -> QuerySet[Shift]:
    """Shifts that ended on the day and were not handed over to those who came after."""
    since, until = _day(part.on)
    ended = Shift.objects.planned().filter(until_at__gt=since, until_at__lte=until)
    return placed(ended.filter(pk__in=missed_among(ended, min(until + GRACE, now()))), "desk__unit", part)


def desks_seen(user: User, perm: Perm) -> Q:
    return reach(user, perm).units("unit__path")


def shifts_seen(user: User, perm: Perm) -> Q:
    return reach(user, perm).units("desk__unit__path")


def _day(on: date) -> tuple[datetime, datetime]:
    """The day of the group, so that children add up to their parent."""
    return midnight(on), midnight(on + timedelta(days=1))
