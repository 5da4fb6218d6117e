"""Changes of the tree: at once when their day has come, else kept until the tick carries them out."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal

from ..models import PlannedChange, Unit, User
from ..rules import units as rules
from . import units

Verb, Status = PlannedChange.Verb, PlannedChange.Status


def change_tree(
    *, verb: str, unit: Unit, on: date, by: User, at: datetime, target: Unit | None = None, name: str = ""
) -> PlannedChange | None:
    """Rename, move, merge or close `unit` from the day `on`: now, or planned when `on` is still to come.

    Returns the plan, or None when it is already done. Raises Refused.
    """
    if on <= business_date(at):
        _do(verb, unit, target, name, on=on, by=by, at=at)
        return None
    return _plan(verb, unit, target, name, on=on, by=by, at=at)


def carry_out_due(*, at: datetime) -> int:
    """Carry out every planned change whose day has come, in the order of their days; returns how many were settled."""
    due = PlannedChange.objects.filter(status=Status.PLANNED, effective_on__lte=business_date(at))
    keys = list(due.order_by("effective_on", "pk").values_list("pk", flat=True))
    for key in keys:
        _carry_out(key, at)
    return len(keys)


@transaction.atomic
def cancel_planned(*, plan: PlannedChange, by: User, at: datetime) -> None:
    """Withdraw a change before its day. Raises Refused."""
    plan = PlannedChange.objects.select_for_update().get(pk=plan.pk)
    if plan.status != Status.PLANNED:
        raise Refused(_("这项变更已经%(status)s，不能取消") % {"status": plan.get_status_display()})
    _settle(plan, Status.CANCELLED, "", at)
    journal.record("unit.change_cancelled", subject=plan.unit, unit=plan.unit, reason=str(plan), by=by, at=at)


@transaction.atomic
def _plan(verb: str, unit: Unit, target: Unit | None, name: str, *, on: date, by: User, at: datetime) -> PlannedChange:
    refuse(_why_not(verb, unit, target, on))
    plan = PlannedChange.objects.create(
        verb=verb, unit=unit, target=target, name=name.strip(), effective_on=on, asked_by=by, asked_at=at
    )
    journal.record("unit.change_planned", subject=unit, unit=unit, reason=str(plan), by=by, at=at)
    return plan


def _why_not(verb: str, unit: Unit, target: Unit | None, on: date) -> str | None:
    if verb == Verb.MOVE and target:
        return rules.why_not_move(unit, target, on=on)
    if verb == Verb.MERGE and target:
        return rules.why_not_merge(unit, target, on=on)
    return rules.why_not_open_on(unit, on)


@transaction.atomic
def _carry_out(key: int, at: datetime) -> None:
    plan = (
        PlannedChange.objects.select_for_update(of=("self",))
        .select_related("unit", "target", "asked_by__person")
        .get(pk=key)
    )
    if plan.status != Status.PLANNED:
        return
    try:
        with transaction.atomic():
            _do(plan.verb, plan.unit, plan.target, plan.name, on=plan.effective_on, by=plan.asked_by, at=at)
    except Refused as no:
        _settle(plan, Status.REFUSED, str(no), at)
    else:
        _settle(plan, Status.DONE, "", at)


def _do(verb: str, unit: Unit, target: Unit | None, name: str, **when: Any) -> None:
    if verb == Verb.RENAME:
        units.rename_unit(unit=unit, name=name, **when)
    elif verb == Verb.CLOSE:
        units.close_unit(unit=unit, **when)
    elif target is None:
        raise Refused(_("请选择目标单位"), field="target")
    elif verb == Verb.MOVE:
        units.move_unit(unit=unit, target=target, **when)
    else:
        units.merge_unit(unit=unit, target=target, **when)


def _settle(plan: PlannedChange, status: str, outcome: str, at: datetime) -> None:
    plan.status, plan.outcome, plan.settled_at = status, outcome[:400], at
    plan.save(update_fields=["status", "outcome", "settled_at"])
