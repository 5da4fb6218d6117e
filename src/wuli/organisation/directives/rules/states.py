"""Why something cannot be done to a directive, or to a unit's copy of it, now."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wuli.kernel.cascade.models import Call, Slot
from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.unit import Kind

from ..models import Directive

State, Reviewed = Slot.State, Slot.Review


def why_not_sign(slot: Slot, *, signed: bool) -> str | None:
    if reason := why_not_act_on(slot):
        return reason
    return _("%(unit)s已经签收") % {"unit": slot.unit.name} if signed else None


def why_not_report(directive: Directive, slot: Slot, *, signed: bool) -> str | None:
    """Why a unit cannot say how far it has come."""
    if not directive.asks_action:
        return _("这份通知只要求签收")
    if reason := why_not_act_on(slot):
        return reason
    if not signed:
        return _("请先签收")
    if slot.state == State.SOME and slot.review != Reviewed.RETURNED:
        return _("%(unit)s已经报告办结") % {"unit": slot.unit.name}
    return None


def why_not_done(directive: Directive, files: Collection[Any]) -> str | None:
    """Why a report that all is done is not taken as it is."""
    if directive.needs_evidence and not files:
        return _("这份通知要求办结须附佐证，请上传至少一个文件再报告办结")
    return None


def why_not_act_on(slot: Slot) -> str | None:
    """Why nothing is to be done with a unit's copy any more."""
    call = slot.round.call
    if call.status != Call.Status.ISSUED:
        return _("“%(call)s”%(status)s，不用再办") % {"call": call.title, "status": call.get_status_display()}
    if slot.state == State.EXEMPT:
        return _("%(unit)s免办：%(reason)s") % {"unit": slot.unit.name, "reason": slot.exempt_reason}
    return None


def why_not_review(call: Call) -> str | None:
    if call.status == Call.Status.ISSUED:
        return None
    return _("“%(call)s”%(status)s，不用再审") % {"call": call.title, "status": call.get_status_display()}


def why_not_pass_on(parent: Directive, slot: Slot | None, *, signed: bool) -> str | None:
    """Why a unit cannot make its own directive out of the one it was sent; without a `slot` it was sent none."""
    if slot is None:
        return _("这份通知没有发给这个单位")
    if reason := why_not_act_on(slot):
        return reason
    return None if signed else _("%(unit)s还没有签收，先签收再分解") % {"unit": slot.unit.name}


def why_not_below(issuer: Unit, roots: Iterable[Unit]) -> str | None:
    """A unit passes on to what lies under it, in its own line."""
    for root in roots:
        if not root.is_under(issuer):
            return _("%(root)s不在%(issuer)s之下，只能向自己的下级分解") % {"root": root.name, "issuer": issuer.name}
    return None


def why_not_due(due: datetime, *, at: datetime, parent_due: datetime | None) -> str | None:
    if due <= at:
        return _("截止时间已过，请改晚")
    if parent_due and due > parent_due:
        return _("不能晚于上级文件的截止时间 %(due)s") % {"due": f"{localtime(parent_due):%Y-%m-%d %H:%M}"}
    return None


def why_not_due_there(day: date, clock: time, zones: Mapping[str, str], at: datetime) -> str | None:
    """Where the day ends earlier than at the issuer's, it may be over already."""
    for zone, name in zones.items():
        if datetime.combine(day, clock, ZoneInfo(zone)) <= at:
            return _("在%(unit)s当地截止时间已过，请改晚") % {"unit": name}
    return None


def why_not_in_name_of(issuer: Unit, signer: Person | None, today: date) -> str | None:
    """Why nothing goes out any more in the name of a unit, or of a person."""
    if issuer.closed_on <= today:
        return _("%(unit)s已经关闭，不能再发文") % {"unit": issuer.name}
    if signer and signer.on_roll_until <= today:
        return _("签发人%(name)s已不在册，请另选") % {"name": signer.name}
    return None


def sign_by(directive: Directive, *, at: datetime, due: datetime) -> datetime | None:
    """The moment by which an action must have been received: never after it is due."""
    return min(at + timedelta(hours=directive.sign_hours), due) if directive.asks_action else None


LEVELS = tuple(kind for kind in Kind.values if kind not in (Kind.TEAM, Kind.PARTY_BRANCH))
"""Kinds of units that have others below them, to whom they pass on what must be passed on."""
