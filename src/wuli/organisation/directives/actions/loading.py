"""Receipts and reports of many units at once, as they come over from another system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import replies
from wuli.kernel.cascade.actions.replies import Answer, Sent
from wuli.kernel.cascade.models import Reply, Slot
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.actions import Entry
from wuli.kernel.orgs.models import User

from ..models import Directive, Receipt, Step
from ..queries.directives import KIND
from ..rules import colours, states
from ..rules.colours import Standing
from .reporting import WHOLE
from .signing import RECEIPT_KEY

AT_ONCE = 500


@dataclass(frozen=True)
class Arrival:
    """What one unit did: who signed when, and, once it was done, when that was reported and in which words."""

    slot: Slot
    by: User
    signed_at: datetime
    done_at: datetime | None = None
    text: str = ""


@transaction.atomic
def load_arrivals(*, directive: Directive, arrivals: Sequence[Arrival], by: User, at: datetime) -> int:
    """Take over what units did that have no receipt here yet; returns how many. Raises Refused.

    No files come over, so nothing is taken as done where it needs evidence.
    """
    known = set(Receipt.objects.filter(slot__round__call=directive.call_id).values_list("slot", flat=True))
    new = [one for one in arrivals if one.slot.pk not in known]
    Receipt.objects.bulk_create([_receipt(directive, one) for one in new], batch_size=AT_ONCE)
    _report(directive, [one for one in new if one.done_at or not directive.asks_action])
    journal.record_all((Entry("copy.signed", one.slot, one.slot.unit) for one in new), by=by, at=at)
    return len(new)


def _receipt(directive: Directive, one: Arrival) -> Receipt:
    due = colours.due_of(directive, one.slot, Standing.UNSIGNED)
    return Receipt(slot=one.slot, by=one.by.person, at=one.signed_at, late=bool(due and one.signed_at > due))


def _report(directive: Directive, done: Sequence[Arrival]) -> None:
    if directive.asks_action and done and (reason := states.why_not_done(directive, ())):
        raise Refused(reason)
    sent = [Sent(one.slot.pk, Answer(RECEIPT_KEY), one.by, one.done_at or one.signed_at, KIND) for one in done]
    steps = []
    for one, reply in zip(done, replies.file_replies(sent), strict=True):
        if isinstance(reply, Refused):
            raise reply
        if directive.asks_action:
            steps.append(_step(one, reply))
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)


def _step(one: Arrival, reply: Reply) -> Step:
    return Step(
        slot=one.slot, percent=WHOLE, text=one.text, by=one.by.person, at=reply.at, key=RECEIPT_KEY, reply=reply
    )
