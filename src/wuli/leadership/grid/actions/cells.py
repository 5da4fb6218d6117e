"""Cells inside teams and workshops: cut by step or post, kept by someone, given up."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Cell, CellKeeper
from ..rules import cells as rules


@transaction.atomic
def cut(*, unit: Unit, process_step: str, post: str, on: date, reason: str, by: User | None, at: datetime) -> Cell:
    """Make a process step of `unit`, or one post of it, a cell of its own from `on`. Raises Refused."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    _refuse_foreign(unit, by)
    others = Cell.objects.filter(unit=unit, until_date__gt=on)
    refuse(rules.why_not_cut(unit, process_step, post, others, on=on))
    cell = Cell.objects.create(unit=unit, process_step=process_step, post=post, from_date=on, reason=reason)
    journal.record(
        "grid.cut", subject=cell, unit=unit, changes={"from": [None, str(on)]}, reason=reason, by=by, at=at
    )  # fmt: skip
    return cell


@transaction.atomic
def uncut(*, cell: Cell, on: date, reason: str, by: User | None, at: datetime) -> None:
    """Give up a cell; `on` is the first day without it. Its people count with their unit again. Raises Refused."""
    cell = _locked(cell)
    _refuse_foreign(cell.unit, by)
    refuse(rules.why_not_end(cell, on=on))
    changes = {"until": [None, str(on)]}
    journal.record("grid.uncut", subject=cell, unit=cell.unit, changes=changes, reason=reason, by=by, at=at)
    if cell.from_date >= on:
        cell.delete()
        return
    end_keepers(cell, on, reason, by, at)
    Cell.objects.filter(pk=cell.pk).update(until_date=on)


@transaction.atomic
def keep(*, cell: Cell, role: str, person: Person, on: date, reason: str, by: User | None, at: datetime) -> None:
    """Let `person` keep a cell, or be its deputy, from `on`, in place of whoever does. Raises Refused."""
    cell = _locked(cell)
    _refuse_foreign(cell.unit, by)
    refuse(rules.why_not_end(cell, on=on) or rules.why_not_keep(person, on=on))
    if cell.keepers.filter(role=role, person=person, from_date__lte=on, until_date=FOREVER).exists():
        return
    end_keepers(cell, on, reason, by, at, role=role)
    end_keepers(cell, on, reason, by, at, person=person)
    begins = max(on, cell.from_date)
    CellKeeper.objects.create(cell=cell, role=role, person=person, from_date=begins, until_date=FOREVER, reason=reason)
    changes = {"cell": [None, str(cell)], "role": [None, role], "from": [None, str(begins)]}
    journal.record("grid.keeper_given", subject=person, unit=cell.unit, changes=changes, reason=reason, by=by, at=at)


@transaction.atomic
def appoint(
    *, cell: Cell, keeper: Person | None, deputy: Person | None, on: date, reason: str, by: User | None, at: datetime
) -> None:
    """Keeper and deputy of a cell at once; None leaves one as it is. Raises Refused."""
    refuse(rules.why_not_pair(keeper, deputy))
    for role, person in ((CellKeeper.Role.KEEPER, keeper), (CellKeeper.Role.DEPUTY, deputy)):
        if person:
            keep(cell=cell, role=role, person=person, on=on, reason=reason, by=by, at=at)


def end_keepers(cell: Cell, on: date, reason: str, by: User | None, at: datetime, **which: object) -> None:
    """Let those who keep the cell, or some of them, keep it no longer; those who had not begun yet never do."""
    keepers = CellKeeper.objects.filter(cell=cell, until_date__gt=on, **which)
    for one in keepers.select_related("person").order_by("pk"):
        changes = {"cell": [str(cell), None], "role": [one.role, None], "until": [None, str(on)]}
        journal.record(
            "grid.keeper_ended", subject=one.person, unit=cell.unit, changes=changes, reason=reason, by=by, at=at
        )
    keepers.filter(from_date__gte=on).delete()
    keepers.filter(from_date__lt=on).update(until_date=on)


def _locked(cell: Cell) -> Cell:
    try:
        return Cell.objects.select_for_update(of=("self",)).select_related("unit").get(pk=cell.pk)
    except Cell.DoesNotExist as gone:
        raise Refused(_("这一格已经取消")) from gone


def _refuse_foreign(unit: Unit, by: User | None) -> None:
    """The house itself (None) may arrange everything."""
    if by and not may(by, Perm.POSTING_GRANT, unit):
        raise Refused(_("您不能安排%(unit)s的网格") % {"unit": unit.name})
