"""Answers: filed, accepted, returned, and slots that need none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User

from ..models import Reply, Review, Slot
from ..queries import slots as queries
from ..rules import sources, states
from ..rules.form import Field, Spec, Value, fit, is_nothing, matters, spec_of

State, Reviewed = Slot.State, Slot.Review


@dataclass(frozen=True)
class Answer:
    """What someone sends. `key` is theirs: the same key again is the same submission.

    `notes` say why a value differs from its register; `reason` why it comes after the figure above was fixed.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


class Contradicted(Refused):
    """The registers say otherwise; `differing` names the fields, `registers` what each register counts."""

    def __init__(self, sentence: str, differing: list[Field], registers: Mapping[str, int]) -> None:
        super().__init__(sentence, code="contradicted", field=differing[0].key)
        self.differing = differing
        self.registers = registers


@transaction.atomic
def file_reply(*, slot: Slot, answer: Answer, by: User, at: datetime) -> Reply:
    """Answer for a unit, first or anew. Raises Refused, of which Unfit and Contradicted name the fields.

    Whether it is a zero report follows from the values: a blank is never zero, and no zero stands against a register
    that counts something.
    """
    slot = _held(slot)
    if known := slot.replies.filter(key=answer.key).first():
        return known
    if reason := states.why_not_reply(slot, at=at):
        raise Refused(reason)
    if queries.fixed_above(slot) and not answer.reason.strip():
        raise Refused(_("上级的数字已经定数，请写明补报或更正的原因"), code="fixed", field="reason")
    spec = spec_of(slot.round.version)
    values = fit(spec, slot.kind, answer.values)
    registers = registers_of(slot, spec)
    _refuse_unexplained(spec, values, registers, answer.notes)
    return _keep(slot, answer, values, registers, kind=_kind(spec, values), by=by, at=at)


def registers_of(slot: Slot, spec: Spec) -> dict[str, int]:
    """What the registers count now for the bound fields that `slot` is asked."""
    known = sources.known()
    bound = [one for one in spec.asked_of(slot.kind) if one.source in known]
    part = queries.part_of(slot) if bound else None
    return {one.key: known[one.source].count(part) for one in bound if part}


@transaction.atomic
def accept(*, slots: Iterable[Slot], by: User, at: datetime) -> list[Slot]:
    """Accept the newest answers of many units: all of them or, with Refused, none."""
    held = [_held(slot) for slot in sorted(slots, key=lambda slot: slot.pk)]
    for slot in held:
        _refuse_reviewer(slot, by)
        if slot.review != Reviewed.ACCEPTED:
            _judge(slot, Review.Verdict.ACCEPTED, by=by, at=at)
    return held


@transaction.atomic
def send_back(*, slot: Slot, fields: Mapping[str, str], reason: str = "", by: User, at: datetime) -> Slot:
    """Return an answer, naming the fields to mend and why. It still counts until the new one comes. Raises Refused."""
    slot = _held(slot)
    _refuse_reviewer(slot, by)
    known = spec_of(slot.round.version).by_key
    if unknown := next((key for key in fields if key not in known), None):
        raise Refused(_("表中没有这个字段：%(key)s") % {"key": unknown}, field=unknown)
    if not reason.strip() and not any(why.strip() for why in fields.values()):
        raise Refused(_("请写明退回的原因"), field="reason")
    _judge(slot, Review.Verdict.RETURNED, fields=dict(fields), reason=reason.strip(), by=by, at=at)
    return slot


@transaction.atomic
def exempt(*, slot: Slot, reason: str, by: User, at: datetime) -> Slot:
    """Spare one unit this round, with the reason. Raises Refused."""
    slot = _held(slot)
    if why_not := states.why_not_exempt(slot):
        raise Refused(why_not)
    if not queries.reviews(by, slot):
        raise Refused(_("只有上级可以免去%(unit)s的上报") % {"unit": slot.unit.name})
    if not reason.strip():
        raise Refused(_("请写明免报原因"), field="reason")
    slot.state, slot.exempt_reason, slot.exempt_at = State.EXEMPT, reason.strip(), at
    slot.save(update_fields=["state", "exempt_reason", "exempt_at"])
    journal.record("slot.exempted", subject=slot, unit=slot.unit, reason=reason, by=by, at=at)
    return slot


