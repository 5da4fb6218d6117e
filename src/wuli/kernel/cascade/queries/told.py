"""What became of the reminders to those who answer for some slots: for whoever may follow notices there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wuli.kernel.notices.models import Notice
from wuli.kernel.notices.queries import fate
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Round, Slot
from ..rules.reminders import REMINDER, by_hand, by_tick


@dataclass(frozen=True)
class Told:
    """The last reminder of one person about one slot. `state` is read, delivered, failed, waiting or on_page."""

    at: datetime
    state: str
    channels: tuple[str, ...]

    @property
    def words(self) -> str:
        told = STATES[self.state]()
        through = _("、").join(self.channels)
        return _("%(state)s（%(through)s）") % {"state": told, "through": through} if through else told


STATES = {
    "read": lambda: _("已读"), "delivered": lambda: _("已送达"), "failed": lambda: _("未能送达"),
    "waiting": lambda: _("待发"), "on_page": lambda: _("仅站内"),
}  # fmt: skip


def told(
    user: User, of: Round, slots: Sequence[Slot], contacts: Mapping[int, Sequence[Person]]
) -> dict[int, list[tuple[Person, Told | None]]]:
    """For each slot those who answer for its unit, each with the last reminder they got about it.

    Of units where `user` may not follow notices only the names; of those who answer there no more, nothing.
    """
    follows = reach(user, Perm.NOTICE_FOLLOW)
    chased = [slot for slot in slots if slot.chased and follows.covers(slot.unit.path)]
    found = _last(of, chased, contacts) if chased else {}
    return {
        slot.pk: [(person, found.get((slot.pk, person.pk))) for person in contacts.get(slot.unit_id, ())]
        for slot in slots
    }


def stamp(rows: Mapping[int, Sequence[tuple[Person, Told | None]]]) -> list[object]:
    return [(slot, [found for _person, found in people]) for slot, people in rows.items()]


def _last(of: Round, slots: Sequence[Slot], contacts: Mapping[int, Sequence[Person]]) -> dict[tuple[int, int], Told]:
    """By slot and person, from one reading of the notices that any of the slots may have led to."""
    keys = {slot.pk: _keys(of, slot) for slot in slots}
    people = {person.pk for slot in slots for person in contacts.get(slot.unit_id, ())}
    every = {key for some in keys.values() for key in some}
    notices = fate.fate_rows(REMINDER, keys=every).filter(Q(person__in=people))
    by_key: dict[tuple[str, int], Notice] = {
        (notice.key, notice.person_id): notice for notice in notices.prefetch_related("deliveries__channel")
    }
    found = {}
    for slot in slots:
        for person in contacts.get(slot.unit_id, ()):
            got = [by_key[key, person.pk] for key in keys[slot.pk] if (key, person.pk) in by_key]
            if got:
                found[slot.pk, person.pk] = _told(max(got, key=lambda one: (one.made_at, one.pk)))
    return found


def _keys(of: Round, slot: Slot) -> list[str]:
    hand = [by_hand(slot, number) for number in range(1, slot.chased + 1)]
    return hand + [by_tick(of, slot.due_at, step) for step in range(1, slot.chase_steps + 1)]


def _told(notice: Notice) -> Told:
    made: dict[str, bool] = vars(notice)
    state = (
        "read" if notice.read_at else "delivered" if made["was_delivered"] else "failed" if made["has_failed"]
        else "waiting" if made["is_waiting"] else "on_page"
    )  # fmt: skip
    tried = [one.channel.name for one in notice.deliveries.all() if one.attempts]
    return Told(localtime(notice.made_at), state, tuple(sorted(set(tried))))
