"""Responses that reach a unit or a person, and the units they are in force in."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Kind, Line, Unit, User
from wuli.kernel.orgs.models.unit import UnitQuerySet, way_to
from wuli.kernel.orgs.queries.scope import Scope, may, reach
from wuli.kernel.orgs.queries.units import unit_for
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Extent, Response
from ..rules.extents import Ground
from .extents import ground_ever, ground_of, with_words

LED = (Kind.GROUP, Kind.SEGMENT, Kind.ENTERPRISE)
"""Kinds of units that lead a response themselves and should have a leading group.

Workshops and teams are led by their enterprise; asking 12,000 of them would bury the 548 that matter. The root of an
extent counts whatever its kind. Party bodies lead with the unit they serve, in one group.
"""
TOLD = (*LED, Kind.PARTY_GROUP, Kind.PARTY_COMMITTEE)
"""Kinds of units whose chiefs are told, and are to be at post."""


def responses_for(user: User) -> QuerySet[Response]:
    """Those that reach `user`, or did: in force where their duties reach or above it, or where they work themselves."""
    found = Response.objects.filter(_touching(*_reached(user))).select_related("issuer")
    return found.order_by("status", "-activated_at", "-pk")


def search(user: User, text: str, limit: int) -> list[Response]:
    """The first few that reach `user` and whose title holds `text`, those in force first."""
    return list(responses_for(user).filter(title__icontains=text)[:limit])


def response_for(user: User, pk: int) -> Response:
    """The response, if it reaches `user`; else the same 404 as for one that does not exist."""
    found = responses_for(user).select_related("activated_by", "stood_down_by")
    return get_object_or_404(found, pk=pk)


def active_for(user: User, on: date) -> list[Response]:
    """The responses in force that reach `user` on a day, the gravest first."""
    seen, above = _reached(user)
    own = own_places(user)

    def reached(response: Response) -> bool:
        here = ground_of(response, on)
        touched = any(here.touches(root) for root, _line in seen.roots)
        return touched or seen.covers(response.issuer.path) or any(here.covers(path) for path in own)

    return [one for one in with_words(_active(seen=seen, above=above)) if reached(one)]


def active_at(unit: Unit, on: date) -> list[Response]:
    """The responses in force at `unit` on a day, the gravest first."""
    here = Extent.objects.filter(root__path__in=way_to(unit.path), inside=True).values("response")
    found = Response.objects.active().filter(pk__in=here).select_related("issuer")
    active = with_words(list(found.order_by("level", "-activated_at", "pk")))
    return [one for one in active if ground_of(one, on).covers(unit.path)]


def commands(user: User, response: Response) -> bool:
    """Whether `user` may change the response: whoever may put one in force for the unit that activated it."""
    return commanded(user, response.issuer)


def sees_inside(user: User, response: Response) -> bool:
    """Whether `user` may see groups, presence and duty of any unit there, not only that it is in force."""
    ground, seen = ground_ever(response), reach(user, Perm.RESPONSE_VIEW)
    return any(ground.touches(root) for root, _line in seen.roots)


def node_for(user: User, response: Response, asked: str, on: date) -> Unit:
    """The unit looked at: the one whose key is `asked`, else the issuer, else the top of one's reach.

    Raises Http404 for a unit out of reach, or one that the response does not touch that day.
    """
    here, seen = ground_of(response, on), reach(user, Perm.RESPONSE_VIEW)
    if asked.isdecimal():
        unit = unit_for(user, int(asked), Perm.RESPONSE_VIEW)
        if here.touches(unit.path):
            return unit
        raise Http404
    if seen.reaches(response.issuer.path):
        return response.issuer
    tops = [root for root, _line in seen.roots if here.touches(root)]
    found = Unit.objects.filter(path__in=tops).order_by("depth", "path").first()
    if found is None:
        raise Http404
    return found


def units_led(response: Response, on: date) -> UnitQuerySet:
    """The open units in force that lead the response themselves: each should have a leading group."""
    return led_in(ground_of(response, on), on)


def units_told(response: Response, on: date) -> UnitQuerySet:
    """The open units in force whose chiefs are told, and are to be at post."""
    return _units(ground_of(response, on), TOLD, on)


def party_body_of(unit: Unit, on: date) -> Unit | None:
    """The topmost Party body that serves `unit`."""
    serving = Unit.objects.filter(serves=unit, line=Line.PARTY).open(on)
    return serving.order_by("depth", "path").first()


def commanded(user: User, unit: Unit) -> bool:
    """Whether `user` may put a response in force at `unit`: by duty there, or at the unit that a Party body serves."""
    if may(user, Perm.RESPONSE_COMMAND, unit):
        return True
    return unit.serves is not None and may(user, Perm.RESPONSE_COMMAND, unit.serves)


def led_in(ground: Ground, on: date) -> UnitQuerySet:
    return _units(ground, LED, on).filter(line=Line.OPERATIONS)


def _units(ground: Ground, kinds: Iterable[Kind], on: date) -> UnitQuerySet:
    return Unit.objects.filter(ground.units()).filter(Q(kind__in=kinds) | Q(path__in=ground.paths)).open(on)


def _reached(user: User) -> tuple[Scope, tuple[str, ...]]:
    """What someone's duties reach, and all places above that and above their own."""
    seen = reach(user, Perm.RESPONSE_VIEW)
    above = {step for root, _line in seen.roots for step in way_to(root)}
    above |= {step for path in own_places(user) for step in way_to(path)}
    return seen, tuple(sorted(above))


def _touching(seen: Scope, above: tuple[str, ...]) -> Q:
    """Where it is or was in force above or below what duties reach, or above one's own place; what one's units did."""
    touched = Q(root__path__in=above) | seen.units("root__path")
    issued = seen.units("issuer__path")
    return Q(pk__in=Extent.objects.filter(touched, inside=True).values("response")) | issued


@Prepared
def _active(seen: Scope, above: tuple[str, ...]) -> QuerySet[Response]:
    active = Response.objects.active().filter(_touching(seen, above))
    return active.select_related("issuer").order_by("level", "-activated_at", "pk")


def own_places(user: User) -> Iterable[str]:
    """Not through a token that may not see responses."""
    limit: frozenset[str] | None = getattr(user, "only_perms", None)
    if user.person is None or (limit is not None and Perm.RESPONSE_VIEW not in limit):
        return ()
    branch = user.person.branch
    return (user.person.path, branch.path) if branch else (user.person.path,)
