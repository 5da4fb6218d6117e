"""Vanguards within reach, who serves there today, what they got done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.clock import FOREVER
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.models.unit import UnitQuerySet, under, way_to
from wuli.kernel.orgs.queries.scope import NOTHING, Scope, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Attachment, Result, Vanguard, VanguardMember
from .activities import activities_for

ORDER = ("body__path", "-from_date", "pk")
WAITING = 20
"""Proposals that are named to whoever decides them; the list has the rest."""


def vanguards_for(user: User) -> QuerySet[Vanguard]:
    """Those of bodies that `user` organises; those of one's own branch and of bodies above it; where one serves."""
    inside = reach(user, Perm.PARTY_ORGANISE).units("body__path")
    if user.person:
        if user.person.branch:
            inside |= Q(body__path__in=way_to(user.person.branch.path), status__in=("approved", "dissolved"))
        inside |= Q(Exists(VanguardMember.objects.filter(vanguard=OuterRef("pk"), person=user.person)))
    found = Vanguard.objects.filter(inside)
    return found.select_related("body", "unit", "proposed_by", "decided_by", "dissolved_by").fetch_mode(FETCH_RAISE)


def vanguard_for(user: User, pk: int) -> Vanguard:
    return get_object_or_404(vanguards_for(user), pk=pk)


def listed(user: User, *, unit: Unit | None = None, sort: str = "", status: str = "") -> QuerySet[Vanguard]:
    """Under a Party body, or at a unit of the operations line."""
    found = vanguards_for(user)
    if unit:
        found = found.filter(under(unit.path, "body__path") | under(unit.path, "unit__path"))
    for name, value in {"sort": sort, "status": status}.items():
        found = found.filter(**{name: value}) if value else found
    return found


def active_at(user: User, unit: Unit, on: date) -> QuerySet[Vanguard]:
    """Those that stood that day, of a body or at a unit and below it."""
    standing = Vanguard.objects.active(on).values("pk")
    return listed(user, unit=unit).filter(pk__in=standing).order_by(*ORDER)


def served_by(person: Person, on: date) -> list[Vanguard]:
    """Where someone serves on a day."""
    held = VanguardMember.objects.on(on).filter(person=person).values("vanguard")
    return list(Vanguard.objects.active(on).filter(pk__in=held).select_related("body").order_by(*ORDER))


def waiting_for(user: User) -> list[Vanguard]:
    """The first few proposals that `user` may decide: of bodies below those that they organise, and not their own."""
    return _waiting(scope=reach(user, Perm.PARTY_ORGANISE), person=user.person_id)


def is_above(user: User, body: Unit) -> bool:
    """Whether `user` organises a body above this one; of the topmost, this one."""
    roots = [root for root, _line in reach(user, Perm.PARTY_ORGANISE).roots]
    return any(body.path.startswith(root) and (root != body.path or body.parent_id is None) for root in roots)


@dataclass(frozen=True)
class Serving:
    """Someone's place in a vanguard; `gone` when they have left the roll and so no longer count."""

    member: VanguardMember
    gone: bool


def serving(vanguard: Vanguard, on: date) -> list[Serving]:
    """Who serves now: who leads first; those who have left are shown, not counted."""
    held = vanguard.members.filter(until_date=FOREVER).select_related("person__unit")
    return [Serving(one, not one.person.is_on_roll(on)) for one in held.order_by("-leads", "person__number")]


def served_before(vanguard: Vanguard) -> list[VanguardMember]:
    found = vanguard.members.filter(until_date__lt=FOREVER).select_related("person")
    return list(found.order_by("-until_date", "pk"))


def heads(vanguards: Sequence[Vanguard], on: date) -> dict[int, tuple[str, int]]:
    """For each: who leads, and how many serve today; in one query."""
    held = VanguardMember.objects.filter(vanguard__in=vanguards, until_date=FOREVER).select_related("person")
    found: dict[int, tuple[str, int]] = {}
    for one in held.order_by("vanguard", "pk"):
        leader, count = found.get(one.vanguard_id, ("", 0))
        here = one.person.is_on_roll(on)
        found[one.vanguard_id] = (one.person.name if one.leads and here else leader, count + here)
    return found


def results_of(vanguard: Vanguard) -> list[Result]:
    found = vanguard.results.select_related("by").prefetch_related("attachments")
    return list(found.order_by("-on_date", "-pk"))


def units_served(user: User) -> UnitQuerySet:
    """The units of the operations line that the bodies `user` organises serve, with all below."""
    inside = NOTHING
    bodies = Unit.objects.filter(path__in=[root for root, _line in reach(user, Perm.PARTY_ORGANISE).roots])
    for path in bodies.filter(serves__isnull=False).values_list("serves__path", flat=True):
        inside |= under(path)
    return Unit.objects.filter(inside)


def attachment_for(user: User, pk: int) -> Attachment:
    """The file, if `user` may see what it belongs to; else the same 404 as for one that does not exist."""
    mine = Q(activity__in=activities_for(user).values("pk"))
    mine |= Q(result__vanguard__in=vanguards_for(user).values("pk"))
    return get_object_or_404(Attachment.objects.filter(mine).select_related("activity__body"), pk=pk)


@Prepared
def _waiting(scope: Scope, person: int | None) -> QuerySet[Vanguard]:
    below = NOTHING
    for root, _line in scope.roots:
        below |= under(root, "body__path") & (~Q(body__path=root) | Q(body__parent__isnull=True))
    found = Vanguard.objects.filter(below, status=Vanguard.Status.PROPOSED).exclude(proposed_by=person)
    return found.select_related("body").order_by("proposed_at", "pk")[:WAITING]
