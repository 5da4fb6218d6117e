"""The only door: which units someone's duties reach, for each thing they may do there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from wuli.base import rows
from wuli.base.clock import today
from wuli.base.prepared import Prepared

from ..models import Line, Person, Unit, User
from ..models.person import PersonQuerySet
from ..models.posting import Duty
from ..models.unit import UnitQuerySet, outermost, under, way_to
from ..rules.duties import DUTIES, FROM_OWN_PLACE, Perm


@dataclass(frozen=True)
class Grant:
    """A duty in force: which, and the subtree it reaches."""

    duty: Duty
    path: str
    line: str
    unit_id: int


@dataclass(frozen=True)
class Scope:
    """Subtrees (`roots`, none inside another) and single units (`points`) of both lines."""

    roots: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roots or self.points)

    def covers(self, path: str) -> bool:
        return path in self.points or self.reaches(path)

    def reaches(self, path: str) -> bool:
        """Whether all that lies under `path` is inside, so that its sums may be told."""
        return any(path.startswith(root) for root, _line in self.roots)

    def units(self, field: str = "path") -> Q:
        """Units, or rows with a unit's path in `field`, that lie inside."""
        inside = Q(**{f"{field}__in": self.points}) if self.points else NOTHING
        for root, _line in self.roots:
            inside |= under(root, field)
        return inside

    def people(self, to: str = "") -> Q:
        """People inside: by their team in the operations line, by their branch in the Party line.

        `to` leads from other rows to the person, like "person__".
        """
        inside = NOTHING
        for root, line in self.roots:
            if line == Line.OPERATIONS:
                inside |= under(root, f"{to}path")
            else:
                inside |= Q(**{f"{to}branch__in": Unit.objects.filter(under(root)).values("pk")})
        return inside

    def within(self, path: str) -> "Scope":
        """The part under `path`: one range instead of two, of which the database might take the wider."""
        if any(path.startswith(root) for root, _line in self.roots):
            line = next(line for root, line in self.roots if path.startswith(root))
            return Scope(((path, line),))
        roots = tuple((root, line) for root, line in self.roots if root.startswith(path))
        return Scope(roots, tuple(point for point in self.points if point.startswith(path)))

    def rebuilt(self, change: Callable[[str], str]) -> "Scope":
        """The same with every path changed, as a prepared question asks of its values."""
        return Scope(tuple((change(root), line) for root, line in self.roots), tuple(map(change, self.points)))


NOTHING = Q(pk__in=[])
EMPTY = Scope()


def grants_of(user: User, on: date | None = None) -> tuple[Grant, ...]:
    """The duties that `user` holds today. Read once per request; never of someone who has left."""
    held: tuple[Grant, ...] | None = getattr(user, "_grants", None)
    if held is None:
        held = _read_grants(user.person_id, on or today()) if user.is_active and user.person_id else ()
        user._grants = held  # type: ignore[attr-defined]
    return held


def reach(user: User, perm: Perm) -> Scope:
    """Where `user` may do `perm`. Someone without duties sees the chain of units above their own place."""
    limit: frozenset[str] | None = getattr(user, "only_perms", None)
    if limit is not None and perm not in limit:
        return EMPTY
    roots = [(grant.path, grant.line) for grant in grants_of(user) if perm in DUTIES[grant.duty].perms]
    points = _own_chain(user.person) if perm in FROM_OWN_PLACE and user.person else ()
    lines = dict(roots)
    return Scope(tuple((path, lines[path]) for path in outermost(lines)), points)


def may(user: User, perm: Perm, unit: Unit | None = None) -> bool:
    """Whether `user` may do `perm` at `unit`; without a unit, whether anywhere at all."""
    scope = reach(user, perm)
    return scope.covers(unit.path) if unit else bool(scope)


def grantable(user: User, unit: Unit) -> frozenset[Duty]:
    """The duties that `user` may give and end at `unit`."""
    held = [grant.duty for grant in grants_of(user) if unit.path.startswith(grant.path)]
    if not may(user, Perm.POSTING_GRANT, unit):
        return frozenset()
    return frozenset[Duty]().union(*(DUTIES[duty].grants for duty in held))


def may_with(user: User, perm: Perm, person: Person) -> bool:
    """Whether `person`, fetched with their branch, is among those with whom `user` may do `perm`."""
    places = {Line.OPERATIONS: person.path, Line.PARTY: person.branch.path if person.branch else ""}
    return any(places[Line(line)].startswith(root) for root, line in reach(user, perm).roots)


def units_where(user: User, perm: Perm) -> UnitQuerySet:
    return Unit.objects.filter(reach(user, perm).units())


def people_where(user: User, perm: Perm) -> PersonQuerySet:
    return Person.objects.filter(reach(user, perm).people())


def first_unit(user: User) -> Unit | None:
    """Where someone's view begins: the largest subtree their duties reach, else their own unit."""
    scope = reach(user, Perm.UNIT_VIEW)
    tops = sorted((root for root, _line in scope.roots), key=lambda root: (len(root), root))
    if tops:
        return unit_at.first(path=tops[0])
    return user.person.unit if user.person else None


_GRANTS = """
    select held.duty, unit.path, unit.line, unit.id, beside.path, beside.line, beside.id
    from orgs_posting held
    join orgs_unit unit on unit.id = held.unit_id and unit.closed_on > %s
    join orgs_person person on person.id = held.person_id and person.on_roll_from <= %s and person.on_roll_until > %s
    left join orgs_unit beside on beside.serves_id = unit.id and beside.line = 'party' and beside.parent_id is null
    where held.person_id = %s and held.from_date <= %s and held.until_date > %s
    order by held.id
"""
"""Asked by every request, so it stands here as it runs: putting it together took ten times as long."""


def _read_grants(person_id: int, on: date) -> tuple[Grant, ...]:
    """The three administrators serve both lines: at the group they reach the Party group that stands beside it too."""
    day = connection.ops.adapt_datefield_value(on)
    held: dict[Grant, None] = {}
    for duty, path, line, unit_id, *other in rows.read(_GRANTS, [day, day, day, person_id, day, day]):
        held[Grant(Duty(duty), path, line, unit_id)] = None
        if other[0] and DUTIES[Duty(duty)].admin:
            held[Grant(Duty(duty), *other)] = None
    return tuple(held)


@Prepared
def unit_at(path: str) -> UnitQuerySet:
    return Unit.objects.filter(path=path)


def _own_chain(person: Person) -> tuple[str, ...]:
    paths = [person.path]
    if person.branch_id and person.branch:
        paths.append(person.branch.path)
    return tuple(step for path in paths for step in way_to(path))
