"""Members of a day: everyone on the roll with a Party branch, at the branch and the tree of that day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from wuli.base.clock import today
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.evidence import people
from wuli.kernel.orgs.models import Kind, Person, Placement, Unit
from wuli.kernel.orgs.models.unit import under


def members(path: str, on: date) -> QuerySet[Any]:
    """The members under `path`, each once, with `who` (their key) and `place` (the path of their branch).

    Of today from people, as all head counts; of a past day from assignments and the tree of that day.
    """
    if on == today():
        return Person.objects.on_roll(on).filter(under(path, "branch__path")).annotate(
            who=F("pk"), place=F("branch__path")
        )  # fmt: skip
    return people.members(Part(path, on)).annotate(who=F("person_id"))


def by_place(rows: QuerySet[Any]) -> dict[str, int]:
    """How many of `rows` lie at each place, in one query."""
    return dict(rows.order_by().values_list("place").annotate(n=Count("pk")))


def branches(path: str, on: date) -> dict[int, str]:
    """The branches under `path` that day: the key of each unit, and where it hung."""
    found = Placement.objects.on(on).filter(under(path), unit__kind=Kind.PARTY_BRANCH)
    return dict(found.values_list("unit_id", "path"))


def is_member_under(person: Person | None, path: str, on: date) -> bool:
    """Whether `person`, fetched with their branch, is a member of a branch at or below `path` today."""
    return bool(person and person.branch and person.is_on_roll(on) and person.branch.path.startswith(path))


def any_under(paths: Iterable[str], field: str) -> Q:
    """Rows at or below any of `paths`; none where there is none."""
    inside = Q(pk__in=[])
    for path in paths:
        inside |= under(path, field)
    return inside


def heir_of(unit: Unit) -> Unit:
    """The body into which `unit` was merged, and that again; itself while it stands or where nobody took over."""
    while unit.merged_into_id:
        unit = Unit.objects.get(pk=unit.merged_into_id)
    return unit
