"""Who has it: handed over by people, or by the system when the owner has left the roll."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Handover, Item, Status
from ..queries.heads import line_above
from ..queries.items import FARTHEST_AHEAD, standing_of
from ..rules import items as rules
from ..rules.clockwork import day_of
from . import telling
from .turning import locked, turn


@transaction.atomic
def hand_over(*, item: Item, to: Person, reason: str, by: User, at: datetime) -> Item:
    """Let `to` finish it from now on; date, rhythm and what was missed stay. Raises Refused."""
    item, person = locked(item), person_of(by)
    why = rules.why_not_hand_over(item, standing_of(by, item), to=to, reason=reason, today=day_of(item, at))
    refuse(why, field="to")
    changes = {"owner": [str(item.owner), str(to)]}
    _give(item, to, by=person, reason=reason.strip(), at=at)
    journal.record("item.handed_over", subject=item, unit=item.unit, changes=changes, reason=reason, by=by, at=at)
    telling.tell_owner(item, "handed_over", _("移交给您办理：%(title)s"), by=by, at=at)
    return item


def hand_over_left(*, at: datetime) -> int:
    """Part of the tick: items of owners who have left the roll go to the head of the unit, else up the line.

    Marked, since the head should choose someone. Where nobody heads the line they stay, and are tried again. A request
    to close is left to whoever confirms. Returns how many changed hands.
    """
    latest = business_date(at, FARTHEST_AHEAD)
    left = Item.objects.filter(status=Status.OPEN, owner__on_roll_until__lte=latest).order_by("pk")
    return sum(_inherit(item, at) for item in left)


@transaction.atomic
def _inherit(item: Item, at: datetime) -> bool:
    item = locked(item)
    today = day_of(item, at)
    if item.status != Status.OPEN or item.owner.is_on_roll(today) or item.owner.on_roll_from > today:
        return False
    line = line_above(item, today)
    if not line:
        return False
    heir, changes = line[0][0], {"owner": [str(item.owner), str(line[0][0])]}
    _give(item, heir, by=None, reason=_("原责任人已离册"), at=at)
    journal.record("item.inherited", subject=item, unit=item.unit, changes=changes, at=at)
    telling.tell_owner(item, "inherited", _("原责任人已离册，请您接办或移交：%(title)s"), by=None, at=at)
    return True


def _give(item: Item, to: Person, *, by: Person | None, reason: str, at: datetime) -> None:
    """The line of heads may be another for the new owner, so what has climbed climbs anew."""
    Handover.objects.create(item=item, from_person=item.owner, to_person=to, by=by, at=at, reason=reason)
    turn(item, owner=to, inherited=by is None, restart=True)
