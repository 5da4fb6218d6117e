"""The rows of this app's metrics, on any day: cells inside units, and the people whose cell has a keeper."""

from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.evidence.people import on_roll
from wuli.kernel.metrics.queries.evidence.placing import placed
from wuli.kernel.orgs.models import Assignment, Kind, Posting, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm
from wuli.kernel.orgs.rules.people import CELL_LIMIT

from ..models import Cell
from .cells import is_inside, kept


def inner(part: Part) -> QuerySet[Cell]:
    """The cells inside teams and workshops that were open that day."""
    return placed(Cell.objects.on(part.on), "unit", part)


def inner_unkept(part: Part) -> QuerySet[Cell]:
    return inner(part).filter(~kept(part.on))


def inner_crowded(part: Part) -> QuerySet[Cell]:
    """A cell of a whole step holds all its posts, one of a post only that."""
    same = {"unit": OuterRef("unit"), "post__process_step": OuterRef("process_step")}
    steps = Assignment.objects.on(part.on).filter(**same)
    posts = steps.filter(post__name=OuterRef("post"))
    people = Case(When(post="", then=_number(steps)), default=_number(posts))
    return inner(part).annotate(people=people).filter(people__gt=CELL_LIMIT)


def kept_people(part: Part) -> QuerySet[Assignment]:
    """Whose innermost cell has a keeper: the cell inside their unit if they are in one, else their team.

    Few units are cut: only of their people is asked, one by one, in which cell they are.
    """
    cut = Q(unit__in=Cell.objects.on(part.on).values("unit"))
    keepers = Posting.objects.on(part.on).filter(duty=Duty.GRID_KEEPER)
    of_team = Q(unit__kind=Kind.TEAM, unit__in=keepers.values("unit")) & (~cut | ~Q(is_inside(part.on)))
    of_cell = cut & Q(is_inside(part.on, Cell.objects.filter(kept(part.on))))
    return on_roll(part).filter(of_cell | of_team)


def inner_seen(user: User, perm: Perm) -> Q:
    return reach(user, perm).units("unit__path")


def _number(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("unit").annotate(n=Count("pk")).values("n")), 0)
