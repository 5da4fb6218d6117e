"""Blind spots of any day: the same questions as `orgs.queries.blind_spots` asks of today, by the roll of the day."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models import Assignment, Kind, Placement, Posting, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.blind_spots import Spot
from wuli.kernel.orgs.queries.inner_cells import outside
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm
from wuli.kernel.orgs.rules.people import CELL_LIMIT

from .people import on_roll
from .placing import units


def no_cell(part: Part) -> QuerySet[Assignment]:
    return outside(on_roll(part).exclude(unit__kind=Kind.TEAM), part.on)


def two_cells(part: Part) -> QuerySet[Assignment]:
    """The same identity number on the roll twice that day, under two employee numbers."""
    same = Q(person__identity_hash=OuterRef("person__identity_hash"))
    other = Assignment.objects.on(part.on).filter(same).exclude(person=OuterRef("person"))
    return on_roll(part).filter(Exists(other), person__identity_hash__gt="")


def no_post(part: Part) -> QuerySet[Assignment]:
    return on_roll(part).filter(post__isnull=True)


def too_large(part: Part) -> QuerySet[Placement]:
    """Only of the few teams with so many people is asked who of them is in a cell inside."""
    teams = units(part, Kind.TEAM)
    crowded = _crowded(Assignment.objects.on(part.on).filter(unit__in=teams.order_by().values("unit")))
    return teams.filter(unit__in=_crowded(outside(Assignment.objects.on(part.on).filter(unit__in=crowded), part.on)))


def _crowded(rows: QuerySet[Assignment]) -> Any:
    counted = rows.values("unit").annotate(n=Count("pk")).filter(n__gt=CELL_LIMIT).order_by()
    return counted.values("unit")


def _without(duty: Duty, kind: Kind) -> Callable[[Part], QuerySet[Placement]]:
    def rows(part: Part) -> QuerySet[Placement]:
        held = Posting.objects.on(part.on).filter(unit=OuterRef("unit"), duty=duty)
        return units(part, kind).filter(~Exists(held))

    return rows


ROWS: dict[Spot, Callable[[Part], QuerySet[Any]]] = {
    Spot.NO_CELL: no_cell,
    Spot.TWO_CELLS: two_cells,
    Spot.NO_POST: no_post,
    Spot.NO_KEEPER: _without(Duty.GRID_KEEPER, Kind.TEAM),
    Spot.TOO_LARGE: too_large,
    Spot.NO_HEAD: _without(Duty.HEAD, Kind.ENTERPRISE),
    Spot.NO_REPORTER: _without(Duty.REPORTER, Kind.ENTERPRISE),
}


def units_seen(user: User, perm: Perm) -> Q:
    """Of the units of a past day, those where `user` may do `perm` today."""
    return reach(user, perm).units("unit__path")
