"""Units that need not answer a call for some days, and those that must again."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Call, Exemption, Round, Slot
from ..queries import slots as queries
from ..rules import states
from . import sparing


@transaction.atomic
def exempt_unit(
    *, call: Call, unit: Unit, reason: str, from_date: date, until_date: date, by: User, at: datetime
) -> Exemption:
    """Spare a unit, with all below it, the rounds of some days. Raises Refused.

    Of rounds under way those who have not answered are spared; where a level above has told its figure already, the
    exemption shows beside it as a change since. What is fixed as a whole stays.
    """
    call = _held(call)
    if not reason.strip():
        raise Refused(_("请写明免报原因"), field="reason")
    if until_date <= from_date:
        raise Refused(_("结束日期应晚于开始日期"), field="until_date")
    if over := call.rounds.filter(closed_at__isnull=False, on__gte=from_date, on__lt=until_date).first():
        raise Refused(_("%(day)s 的一期已经定数，不能再免报") % {"day": over.on}, field="from_date")
    _refuse_beyond_reach(by, unit)
    made = Exemption.objects.create(
        call=call, unit=unit, reason=reason.strip(), from_date=from_date, until_date=until_date, by=by
    )  # fmt: skip
    under_way = _under_way(call).filter(on__gte=from_date, on__lt=until_date)
    spared = sum(sparing.spare_by(made, of, of.slots.all(), at) for of in under_way)
    changes = {"from": [None, str(from_date)], "until": [None, str(until_date)], "slots": [None, spared]}
    journal.record("call.exempted", subject=call, unit=unit, reason=reason, changes=changes, by=by, at=at)
    return made


@transaction.atomic
def lift(*, exemption: Exemption, reason: str, by: User, at: datetime) -> Exemption:
    """End an exemption before its last day: from today's business date on the unit is asked again. Raises Refused.

    In a round under way it is expected again unless a level above has told its figure, or should have by now: then
    from the next round on.
    """
    call = _held(exemption.call)
    exemption = Exemption.objects.select_for_update(of=("self",)).select_related("unit").get(pk=exemption.pk)
    today = business_date(at, call.issuer.zone)
    refuse(states.why_not_lift(exemption, today))
    if not reason.strip():
        raise Refused(_("请写明恢复上报的原因"), field="reason")
    _refuse_beyond_reach(by, exemption.unit)
    exemption.lifted_from, exemption.lifted_at, exemption.lifted_by = today, at, by
    exemption.lift_reason = reason.strip()
    exemption.save(update_fields=["lifted_from", "lifted_at", "lifted_by", "lift_reason"])
    under_way = _under_way(call).filter(on__gte=today) if call.status in states.ASKING else Round.objects.none()
    asked = sum(_expect_again(exemption, of, at) for of in under_way)
    changes = {"from": [None, str(today)], "slots": [None, asked]}
    journal.record(
        "call.exemption_lifted", subject=call, unit=exemption.unit, reason=reason, changes=changes, by=by, at=at
    )
    return exemption


@transaction.atomic
def ask_again(*, slot: Slot, reason: str, by: User, at: datetime) -> Slot:
    """Expect an answer of one exempt unit this round, after all. Raises Refused."""
    of = Round.objects.select_for_update(of=("self",)).get(pk=slot.round_id)
    held = Slot.objects.select_for_update(of=("self",)).select_related("unit", "round__call", "reply")
    slot = held.get(pk=slot.pk)
    refuse(states.why_not_ask_again(slot))
    if not queries.reviews(by, slot):
        raise Refused(_("只有上级可以恢复%(unit)s的上报") % {"unit": slot.unit.name}, code="beyond_reach")
    if queries.told_above(of, [slot.path], at):
        raise Refused(_("上级的数字已经定数，%(unit)s从下一期起恢复上报") % {"unit": slot.unit.name}, code="fixed")
    if not reason.strip():
        raise Refused(_("请写明恢复上报的原因"), field="reason")
    sparing.expect([slot.pk])
    journal.record("slot.asked_again", subject=slot, unit=slot.unit, reason=reason.strip(), by=by, at=at)
    return held.get(pk=slot.pk)


def _expect_again(exemption: Exemption, of: Round, at: datetime) -> int:
    """Those that another exemption covers stay exempt by that one."""
    spared = dict(of.slots.filter(exemption=exemption).order_by("path").values_list("path", "pk"))
    told = queries.told_above(of, spared, at)
    again = [pk for path, pk in spared.items() if path not in told]
    sparing.expect(again)
    sparing.spare_exempted(of, of.slots.filter(pk__in=again), at)
    return len(again)


def _under_way(call: Call) -> QuerySet[Round]:
    return call.rounds.filter(closed_at__isnull=True).select_for_update(of=("self",)).order_by("pk")


def _held(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=call.pk)


def _refuse_beyond_reach(by: User, unit: Unit) -> None:
    if not may(by, Perm.CALL_ISSUE, unit):
        raise Refused(_("您没有向%(unit)s下发的职责") % {"unit": unit.name}, code="beyond_reach")
