"""Who looked at a person's record: for that person to read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date, midnight
from wuli.kernel.journal.models import Event
from wuli.kernel.journal.rules import verbs
from wuli.kernel.orgs.models import Assignment, Person, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import DUTIES, Perm

from ..rules import telling

NEEDED = {
    "person.unmasked": Perm.PERSON_UNMASK, "roster.exported": Perm.ROSTER_EXPORT, "roster.imported": Perm.ROSTER_IMPORT,
}  # fmt: skip
"""What a duty must allow for someone to have looked this way; without an entry, to see people at all."""


@dataclass(frozen=True)
class Look:
    """One look, as the person concerned reads it: who and why, and nothing else of who looked."""

    event: Event
    sentence: str
    capacity: str
    """The duty, and where, in which they looked."""
    seen: str
    """The value that was uncovered, if one was."""
    reason: str
    is_general: bool
    """Whether it was at many people at once, who are not named one by one."""


def looks_at(person: Person) -> QuerySet[Event]:
    """Events by which others saw personal data of `person`: theirs alone, or of everyone where they then belonged."""
    own = Q(subject_type=Person._meta.label_lower, subject_id=person.pk, verb__in=verbs.looking(many=False))
    account = User.objects.filter(person=person).order_by("pk").values_list("pk", flat=True).first()
    seen = Event.objects.filter(own | Q(pk__in=_at_many(person)))
    others = seen.exclude(actor_id=account) if account else seen
    return others.newest_first()


def looks(events: Iterable[Event]) -> list[Look]:
    events = list(events)
    units = Unit.objects.in_bulk({event.unit_id or 0 for event in events})
    duties = _duties({event.actor_id or 0 for event in events})
    return [_look(event, units.get(event.unit_id or 0), duties[event.actor_id or 0]) for event in events]


def _at_many(person: Person) -> QuerySet[Any, Any]:
    """Looks at everyone of a unit, above or where the person belonged on that day."""
    where = Q(pk__in=[])
    for belonged in person.assignments.select_related("unit", "branch"):
        days = Q(at__gte=midnight(belonged.from_date))
        if belonged.until_date < FOREVER:
            days &= Q(at__lt=midnight(belonged.until_date))
        where |= days & Q(unit_id__in=_above(belonged))
    return Event.objects.filter(where, verb__in=verbs.looking(many=True)).values("pk")


def _above(belonged: Assignment) -> QuerySet[Any, Any]:
    paths = [*belonged.unit.ancestor_paths, *(belonged.branch.ancestor_paths if belonged.branch else ())]
    return Unit.objects.filter(path__in=paths).values("pk")


def _duties(accounts: set[int]) -> dict[int, list[Posting]]:
    """All duties that the people behind these accounts ever held, by account."""
    person_of = dict(User.objects.filter(pk__in=accounts).values_list("person_id", "pk"))
    held: dict[int, list[Posting]] = defaultdict(list)
    for posting in Posting.objects.filter(person__in=person_of).select_related("unit").order_by("from_date", "pk"):
        held[person_of[posting.person_id]].append(posting)
    return held


def _look(event: Event, unit: Unit | None, duties: Sequence[Posting]) -> Look:
    meaning = verbs.meaning_of(event.verb)
    general = bool(meaning and meaning.many)
    place = unit.name if unit else ""
    sentence = telling.sentence(event, place, what=place if general else _("您"))
    return Look(event, sentence, _capacity(event, unit, duties), telling.seen(event), event.reason, general)


def _capacity(event: Event, unit: Unit | None, duties: Sequence[Posting]) -> str:
    """The duty that let them look: one that reaches the unit, else any that allows it (a Party body's, by branch)."""
    day, needed = business_date(event.at), NEEDED.get(event.verb, Perm.PERSON_VIEW)
    able = [one for one in duties if one.holds_on(day) and needed in DUTIES[Duty(one.duty)].perms]
    able.sort(key=lambda one: not (unit and unit.is_under(one.unit)))
    return f"{able[0].get_duty_display()} · {able[0].unit.name}" if able else ""
