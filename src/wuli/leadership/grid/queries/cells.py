"""Cells inside teams and workshops, and who is in them: always read from people's posts, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.orgs.models import Assignment, Post, Unit, User
from wuli.kernel.orgs.models.dated import DatedQuerySet
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.queries.units import Heads
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Cell, CellKeeper


@dataclass(frozen=True)
class CellHeads:
    """A cell inside a unit on a day, with how many are in it and who keeps it."""

    cell: Cell
    heads: Heads
    keepers: Sequence[CellKeeper]
    deputies: Sequence[CellKeeper]


@dataclass(frozen=True)
class Cut:
    """The people who belong to a unit itself, cell by cell. The cells and those not cut add up to `whole`."""

    cells: Sequence[CellHeads]
    uncut: Heads
    whole: Heads


def cut_of(unit: Unit, on: date) -> Cut:
    cells = list(cells_on(on).filter(unit=unit).order_by("process_step", "post", "pk"))
    counted = _heads_by_post(unit, on)
    inside = {cell.pk: Heads() for cell in cells}
    uncut = Heads()
    for post, heads in counted.items():
        cell = cell_among(cells, *post) if post else None
        if cell:
            inside[cell.pk] += heads
        else:
            uncut += heads
    rows = [CellHeads(cell, inside[cell.pk], *_keepers(cell)) for cell in cells]
    return Cut(rows, uncut, sum(counted.values(), Heads()))


def cells_on(on: date) -> DatedQuerySet[Any]:
    """The cells of that day, with whoever keeps them that day and is still on the roll."""
    on_roll = {"person__on_roll_from__lte": on, "person__on_roll_until__gt": on}
    keepers = CellKeeper.objects.on(on).filter(**on_roll).select_related("person").order_by("from_date", "pk")
    return Cell.objects.on(on).prefetch_related(Prefetch("keepers", keepers, to_attr="keeping"))


def cell_among(cells: Sequence[Cell], step: str, post: str) -> Cell | None:
    """The one of a unit's cells that holds whoever has this post: cells of a unit never overlap."""
    return next((one for one in cells if one.process_step == step and one.post in ("", post)), None)


def is_inside(on: date, among: DatedQuerySet[Cell] | None = None) -> Exists:
    """Whether a person, or an assignment, is in a cell inside their unit on that day; if given, one of `among`."""
    cells = Cell.objects.all() if among is None else among
    same = cells.on(on).filter(unit=OuterRef("unit"), process_step=OuterRef("post__process_step"))
    return Exists(same.filter(Q(post="") | Q(post=OuterRef("post__name"))))


def kept(on: date) -> Exists:
    """Whether a cell has a keeper that day who is still on the roll."""
    on_roll = {"person__on_roll_from__lte": on, "person__on_roll_until__gt": on}
    held = CellKeeper.objects.on(on).filter(role=CellKeeper.Role.KEEPER, **on_roll)
    return Exists(held.filter(cell=OuterRef("pk")))


def cell_for(user: User, pk: int, perm: Perm = Perm.POSTING_VIEW) -> Cell:
    """The cell, if `user` may do `perm` at its unit; else the same 404 as for one that does not exist."""
    return get_object_or_404(cells_where(user, perm).select_related("unit"), pk=pk)


def cells_where(user: User, perm: Perm) -> QuerySet[Cell]:
    return Cell.objects.filter(reach(user, perm).units("unit__path"))


def people_of(cell: Cell, on: date) -> QuerySet[Assignment]:
    """Who is in the cell that day."""
    place = {"unit": cell.unit_id, "post__process_step": cell.process_step}
    found = Assignment.objects.on(on).filter(**place, **({"post__name": cell.post} if cell.post else {}))
    return found.select_related("person", "post").order_by("person__number", "pk")


def posts_of(unit: Unit) -> list[Post]:
    """The posts of a unit, by step: what it can be cut by."""
    return list(unit.posts.order_by("process_step", "name", "pk"))


def _heads_by_post(unit: Unit, on: date) -> dict[tuple[str, str] | None, Heads]:
    """Those who belong to the unit itself that day, by their post; under None those without one."""
    posts: Any = Assignment.objects.on(on).filter(unit=unit).values_list("post__process_step", "post__name")
    rows = posts.annotate(people=Count("pk"), members=Count("branch"), employees=Count("employer")).order_by()
    return {
        None if name is None else (step, name): Heads(people, members, people - employees)
        for step, name, people, members, employees in rows
    }  # fmt: skip


def _keepers(cell: Cell) -> tuple[list[CellKeeper], list[CellKeeper]]:
    keeping: list[CellKeeper] = cell.keeping  # type: ignore[attr-defined]
    of = {role: [one for one in keeping if one.role == role] for role in CellKeeper.Role}
    return of[CellKeeper.Role.KEEPER], of[CellKeeper.Role.DEPUTY]
