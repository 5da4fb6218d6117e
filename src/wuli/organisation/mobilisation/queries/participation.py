"""Participation by branch: one reading of each register, folded along the tree of the day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from wuli.base.clock import midnight
from wuli.base.figures import kept
from wuli.kernel.ledger.models import Item, Status
from wuli.kernel.orgs.models import Kind, Placement, Unit, User
from wuli.kernel.orgs.models.unit import STEP, under
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.queries.units import path_on
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Campaign, Vanguard
from ..models.activity import Sort
from ..rules.kinds import MEMBER_TASK
from ..rules.tallies import Tally, by_child, total
from . import campaigns, monthly, roll

LARGE = 2 * STEP
"""Paths up to this length are kept for some seconds: the Party group, and the committees right below it."""


@dataclass(frozen=True)
class Line:
    """One row of a table of participation."""

    unit: Unit | None
    """None for what hangs on the node itself."""
    name: str
    tally: Tally


@dataclass(frozen=True)
class Table:
    lines: list[Line]
    total: Tally


def node_for(user: User, pk: int | None, within: str = "") -> Unit | None:
    """The body looked at: the one asked for if `user` organises it, else the highest that they organise."""
    scope = reach(user, Perm.PARTY_ORGANISE)
    scope = scope.within(within) if within else scope
    inside = Unit.objects.filter(scope.units())
    found = inside.filter(pk=pk).first() if pk else None
    return found or inside.order_by("depth", "path").first()


def table(unit: Unit, on: date, campaign: Campaign | None = None) -> Table:
    """The children of a body, in the order of the tree, and their sum. With a campaign, of this alone."""
    path = path_on(unit, on)
    if not path:
        return Table([], Tally())
    places = tallies(path, on, campaign)
    counts = by_child(path, places)
    placed = Placement.objects.on(on).filter(parent=unit).select_related("unit")
    lines = [
        Line(one.unit, one.name, counts.get(one.path, Tally()))
        for one in placed.order_by("unit__kind", "unit__code", "pk")
    ]
    if path in counts and unit.kind != Kind.PARTY_BRANCH:
        lines.append(Line(None, unit.name, counts[path]))
    return Table(lines, total(places.values()))


def every_branch(unit: Unit, on: date) -> Iterator[tuple[Placement, Tally]]:
    """Every branch below, in the order of the tree; for a file."""
    path = path_on(unit, on)
    if not path:
        return
    places, found = tallies(path, on), Placement.objects.on(on).filter(under(path), unit__kind=Kind.PARTY_BRANCH)
    for placed in found.select_related("unit", "parent").order_by("path").iterator(1000):
        yield placed, places.get(placed.path, Tally())


def tallies(path: str, on: date, campaign: Campaign | None = None) -> dict[str, Tally]:
    """What each branch (and body, for its vanguards) has done, by the path where it hung that day."""

    def count() -> dict[str, Tally]:
        return _of_campaign(path, on, campaign) if campaign else _of_all(path, on)

    if len(path) > LARGE:
        return count()
    return kept(f"mobilisation.{campaign.pk if campaign else ''}.{path}.{on}", count)


def _of_campaign(path: str, on: date, campaign: Campaign) -> dict[str, Tally]:
    everyone = roll.members(path, on)
    found: dict[str, Tally] = defaultdict(Tally)
    for place in roll.branches(path, on).values():
        found[place] = Tally(branches=1)
    for place, n in roll.by_place(everyone).items():
        found[place] += Tally(members=n, asked=n)
    for place, n in roll.by_place(campaigns.signed(everyone, campaign, on)).items():
        found[place] += Tally(committed=n)
    return dict(found)


def _of_all(path: str, on: date) -> dict[str, Tally]:
    """Eight queries, however many branches there are."""
    everyone, branches, going = roll.members(path, on), roll.branches(path, on), campaigns.going_at(path, on)
    members = roll.by_place(everyone)
    asking = [where for _campaign, where in going]
    found: dict[str, Tally] = defaultdict(Tally)
    for place, tally in _of_branches(branches, members, on):
        found[place] += tally
    for place, n in members.items():
        found[place] += Tally(members=n, asked=n if any(place.startswith(where) for where in asking) else 0)
    if going:
        for place, n in roll.by_place(campaigns.committed(everyone, going, on)).items():
            found[place] += Tally(committed=n)
    for place, n in roll.by_place(tasked(everyone, on)).items():
        found[place] += Tally(tasked=n)
    for place, n in roll.by_place(finished(everyone, on)).items():
        found[place] += Tally(finished=n)
    for place in _vanguards(path, on):
        found[place] += Tally(vanguards=1)
    return dict(found)


def _of_branches(branches: dict[int, str], members: dict[str, int], on: date) -> Iterator[tuple[str, Tally]]:
    """A branch without members owes nothing."""
    rhythm = monthly.rhythm_on(Sort.THEME_DAY, on)
    held = monthly.held_by(branches, on) if rhythm else {}
    for unit, place in branches.items():
        if rhythm and members.get(place):
            yield place, Tally(branches=1, owing=1, held=int(held.get(unit, 0) >= rhythm.times))
        else:
            yield place, Tally(branches=1)


def tasked(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those of the members who had been given a task by the end of that day; withdrawn ones do not count."""
    return rows.filter(who__in=_tasks(on).values("owner"))


def finished(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those who had one closed by a second person by then."""
    closed = _tasks(on).filter(status=Status.CLOSED, closed_at__lt=midnight(on + timedelta(days=1)))
    return rows.filter(who__in=closed.values("owner"))


def _tasks(on: date) -> QuerySet[Item]:
    given = Item.objects.filter(kind=MEMBER_TASK.code, opened_at__lt=midnight(on + timedelta(days=1)))
    return given.exclude(status=Status.WITHDRAWN)


def _vanguards(path: str, on: date) -> Iterable[str]:
    """Where the bodies of active vanguards hung that day."""
    there = Placement.objects.on(on).filter(under(path), unit__vanguards__in=Vanguard.objects.active(on))
    return there.values_list("path", flat=True)
