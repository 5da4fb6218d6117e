"""Leading groups: who leads a unit through a response, and which units have none."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.clock import today
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import UnitQuerySet
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import LeadingGroup, Member, Response, WorkingGroup
from ..rules.extents import Ground
from ..rules.groups import sorted_by_role
from . import shares
from .extents import ground_of
from .people import headed_by
from .responses import led_in, units_led
from .shares import Line, Share


def members(response: Response, unit: Unit | None = None, on: date | None = None) -> list[Member]:
    """The leading group of `unit`, by default the one that activated the response: leaders first, none who has left."""
    group = LeadingGroup.objects.filter(response=response, unit=unit or response.issuer_id).first()
    return members_of(group, on or today()) if group else []


def members_of(group: LeadingGroup, on: date) -> list[Member]:
    """Everyone in the group that day, those of its working groups too."""
    return sorted_by_role(_held(on).filter(group=group).order_by("pk"))


def former_members(group: LeadingGroup, on: date) -> list[Member]:
    gone = group.members.filter(until_date__lte=on).select_related("person", "working_group")
    return list(gone.order_by("-until_date", "-pk"))


def working_groups(group: LeadingGroup) -> list[WorkingGroup]:
    return list(group.working_groups.order_by("pk"))


def group_for(user: User, pk: int, perm: Perm = Perm.RESPONSE_VIEW) -> LeadingGroup:
    """The group, if `user` may do `perm` at its unit or is in it; else the same 404 as for none."""
    inside = reach(user, perm).units("unit__path")
    if perm == Perm.RESPONSE_VIEW and user.person_id:
        inside |= _mine(user)
    return get_object_or_404(LeadingGroup.objects.filter(inside).select_related("unit", "response__issuer"), pk=pk)


def member_for(user: User, pk: int) -> Member:
    inside = reach(user, Perm.RESPONSE_COMMAND).units("group__unit__path")
    found = Member.objects.filter(inside).select_related("person", "group__unit", "group__response__issuer")
    return get_object_or_404(found, pk=pk)


def group_at(response: Response, unit: Unit) -> LeadingGroup | None:
    return LeadingGroup.objects.filter(response=response, unit=unit).select_related("unit", "response").first()


def lines(response: Response, unit: Unit, on: date) -> list[Line]:
    """How many units have a group, for `unit` itself and each child."""
    return shares.lines(units_led(response, on), _has_group(response.pk), unit)


def share_of(response: Response, on: date) -> Share:
    """Of everyone who should have one."""
    expected = units_led(response, on).count()
    return Share(expected, expected - without_group(response, on).count())


def without_group(response: Response, on: date) -> UnitQuerySet:
    """The units that should have a leading group and have none."""
    return units_led(response, on).filter(~_has_group(response.pk))


def lacking(user: User, response: Response, on: date) -> list[Unit]:
    """The units that `user` answers for themselves and that have no group yet."""
    return _lacking(response=response.pk, ground=ground_of(response, on), person=user.person_id, on=on)


@Prepared
def _lacking(response: int, ground: Ground, person: int | None, on: date) -> UnitQuerySet:
    lacking = led_in(ground, on).filter(~_has_group(response), pk__in=headed_by(person, on))
    return lacking.order_by("path")[:20]


def _has_group(response: int) -> Exists:
    return Exists(LeadingGroup.objects.filter(response=response, unit=OuterRef("pk")))


def _held(on: date) -> QuerySet[Member]:
    found = Member.objects.on(on).filter(person__on_roll_until__gt=on)
    return found.select_related("person__unit", "working_group", "group")


def _mine(user: User) -> Q:
    return Q(pk__in=Member.objects.filter(person=user.person_id, until_date__gt=today()).values("group"))
