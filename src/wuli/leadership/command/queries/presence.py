"""Who of those who lead is at post, level by level and by name. Who has not said is neither here nor away."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.shortcuts import get_object_or_404

from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.models.unit import STEP, under
from wuli.kernel.orgs.queries.scope import may, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import KeyPerson, Member, Presence, Response, Statement
from ..rules.presence import Place, places
from .extents import ground_of
from .people import chiefs

SHOWN = {
    "unstated": Q(status=""), "away": Q(status=Presence.AWAY), "on_way": Q(status=Presence.ON_WAY),
    "remote": Q(status=Presence.REMOTE), "at_post": Q(status=Presence.AT_POST), "all": Q(),
}  # fmt: skip
"""What the list can show; the first is what it begins with."""


@dataclass(frozen=True)
class Roll:
    """How many are expected, and what is known of them."""

    at_post: int = 0
    remote: int = 0
    on_way: int = 0
    away: int = 0
    unstated: int = 0

    @property
    def expected(self) -> int:
        return self.at_post + self.remote + self.on_way + self.away + self.unstated

    def __add__(self, other: "Roll") -> "Roll":
        return Roll(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class Line:
    unit: Unit
    roll: Roll
    is_own: bool


def expected(response: Response) -> QuerySet[KeyPerson]:
    return KeyPerson.objects.expected().filter(response=response)


def desired(response: Response, on: date) -> dict[int, Place]:
    """Who is to be at post by the duties, groups and roll of the day."""
    held = chiefs(response, on).select_related("unit").order_by("pk")
    here = ground_of(response, on).units("group__unit__path")
    leading = Member.objects.on(on).filter(here, group__response=response, group__unit__closed_on__gt=on)
    members = leading.filter(person__on_roll_until__gt=on).select_related("group__unit")
    return places(held, members.order_by("pk"))


def lines(response: Response, unit: Unit) -> list[Line]:
    """`unit` itself and each child where somebody is expected, in tree order."""
    length = len(unit.path) + STEP
    inside = expected(response).filter(under(unit.path, "unit__path"))
    rows = inside.annotate(child=Substr("unit__path", 1, length)).values_list("child", "status")
    rolls: dict[str, Roll] = {}
    for child, status, n in rows.annotate(n=Count("pk")).order_by():
        rolls[child] = rolls.get(child, Roll()) + Roll(**{status or "unstated": n})
    units = {one.path: one for one in Unit.objects.filter(path__in=rolls)}
    return [Line(units[path], roll, path == unit.path) for path, roll in sorted(rolls.items()) if path in units]


def roll_of(response: Response) -> Roll:
    """Of everyone expected."""
    rows = expected(response).values_list("status").annotate(n=Count("pk")).order_by()
    return sum((Roll(**{status or "unstated": n}) for status, n in rows), Roll())


def whole(rows: Iterable[Line]) -> Roll:
    return sum((row.roll for row in rows), Roll())


def people(user: User, response: Response, unit: Unit, show: str) -> QuerySet[KeyPerson]:
    """Those at and under `unit` within reach, of the state that is asked for."""
    seen = reach(user, Perm.RESPONSE_VIEW).units("unit__path")
    found = expected(response).filter(seen, under(unit.path, "unit__path")).filter(SHOWN[show])
    return found.select_related("person", "unit", "said_by", "response")


def key_for(user: User, pk: int) -> KeyPerson:
    """Somebody expected now whom `user` may speak for: themselves, or people of a unit that `user` reports for."""
    inside = reach(user, Perm.REPLY_FILE).units("unit__path") | Q(person=user.person_id, person__isnull=False)
    active = KeyPerson.objects.expected().filter(inside, response__status="active")
    found = active.select_related("person", "unit", "response__issuer")
    return get_object_or_404(found, pk=pk)


def speaks_for(user: User, key: KeyPerson) -> bool:
    return user.person_id == key.person_id or may(user, Perm.REPLY_FILE, key.unit)


def said_of(key: KeyPerson) -> list[Statement]:
    return list(key.statements.select_related("by").order_by("-at", "-pk")[:50])


def mine(person: Person) -> list[KeyPerson]:
    """Where `person` is expected now, by responses in force."""
    return _mine(person=person.pk)


@Prepared
def _mine(person: int) -> QuerySet[KeyPerson]:
    own = KeyPerson.objects.expected().filter(person=person, response__status="active")
    return own.select_related("response", "unit").order_by("response__level", "pk")
