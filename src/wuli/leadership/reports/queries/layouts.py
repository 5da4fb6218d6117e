"""Layouts within reach, and what a round comes to for each line of one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.cascade.models import Figure, Round
from wuli.kernel.cascade.queries.coverage import Coverage
from wuli.kernel.cascade.queries.figures import Answer, answers, counted, totals_by_node
from wuli.kernel.cascade.rules.form import Spec, spec_of, sums
from wuli.kernel.orgs.models import Placement, Unit, User
from wuli.kernel.orgs.models.unit import STEP
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Layout
from ..rules.layouts import Told, value_of
from ..rules.workbook import Line, Written

RECENT = 60


@dataclass(frozen=True)
class Part:
    """What is to be filled in: a round, for one unit, as of when (None: now)."""

    round: Round
    unit: Unit
    until: datetime | None = None


@dataclass(frozen=True)
class Filling:
    """What comes into single cells and lines, and how complete it is."""

    cells: dict[str, Written]
    lines: list[Line]
    coverage: Coverage


def layouts_for(user: User, perm: Perm = Perm.CALL_VIEW) -> QuerySet[Layout]:
    """Layouts of owners where `user` may do `perm`, without their files."""
    inside = reach(user, perm).units("owner__path")
    found = Layout.objects.filter(inside).select_related("owner", "form__owner", "changed_by__person")
    return found.defer("file").order_by("name", "pk")


def layout_for(user: User, pk: int, perm: Perm = Perm.CALL_VIEW) -> Layout:
    return get_object_or_404(layouts_for(user, perm), pk=pk)


def rounds_of(layout: Layout) -> QuerySet[Round]:
    """The newest rounds of the layout's form."""
    found = Round.objects.filter(version__form=layout.form).select_related("call__issuer", "version__form")
    return found.order_by("-on", "-pk")[:RECENT]


def frozen_at(of: Round, unit: Unit) -> datetime | None:
    """When the unit's figure of a round was fixed, if it has one."""
    figure = Figure.objects.filter(round=of, unit=unit, frozen_at__isnull=False).first()
    return figure.freeze_at if figure else None


def filling_of(layout: Layout, part: Part) -> Filling:
    """What the layout gets for one unit of a round: its sums, and a line for each unit below it."""
    spec = spec_of(part.round.version)
    path = path_on(part)
    rows = answers(part.round, path, until=part.until) if path else []
    told = list(_told(spec, part, path, rows))
    cells = {place: value_of(code, told[0]) for place, code in layout.cells.items()}
    below = told[1:] + ([replace(told[0], number=None)] if layout.with_total else [])
    lines = [Line({letters: value_of(code, one) for letters, code in layout.columns.items()}) for one in below]
    return Filling(cells, lines if layout.columns else [], told[0].coverage)


def path_on(part: Part) -> str:
    """Where the unit hung on the business date."""
    found: str | None = part.unit.placements.on(part.round.on).values_list("path", flat=True).first()
    return found or ""


def _told(spec: Spec, part: Part, path: str, rows: list[Answer]) -> Iterator[Told]:
    """The unit itself with all below; then the answer of its own, if it is asked; then each unit below it."""
    children = sorted({row.path[: len(path) + STEP] for row in rows if row.path != path})
    totals = totals_by_node(spec, rows, [path, *children])
    on, names = part.round.on, _names(part.round, children)
    yield Told(part.unit.name, part.unit.code, on, *totals[path])
    own = [row for row in rows if row.path == path]
    if own:
        held: Any = sums(spec, (row.values for row in own))
        yield Told(part.unit.name, part.unit.code, on, held, counted(own), number=1)
    for number, child in enumerate(children, start=len(own) + 1):
        name, code = names[child]
        yield Told(name, code, on, *totals[child], number=number)


def _names(of: Round, paths: list[str]) -> dict[str, tuple[str, str]]:
    rows = Placement.objects.on(of.on).filter(path__in=paths).values_list("path", "name", "unit__code")
    return {path: (name, code) for path, name, code in rows}
