"""Those who have not answered are reminded: by the tick at the call's minutes, by hand at any time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Person, User

from ..models import Round, Slot
from ..queries import slots as queries
from ..rules import kinds
from ..rules.reminders import REMINDER, by_hand, by_tick

AT_ONCE = 500


@transaction.atomic
def chase(*, of: Round, slots: Iterable[int], text: str = "", by: User, at: datetime) -> int:
    """Remind whoever answers for some units that still owe an answer; returns how many units. Raises Refused.

    Units that have answered meanwhile are left alone; one for which nobody answers is refused by name.
    """
    owing = list(of.slots.owing().filter(pk__in=list(slots)).select_related("unit").order_by("path"))
    if not owing:
        raise Refused(_("所选单位都已上报，不用再催"))
    contacts = queries.contacts_of([slot.unit_id for slot in owing], business_date(at))
    if nobody := [slot.unit.name for slot in owing if slot.unit_id not in contacts]:
        raise Refused(
            _("这些单位没有填报人，催不到：%(units)s") % {"units": _("、").join(nobody[:5])}, code="no_contact"
        )
    for slot in owing:
        notices.notify(
            to=contacts[slot.unit_id], kind=REMINDER, text=_words(of, slot, text), unit=slot.unit, by=by, at=at,
            url=reverse("cascade:slot", args=[slot.pk]), key=by_hand(slot, slot.chased + 1),
        )  # fmt: skip
    _note(owing, at)
    journal.record(
        "round.chased",
        subject=of,
        unit=of.call.issuer,
        by=by,
        at=at,
        reason=text,
        changes={"slots": [None, len(owing)]},
    )
    return len(owing)


def chase_due(at: datetime) -> int:
    """Send the reminders of calls whose minute has come; after an outage only the last of them. Returns how many."""
    rounds = Round.objects.filter(closed_at__isnull=True).exclude(call__chasing=[]).select_related("call__issuer")
    return sum(_remind(one, at) for one in rounds.order_by("pk"))


@transaction.atomic
def _remind(of: Round, at: datetime) -> int:
    minutes = sorted(of.call.chasing)
    reminded = 0
    for steps in range(len(minutes), 0, -1):
        due_by = at - timedelta(minutes=minutes[steps - 1])
        late = of.slots.missing().filter(chase_steps__lt=steps, due_at__lte=due_by, opens_at__lte=at)
        found = list(late.select_for_update(of=("self",)).select_related("unit").order_by("pk"))
        _tell(of, found, steps, at)
        _note(found, at, steps=steps)
        reminded += len(found)
    return reminded


def _tell(of: Round, slots: list[Slot], steps: int, at: datetime) -> None:
    by_due: dict[datetime, list[Slot]] = {}
    for slot in slots:
        by_due.setdefault(slot.due_at, []).append(slot)
    for due, some in by_due.items():
        people = _everyone(some, at)
        key = by_tick(of, due, steps)
        notices.notify(to=people, kind=REMINDER, text=_words(of, some[0]), key=key, url=reverse("cascade:mine"), at=at)


def _everyone(slots: list[Slot], at: datetime) -> list[Person]:
    """Who answers for the units now: a round may outlast whoever did when it opened."""
    found: dict[int, Person] = {}
    for some in batched(slots, AT_ONCE, strict=False):
        contacts = queries.contacts_of([slot.unit_id for slot in some], business_date(at))
        found |= {person.pk: person for people in contacts.values() for person in people}
    return list(found.values())


def _words(of: Round, slot: Slot, text: str = "") -> str:
    said = kind.owing(slot) if (kind := kinds.kind_of(of.call.kind)) else _owing(of, slot)
    return _("：").join(part for part in (said, text.strip()) if part)


def _owing(of: Round, slot: Slot) -> str:
    about = {"call": of.call.title, "day": of.on, "due": f"{localtime(slot.due_at):%m-%d %H:%M}"}
    if slot.review == Slot.Review.RETURNED:
        return _("“%(call)s”%(day)s 被退回，请改正后重报") % about
    return _("“%(call)s”%(day)s 还没有上报，截止 %(due)s") % about


def _note(slots: list[Slot], at: datetime, steps: int | None = None) -> None:
    values = {"chased": F("chased") + 1, "chased_at": at} | ({} if steps is None else {"chase_steps": steps})
    for some in batched(slots, AT_ONCE, strict=False):
        Slot.objects.filter(pk__in=[slot.pk for slot in some]).update(**values)
