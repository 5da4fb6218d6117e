"""Why something cannot be done to a call, a slot or a reply now."""

from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..models import Call, Exemption, Slot

State, Reviewed = Slot.State, Slot.Review

TRANSITIONS: dict[Call.Status, set[Call.Status]] = {
    Call.Status.DRAFT: {Call.Status.ISSUED},
    Call.Status.ISSUED: {Call.Status.ENDED, Call.Status.REVOKED, Call.Status.SUPERSEDED},
    Call.Status.ENDED: set(),
    Call.Status.REVOKED: set(),
    Call.Status.SUPERSEDED: set(),
}


ASKING = (Call.Status.ISSUED, Call.Status.ENDED)
"""Rounds of these are answered."""


def why_not_become(call: Call, status: Call.Status) -> str | None:
    if status in TRANSITIONS[Call.Status(call.status)]:
        return None
    return _("“%(call)s”%(status)s，不能再改为%(wanted)s") % {
        "call": call.title, "status": call.get_status_display(), "wanted": status.label}  # fmt: skip


def why_not_issue(call: Call) -> str | None:
    if reason := why_not_become(call, Call.Status.ISSUED):
        return reason
    kinds = {kind for target in call.targets.all() for kind in target.kinds}
    if not kinds:
        return _("还没有选择下发对象")
    if missing := kinds - call.hours.keys():
        return _("没有规定这些单位的截止时间：%(kinds)s") % {"kinds": _("、").join(sorted(missing))}
    if any(not opens <= due <= freeze for opens, due, freeze in call.hours.values()):
        return _("开始、截止、定数的时间应依次不早于前一个")
    return _why_not_days(call)


def _why_not_days(call: Call) -> str | None:
    most = {Call.Cadence.WEEKLY: 7, Call.Cadence.MONTHLY: 31}.get(Call.Cadence(call.cadence), 0)
    if all(1 <= day <= most for day in call.days):
        return None
    return _("“%(cadence)s”没有这样的日子：%(days)s") % {
        "cadence": call.get_cadence_display(), "days": _("、").join(str(day) for day in call.days)}  # fmt: skip


def why_not_reply(slot: Slot, *, at: datetime) -> str | None:
    """Why the unit cannot file now. A late answer is welcome at any time; only the figures above keep their hour."""
    call = slot.round.call
    if call.status not in ASKING:
        return _("“%(call)s”%(status)s，不用再报") % {"call": call.title, "status": call.get_status_display()}
    if slot.state == State.EXEMPT:
        return _("%(unit)s本次免报：%(reason)s") % {"unit": slot.unit.name, "reason": slot.exempt_reason}
    if at < slot.opens_at:
        return _("%(unit)s从 %(when)s 起才能填报") % {
            "unit": slot.unit.name, "when": f"{localtime(slot.opens_at):%Y-%m-%d %H:%M}"}  # fmt: skip
    return None


def is_reviewed(slot: Slot) -> bool:
    """Whether a level above looks at the answer: the next asked unit, or at the top, if so agreed, the issuer."""
    call = slot.round.call
    if call.route == Call.Route.REVIEWED:
        return slot.unit_id != call.issuer_id
    return call.route == Call.Route.LAYERED and bool(slot.above)


def why_not_exempt(slot: Slot) -> str | None:
    if slot.state in (State.ZERO, State.SOME):
        return _("%(unit)s已经上报，不能免报") % {"unit": slot.unit.name}
    return _("%(unit)s已经免报") % {"unit": slot.unit.name} if slot.state == State.EXEMPT else None


def why_not_lift(exemption: Exemption, on: date) -> str | None:
    """Why an exemption cannot be ended before its last day, on the business date `on`."""
    if exemption.lifted_from:
        return _("%(unit)s的免报已经提前结束") % {"unit": exemption.unit.name}
    if exemption.until_date <= on:
        return _("%(unit)s的免报已经到期") % {"unit": exemption.unit.name}
    return None


def why_not_ask_again(slot: Slot) -> str | None:
    call = slot.round.call
    if slot.state != State.EXEMPT:
        return _("%(unit)s没有免报") % {"unit": slot.unit.name}
    if call.status not in ASKING:
        return _("“%(call)s”%(status)s，不用再报") % {"call": call.title, "status": call.get_status_display()}
    if slot.unit.closed_on <= slot.round.on:
        return _("%(unit)s已经关闭，不能恢复上报") % {"unit": slot.unit.name}
    if slot.round.closed_at:
        return _("这一期已经定数，%(unit)s从下一期起恢复上报") % {"unit": slot.unit.name}
    return None


def why_not_review(slot: Slot) -> str | None:
    if slot.state not in (State.ZERO, State.SOME):
        return _("%(unit)s还没有上报，不能审核") % {"unit": slot.unit.name}
    if slot.review == Reviewed.NONE:
        return _("%(unit)s的上报无须审核") % {"unit": slot.unit.name}
    if slot.review == Reviewed.RETURNED:
        return _("%(unit)s的上报已经退回，等待重报") % {"unit": slot.unit.name}
    return None
