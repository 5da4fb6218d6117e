"""Answers filed, one or many: one reading of what decides, then one statement for each table that is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base import rows
from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import Scope

from ..models import Reply, Slot
from ..queries import registers as registers_known
from ..queries.filing import Coming, Facts, facts_of
from ..rules import kinds, states
from ..rules.form import Field, Spec, Value, fit, is_nothing, matters, spec_of

State, Reviewed = Slot.State, Slot.Review
FEW = 10
"""Up to so many slots of a round, each asks the registers for itself; above, each register is read once."""


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


@dataclass(frozen=True)
class Sent:
    """An answer on its way in. `kind`: of the calls on whose own pages it was given; none for those of the form."""

    slot: int
    answer: Answer
    by: User
    at: datetime
    kind: str = ""


def file_reply(*, slot: Slot, answer: Answer, by: User, at: datetime, kind: str = "") -> Reply:
    """Answer for a unit, first or anew. Raises Refused, of which Unfit and Contradicted name the fields.

    Whether it is a zero report follows from the values: a blank is never zero, and no zero stands against a register
    that counts something. The same key again is the reply that is there.
    """
    (filed,) = file_replies([Sent(slot.pk, answer, by, at, kind)])
    if isinstance(filed, Refused):
        raise filed
    return filed


@transaction.atomic
def file_replies(sent: Sequence[Sent], *, within: Scope | None = None) -> list[Reply | Refused]:
    """Answer for many units: for each, in order, the reply or why it was refused. No unit may come twice.

    What lies outside `within`, if given, is answered like what is not there.
    """
    if len({one.slot for one in sent}) != len(sent):
        raise Refused(_("同一单位在一批中只能出现一次"), code="twice")
    facts = facts_of([Coming(one.slot, one.answer.key, one.by.person_id, business_date(one.at)) for one in sent])
    if within is not None:
        facts = {n: one for n, one in facts.items() if within.covers(one.slot.unit.path)}
    counted = _registers(list(facts.values()))
    judged = [_judged(one, facts.get(n), counted) for n, one in enumerate(sent)]
    fresh = [one for one in judged if isinstance(one, _Fresh)]
    if fresh:
        _keep(fresh)
    return [one.reply if isinstance(one, _Fresh) else one for one in judged]


@dataclass(frozen=True)
class _Fresh:
    reply: Reply
    facts: Facts
    by: User


def _registers(facts: Sequence[Facts]) -> dict[int, dict[str, int]]:
    """What the registers count for each slot, by its key."""
    found: dict[int, dict[str, int]] = {}
    by_round: dict[int, list[Facts]] = {}
    for one in facts:
        by_round.setdefault(one.slot.round_id, []).append(one)
    for some in by_round.values():
        of = some[0].slot.round
        spec = spec_of(of.version)
        if len(some) > FEW:
            found |= registers_known.registers_of_many(of, [one.slot for one in some], spec)
        else:
            found |= {one.slot.pk: registers_known.registers_of(one.slot, spec, alone=one.alone) for one in some}
    return found


def _judged(one: Sent, facts: Facts | None, counted: Mapping[int, Mapping[str, int]]) -> "_Fresh | Reply | Refused":
    if facts is None:
        return Refused(_("没有这份上报"), code="not_found")
    if facts.known:
        return facts.known
    try:
        return _Fresh(_reply(one, facts, counted[facts.slot.pk]), facts, one.by)
    except Refused as no:
        return no


def _reply(one: Sent, facts: Facts, registers: Mapping[str, int]) -> Reply:
    """What began before a level told its figure and ends after it comes after it, or neither would show it."""
    slot, answer = facts.slot, one.answer
    refuse(states.why_not_reply(slot, at=one.at))
    if reason := kinds.why_not_through(slot, one.kind):
        raise Refused(reason, code="elsewhere")
    if facts.fixed_at and not answer.reason.strip():
        raise Refused(_("上级的数字已经定数，请写明补报或更正的原因"), code="fixed", field="reason")
    spec = spec_of(slot.round.version)
    values = fit(spec, slot.kind, answer.values)
    _refuse_unexplained(spec, values, registers, answer.notes)
    return Reply(
        slot=slot, number=facts.last + 1, key=answer.key, kind=_kind(spec, values), values=values,
        registers=dict(registers), notes={key: note for key, note in answer.notes.items() if key in values}, by=one.by,
        at=max(one.at, facts.fixed_at or one.at), proxy=not facts.belongs, reason=answer.reason.strip(),
    )  # fmt: skip


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


def _keep(fresh: Sequence[_Fresh]) -> None:
    keys = rows.insert(Reply, [_reply_row(one.reply) for one in fresh], by="slot_id")
    for one in fresh:
        one.reply.pk = keys[one.reply.slot_id]
        _answer(one.facts.slot, one.reply)
    rows.update(Slot, [_slot_row(one.facts.slot) for one in fresh])
    journal.write([(_entry(one), one.by, one.reply.at) for one in fresh])


def _answer(slot: Slot, reply: Reply) -> None:
    """What a slot is once `reply` is its newest."""
    slot.late = reply.at > slot.due_at if slot.replied_at is None else slot.late
    slot.reply, slot.state, slot.replied_at = reply, State(reply.kind), slot.replied_at or reply.at
    slot.review = Reviewed.WAITING if states.is_reviewed(slot) else Reviewed.NONE


def _reply_row(reply: Reply) -> rows.Row:
    names = ("slot_id", "number", "key", "kind", "values", "registers", "notes", "by_id", "at", "proxy", "reason")
    return {name: getattr(reply, name) for name in names}


def _slot_row(slot: Slot) -> rows.Row:
    names = ("id", "state", "review", "late", "reply_id", "replied_at")
    return {name: getattr(slot, name) for name in names}


def _entry(one: _Fresh) -> journal.Entry:
    reply, slot = one.reply, one.facts.slot
    changes = {
        "version": [reply.number - 1 or None, reply.number], "kind": [None, reply.kind], "proxy": [None, reply.proxy],
    }  # fmt: skip
    return journal.Entry("reply.filed", slot, slot.unit, changes, reply.reason)
