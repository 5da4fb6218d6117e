"""A unit tells how far it has come, at last that it is done; a level above accepts, or returns one unit's report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.cascade.actions import replies, reviewing
from wuli.kernel.cascade.actions.replies import Answer
from wuli.kernel.cascade.models import Call, Slot
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.actions import evidence
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import User

from ..models import Evidence, Step
from ..queries import copies, places
from ..queries.directives import KIND
from ..rules import notices as kinds
from ..rules import states
from ..rules.colours import directive_of
from .signing import held, refuse_stranger

WHOLE = 100


@dataclass(frozen=True)
class Report:
    """What a unit says. `key` is the sender's: the same again is the same report. 100 per cent: all is done."""

    key: str
    percent: int
    text: str
    files: Sequence[File[Any]] = field(default_factory=tuple)


@transaction.atomic
def report(*, slot: Slot, report: Report, by: User, at: datetime) -> Step:
    """Keep how far a unit has come, with its evidence; done, it goes up for review. Raises Refused."""
    slot = held(slot)
    person = refuse_stranger(slot, by)
    if known := Step.objects.filter(slot=slot, key=report.key).first():
        return known
    refuse(states.why_not_report(directive_of(slot), slot, signed=copies.is_signed(slot)))
    if not report.text.strip():
        raise Refused(_("请写落实情况"), field="text")
    if not 0 <= report.percent <= WHOLE:
        raise Refused(_("进度应在 0 到 100 之间"), field="percent")
    is_done = report.percent == WHOLE
    if is_done and (reason := states.why_not_done(directive_of(slot), report.files)):
        raise Refused(reason, field="files")
    kept = evidence.keep(report.files)
    answer = Answer(report.key)
    reply = replies.file_reply(slot=slot, answer=answer, by=by, at=at, kind=KIND) if is_done else None
    step = Step.objects.create(
        slot=slot, percent=report.percent, text=report.text.strip(), by=person, at=at, key=report.key, reply=reply
    )
    Evidence.objects.bulk_create(Evidence(step=step, **vars(one)) for one in kept)
    changes = {"percent": [None, step.percent], "files": [None, [one.digest for one in kept]]}
    journal.record("copy.progressed", subject=slot, unit=slot.unit, changes=changes, by=by, at=at)
    return step


def accept(*, slots: Iterable[Slot], by: User, at: datetime) -> list[Slot]:
    """Accept the reports of many units: all of them or, with Refused, none."""
    slots = list(slots)
    for call in {slot.round.call for slot in slots}:
        _refuse_over(call)
    return reviewing.accept(slots=slots, by=by, at=at)


@transaction.atomic
def send_back(*, slot: Slot, reason: str, by: User, at: datetime) -> Slot:
    """Return one unit's report with the reason, and tell those who answer for it. Raises Refused."""
    _refuse_over(slot.round.call)
    if reason := reason.strip():
        slot = reviewing.send_back(slot=slot, fields={}, reason=reason, by=by, at=at, kind=KIND)
    else:
        raise Refused(_("请写明退回的原因"), field="reason")
    people = places.signers_of([slot.unit_id], business_date(at, slot.unit.zone)).get(slot.unit_id, [])
    said = {"title": slot.round.call.title, "unit": slot.unit.name, "reason": reason}
    notices.notify(
        to=people, kind=kinds.RETURNED, text=_("%(unit)s的“%(title)s”落实情况被退回：%(reason)s") % said,
        unit=slot.unit, by=by, at=at, url=reverse("directives:copy", args=[slot.pk]),
        key=f"directive:returned:{slot.reply_id}",
    )  # fmt: skip
    return slot


def _refuse_over(call: Call) -> None:
    if reason := states.why_not_review(call):
        raise Refused(reason)
