"""What the board of a round shows: a node, its children with their coverage, and the slots behind the figures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.db.models import Count, Max, QuerySet
from django.http import Http404

from wuli.kernel.orgs.models import Line as UnitLine
from wuli.kernel.orgs.models import Placement, Unit, User
from wuli.kernel.orgs.models.unit import STEP, under
from wuli.kernel.orgs.queries.scope import Scope, reach
from wuli.kernel.orgs.queries.units import lineage, path_on, unit_for
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Figure, Round, Slot
from ..rules.form import spec_of
from .coverage import Coverage, coverage_by_child, coverage_by_top, one, total
from .figures import answers, restatements, spared_since, totals, totals_by_node

NEWEST = 40


@dataclass(frozen=True)
class Node:
    """A unit where it hung on the business date."""

    unit: Unit
    path: str


@dataclass(frozen=True)
class Line:
    """A child of the node, or the node's own slot, with its coverage. `unit` is None where no unit is known."""

    unit: Unit | None
    name: str
    path: str
    coverage: Coverage
    is_own: bool


@dataclass(frozen=True)
class OfLine:
    """All of one line that the asker reaches, with the unit where its board begins."""

    unit: Unit
    coverage: Coverage


def rounds_for(user: User) -> list[tuple[Round, Coverage]]:
    """The newest rounds that ask anyone within reach, each with the coverage there."""
    seen = reach(user, Perm.CALL_VIEW)
    asked = Slot.objects.filter(seen.units("path"), round__in=_newest())
    counts: dict[int, Coverage] = defaultdict(Coverage)
    grouped = asked.values_list("round", "state", "late", "review", "rests").annotate(n=Count("pk")).order_by()
    for key, state, late, review, rests, n in grouped:
        counts[key] += one(state, n, late=late, review=review, rests=rests)
    rounds = Round.objects.filter(pk__in=counts).select_related("call__issuer").order_by("-on", "call__title", "pk")
    return [(round_, counts[round_.pk]) for round_ in rounds]


def node_for(user: User, of: Round, asked: str) -> Node:
    """The node that `asked` (a unit's key) names, else the issuer, else the top of the asker's reach; or 404."""
    seen = reach(user, Perm.CALL_VIEW)
    unit = unit_for(user, int(asked), Perm.CALL_VIEW) if asked.isdecimal() else _first(seen, of)
    if path := path_on(unit, of.on):
        return Node(unit, path)
    raise Http404


def by_line(user: User, of: Round) -> list[OfLine]:
    """Where a call asks in both lines and the asker reaches both: what became of each."""
    if of.call.targets.values("root__line").distinct().count() < 2:
        return []
    seen = reach(user, Perm.CALL_VIEW)
    counts = coverage_by_top(of.slots.filter(seen.units("path")))
    tops = [min((root for root, of_line in seen.roots if of_line == line), default="") for line in UnitLine]
    units = {unit.line: unit for unit in Unit.objects.filter(path__in=tops)}
    found = [
        OfLine(unit, total(each for top, each in counts.items() if unit.path.startswith(top)))
        for line in UnitLine
        if (unit := units.get(line))
    ]
    return found if len(found) > 1 else []


def chain(of: Round, node: Node) -> list[Placement]:
    return lineage(node.unit, of.on)


def lines(of: Round, node: Node) -> list[Line]:
    """The children of `node` that are asked or hold someone who is: its own slot first, then by how many are asked."""
    counts = coverage_by_child(of, node.path)
    placed = Placement.objects.on(of.on).filter(path__in=counts).select_related("unit")
    units = {placement.path: placement for placement in placed}
    return [
        Line(known.unit if known else None, known.name if known else "", path, found, path == node.path)
        for path, found in sorted(counts.items(), key=lambda one: (one[0] != node.path, -one[1].expected, one[0]))
        for known in [units.get(path)]
    ]


def whole(rows: Iterable[Line]) -> Coverage:
    return total(row.coverage for row in rows)


def stamp(of: Round, node: Node, rows: Iterable[Line], *more: object) -> str:
    """Changes whenever the board does: with an answer, a review, a reminder, a freeze, and with `more`."""
    last = of.slots.under(node.path).aggregate(chased=Max("chased_at"), replied=Max("reply"))
    fixed = of.figures.filter(path=node.path).values_list("frozen_at", flat=True).first()
    seen = [(row.path, row.coverage) for row in rows]
    return f"{crc32(repr((seen, last, fixed, more)).encode()):08x}"


def slots_shown(of: Round, node: Node, show: str) -> QuerySet[Slot]:
    slots = of.slots.under(node.path).select_related("unit")
    if show == "owing":
        return slots.owing()
    return slots.filter(late=True) if show == "late" else slots


def figure_at(of: Round, node: Node) -> Figure | None:
    return of.figures.filter(path=node.path).select_related("round").first()


def totals_of(of: Round, node: Node) -> dict[str, Any]:
    """The node's sums as they are now."""
    return totals(of, node.path)[0]


def figures(of: Round, node: Node) -> dict[str, Any]:
    """The node's sums now and as fixed, its children's, what arrived since, and who was missing at the freeze."""
    spec = spec_of(of.version)
    rows = answers(of, node.path)
    paths = sorted({row.path[: len(node.path) + STEP] for row in rows})
    found = totals_by_node(spec, rows, {node.path, *paths})
    placed = Placement.objects.on(of.on).filter(path__in=paths).values_list("path", "name", "unit")
    known = {path: (name, unit) for path, name, unit in placed}
    figure = figure_at(of, node)
    fixed = figure if figure and figure.frozen_at else None
    return {
        "totals": found[node.path][0] if node.path in found else {},
        "children": [(*known.get(path, ("", None)), *found[path]) for path in paths if path != node.path],
        "figure": fixed, "restated": list(restatements(fixed)[:100]) if fixed else [],
        "spared": list(spared_since(fixed)[:100]) if fixed else [],
        "gaps": _gaps(of, fixed) if fixed else [],
    }  # fmt: skip


def _gaps(of: Round, figure: Figure) -> list[Placement]:
    """Who had not answered when the figure was fixed; the first hundred."""
    missing = [row.path for row in answers(of, figure.path, until=figure.freeze_at) if row.state == Slot.State.MISSING]
    return list(Placement.objects.on(of.on).filter(path__in=missing[:100]).order_by("path"))


def _newest() -> list[int]:
    return list(Round.objects.order_by("-on", "pk").values_list("pk", flat=True)[:NEWEST])


def _first(scope: Scope, of: Round) -> Unit:
    if scope.reaches(of.call.issuer.path):
        return of.call.issuer
    tops = [root for root, _line in scope.roots if of.slots.filter(under(root)).exists()]
    found = Unit.objects.filter(path__in=tops).order_by("depth", "path").first()
    if found is None:
        raise Http404
    return found