def _refuse_unexplained(
    spec: Spec, values: Mapping[str, Value], registers: Mapping[str, int], notes: Mapping[str, str]
) -> None:
    """A number that is not the register's needs a reason; a zero where the register counts people is never accepted."""
    differing = [spec.by_key[key] for key, count in registers.items() if str(values.get(key, 0)) != str(count)]
    against = [one for one in differing if one.matter and is_nothing(values.get(one.key)) and registers[one.key]]
    if against:
        raise Contradicted(_not_zero(against, registers), against, registers)
    silent = [one for one in differing if not str(notes.get(one.key, "")).strip()]
    if silent:
        raise Contradicted(_not_same(silent, values, registers), silent, registers)


def _not_zero(against: list[Field], registers: Mapping[str, int]) -> str:
    told = "、".join(f"{one.label} {registers[one.key]}" for one in against)
    return _("不能报零：台账中还有 %(told)s。请核对名单，如已解除先在台账中销号") % {"told": told}


def _not_same(silent: list[Field], values: Mapping[str, Value], registers: Mapping[str, int]) -> str:
    one = silent[0]
    return _("“%(field)s”填 %(given)s，台账是 %(register)s，请写明不一致的原因") % {
        "field": one.label, "given": values.get(one.key, "—"), "register": registers[one.key]}  # fmt: skip


def _kind(spec: Spec, values: Mapping[str, Value]) -> str:
    """Who is asked no fields has only to answer at all: that is no zero report, since nothing was counted."""
    return Reply.Kind.SOME if not spec.fields or matters(spec, values) else Reply.Kind.ZERO


def _keep(
    slot: Slot,
    answer: Answer,
    values: dict[str, Value],
    registers: dict[str, int],
    *,
    kind: str,
    by: User,
    at: datetime,
) -> Reply:
    last = slot.reply.number if slot.reply else 0
    reply = Reply.objects.create(
        slot=slot, number=last + 1, key=answer.key, kind=kind, values=values, registers=registers,
        notes={key: note for key, note in answer.notes.items() if key in values}, by=by, at=at,
        proxy=not queries.belongs(by, slot.unit, business_date(at)), reason=answer.reason.strip(),
    )  # fmt: skip
    slot.late = at > slot.due_at if slot.replied_at is None else slot.late
    slot.reply, slot.state, slot.replied_at = reply, State(kind), slot.replied_at or at
    slot.review = Reviewed.WAITING if states.is_reviewed(slot) else Reviewed.NONE
    slot.save(update_fields=["late", "reply", "state", "replied_at", "review"])
    journal.record(
        "reply.filed", subject=slot, unit=slot.unit, reason=reply.reason, by=by, at=at,
        changes={"version": [last or None, reply.number], "kind": [None, kind], "proxy": [None, reply.proxy]},
    )  # fmt: skip
    return reply


def _refuse_reviewer(slot: Slot, by: User) -> None:
    if not queries.reviews(by, slot):
        raise Refused(_("%(unit)s的上报由上级审核，您没有这项职责") % {"unit": slot.unit.name}, code="beyond_reach")
    if reason := states.why_not_review(slot):
        raise Refused(reason)


def _judge(
    slot: Slot,
    verdict: Review.Verdict,
    *,
    fields: dict[str, str] | None = None,
    reason: str = "",
    by: User,
    at: datetime,
) -> None:
    assert slot.reply is not None
    Review.objects.create(reply=slot.reply, verdict=verdict, fields=fields or {}, reason=reason, by=by, at=at)
    slot.review = Reviewed(verdict)
    slot.save(update_fields=["review"])
    verb = "reply.accepted" if verdict == Review.Verdict.ACCEPTED else "reply.returned"
    changes = {"fields": [None, sorted(fields)]} if fields else {}
    journal.record(verb, subject=slot, unit=slot.unit, reason=reason, changes=changes, by=by, at=at)


def _held(slot: Slot) -> Slot:
    held = Slot.objects.select_for_update(of=("self",)).select_related("unit", "reply", "round__call", "round__version")
    return held.get(pk=slot.pk)
