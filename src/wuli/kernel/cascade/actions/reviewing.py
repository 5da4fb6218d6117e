"""Answers accepted or returned by the level above, and slots that need none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from wuli.base import rows
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User

from ..models import Review, Round, Slot
from ..queries import slots as queries
from ..rules import kinds, states
from ..rules.form import spec_of

State, Reviewed = Slot.State, Slot.Review


@transaction.atomic
def accept(*, slots: Iterable[Slot], by: User, at: datetime) -> list[Slot]:
    """Accept the newest answers of many units: all of them or, with Refused, none."""
    held = _held_all(slots)
    for slot in held:
        _refuse_reviewer(slot, by)
    _judge([slot for slot in held if slot.review != Reviewed.ACCEPTED], Review.Verdict.ACCEPTED, by=by, at=at)
    return held


@transaction.atomic
def send_back(
    *, slot: Slot, fields: Mapping[str, str], reason: str = "", by: User, at: datetime, kind: str = ""
) -> Slot:
    """Return an answer, naming the fields to mend and why. It still counts until the new one comes. Raises Refused."""
    slot = _held(slot)
    _refuse_reviewer(slot, by)
    if why_not := kinds.why_not_through(slot, kind):
        raise Refused(why_not, code="elsewhere")
    known = spec_of(slot.round.version).by_key
    if unknown := next((key for key in fields if key not in known), None):
        raise Refused(_("表中没有这个字段：%(key)s") % {"key": unknown}, field=unknown)
    if not reason.strip() and not any(why.strip() for why in fields.values()):
        raise Refused(_("请写明退回的原因"), field="reason")
    _judge([slot], Review.Verdict.RETURNED, fields=dict(fields), reason=reason.strip(), by=by, at=at)
    return slot


@transaction.atomic
def exempt(*, slot: Slot, reason: str, by: User, at: datetime) -> Slot:
    """Spare one unit this round, with the reason. Raises Refused."""
    slot = _held(slot)
    refuse(states.why_not_exempt(slot))
    if not queries.reviews(by, slot):
        raise Refused(_("只有上级可以免去%(unit)s的上报") % {"unit": slot.unit.name})
    if not reason.strip():
        raise Refused(_("请写明免报原因"), field="reason")
    slot.state, slot.exempt_reason, slot.exempt_at = State.EXEMPT, reason.strip(), at
    slot.save(update_fields=["state", "exempt_reason", "exempt_at"])
    journal.record("slot.exempted", subject=slot, unit=slot.unit, reason=reason, by=by, at=at)
    return slot


def _refuse_reviewer(slot: Slot, by: User) -> None:
    if not queries.reviews(by, slot):
        raise Refused(_("%(unit)s的上报由上级审核，您没有这项职责") % {"unit": slot.unit.name}, code="beyond_reach")
    refuse(states.why_not_review(slot))


def _judge(
    slots: Sequence[Slot],
    verdict: Review.Verdict,
    *,
    fields: dict[str, str] | None = None,
    reason: str = "",
    by: User,
    at: datetime,
) -> None:
    said = {"verdict": verdict, "fields": fields or {}, "reason": reason, "by_id": by.pk, "at": at}
    rows.insert(Review, [{"reply_id": slot.reply_id, **said} for slot in slots], by="reply_id")
    for slot in slots:
        slot.review = Reviewed(verdict)
    rows.update(Slot, [{"id": slot.pk, "review": slot.review} for slot in slots])
    verb = "reply.accepted" if verdict == Review.Verdict.ACCEPTED else "reply.returned"
    changes = {"fields": [None, sorted(fields)]} if fields else {}
    journal.record_all((journal.Entry(verb, slot, slot.unit, changes, reason) for slot in slots), by=by, at=at)


def _held(slot: Slot) -> Slot:
    (held,) = _held_all([slot])
    return held


def _held_all(slots: Iterable[Slot]) -> list[Slot]:
    held = Slot.objects.select_for_update(of=("self",)).select_related("unit")
    rounds = Prefetch("round", Round.objects.select_related("call", "version").defer("version__spec"))
    return list(held.prefetch_related(rounds).filter(pk__in=[slot.pk for slot in slots]).order_by("pk"))
