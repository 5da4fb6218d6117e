"""A unit reads its copy, and signs that it has received it: two facts, two rows."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.kernel.cascade.actions import replies
from wuli.kernel.cascade.actions.replies import Answer
from wuli.kernel.cascade.models import Slot
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Opening, Receipt
from ..queries import places
from ..queries.directives import KIND
from ..rules import colours, states
from ..rules.colours import Standing

RECEIPT_KEY = "receipt"


def note_opening(*, slot: Slot, by: User, at: datetime) -> None:
    """Keep who of the unit itself opened its copy first; whoever looks from above leaves no trace on it."""
    if hasattr(slot, "opening") or by.person_id is None or not places.belongs(by, slot.unit_id):
        return
    try:
        with transaction.atomic():
            Opening.objects.create(slot=slot, by_id=by.person_id, at=at)
    except IntegrityError:
        pass  # by two at once


@transaction.atomic
def sign(*, slot: Slot, by: User, at: datetime) -> Receipt:
    """Sign for a unit; the same person again gets the same receipt. Raises Refused."""
    slot = held(slot)
    person = refuse_stranger(slot, by)
    known = Receipt.objects.filter(slot=slot).first()
    if known and known.by_id == person.pk:
        return known
    refuse(states.why_not_sign(slot, signed=known is not None))
    receipt = _keep(slot, person, by, at)
    if not colours.directive_of(slot).asks_action:
        replies.file_reply(slot=slot, answer=Answer(RECEIPT_KEY), by=by, at=at, kind=KIND)
    return receipt


def _keep(slot: Slot, person: Person, by: User, at: datetime) -> Receipt:
    due = colours.due_of(colours.directive_of(slot), slot, Standing.UNSIGNED)
    receipt = Receipt.objects.create(
        slot=slot, by=person, at=at, late=bool(due and at > due), proxy=not places.belongs(by, slot.unit_id)
    )
    changes = {"late": [None, receipt.late], "proxy": [None, receipt.proxy]}
    journal.record("copy.signed", subject=slot, unit=slot.unit, changes=changes, by=by, at=at)
    return receipt


def held(slot: Slot) -> Slot:
    found = Slot.objects.select_for_update(of=("self",)).select_related("unit", "round__call__directive")
    return found.get(pk=slot.pk)


def refuse_stranger(slot: Slot, by: User) -> Person:
    """The person behind `by`, who may file for the unit. Raises Refused."""
    if by.person is None or not may(by, Perm.REPLY_FILE, slot.unit):
        raise Refused(_("您没有为%(unit)s签收和填报的职责") % {"unit": slot.unit.name}, code="beyond_reach")
    return by.person
