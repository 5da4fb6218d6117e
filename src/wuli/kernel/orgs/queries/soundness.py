"""Whether the tree, the roll and their histories tell one and the same story. They do, unless someone wrote past
the actions, into the database itself; `wuli verify` asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Concat, Right
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Assignment, Person, Placement, Unit
from ..models.unit import STEP

EXAMPLES = 5


@dataclass(frozen=True)
class Fault:
    """A rule that rows break: its sentence, how many do, and the numbers of the first few."""

    sentence: str
    count: int
    rows: tuple[int, ...]


def faults(tell: Callable[[str], None] = lambda sentence: None) -> list[Fault]:
    """Every rule that does not hold, in the order of RULES. `tell` hears of each rule before it is checked."""
    found = []
    for sentence, query in RULES.items():
        tell(str(sentence))
        rows = query().order_by("pk").values_list("pk", flat=True)
        if count := rows.count():
            found.append(Fault(str(sentence), count, tuple(rows[:EXAMPLES])))
    return found


def _hung_wrong() -> QuerySet[Unit]:
    children = Unit.objects.filter(parent__isnull=False)
    right = Q(path=Concat("parent__path", Right("path", STEP)), depth=F("parent__depth") + 1)
    return children.exclude(right) | Unit.objects.filter(Q(parent__isnull=True), ~Q(depth=0))


def _without_newest_placement() -> QuerySet[Unit]:
    same = Placement.objects.filter(unit=OuterRef("pk"), path=OuterRef("path"), name=OuterRef("name"))
    ends = same.filter(until_date=OuterRef("closed_on"))
    with_parent = ends.filter(parent=OuterRef("parent"))
    return Unit.objects.filter(
        Q(parent__isnull=False) & ~Exists(with_parent) | Q(parent__isnull=True) & ~Exists(ends)
    )  # fmt: skip


def _without_first_placement() -> QuerySet[Unit]:
    return Unit.objects.filter(~Exists(Placement.objects.filter(unit=OuterRef("pk"), from_date=OuterRef("opened_on"))))


def _placements_apart() -> QuerySet[Placement]:
    following = Placement.objects.filter(unit=OuterRef("unit"), from_date=OuterRef("until_date"))
    return Placement.objects.filter(Q(until_date__lt=F("unit__closed_on")), ~Exists(following))


def _overlapping[M: Model](model: type[M], owner: str) -> QuerySet[M]:
    later = Q(from_date__gt=OuterRef("from_date"), from_date__lt=OuterRef("until_date"))
    rows: QuerySet[M] = model._default_manager.all()
    return rows.filter(Exists(rows.filter(later, **{owner: OuterRef(owner)})))


def _path_unlike_unit() -> QuerySet[Person]:
    return Person.objects.exclude(path=F("unit__path"))


def _without_one_newest_assignment() -> QuerySet[Person]:
    newest = Count("assignments", filter=Q(assignments__until_date=F("on_roll_until")))
    return Person.objects.annotate(newest=newest).exclude(newest=1)


def _elsewhere_than_assigned() -> QuerySet[Assignment]:
    newest = Assignment.objects.filter(until_date=F("person__on_roll_until"))
    differs = ~Q(unit=F("person__unit")) | ~Q(outside_employer=F("person__outside_employer"))
    for field in ("employer", "post", "branch"):
        mine, theirs = f"{field}_id", f"person__{field}_id"
        both_empty = Q(**{f"{field}__isnull": True, f"person__{field}__isnull": True})
        differs |= ~(both_empty | Q(**{mine: F(theirs), f"{field}__isnull": False, f"person__{field}__isnull": False}))
    return newest.filter(differs)


RULES: dict[str | Promise, Callable[[], QuerySet[Any]]] = {
    _("每个单位的路径和层级与上级单位相符"): _hung_wrong,
    _("每个单位最近的沿革与现在的上级、名称、路径相符"): _without_newest_placement,
    _("每个单位的沿革自设立之日起"): _without_first_placement,
    _("每个单位的沿革前后相接"): _placements_apart,
    _("每个单位的沿革互不重叠"): lambda: _overlapping(Placement, "unit"),
    _("每个人的路径与所在单位相符"): _path_unlike_unit,
    _("每个人最近的任职记录有且只有一条"): _without_one_newest_assignment,
    _("每个人的任职记录互不重叠"): lambda: _overlapping(Assignment, "person"),
    _("每个人的现任单位、岗位、支部与最近的任职记录相符"): _elsewhere_than_assigned,
}
