"""Events within reach, by who, what, where, when and from where; newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import reduce
from itertools import batched
from operator import and_
from typing import Any

from django.db.models import Case, Model, Q, QuerySet, SmallIntegerField, When
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wuli.base.clock import midnight
from wuli.kernel.journal.models import Event
from wuli.kernel.journal.rules import verbs
from wuli.kernel.orgs.models import Line as UnitLine
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.models.unit import STEP
from wuli.kernel.orgs.queries.scope import NOTHING, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..rules import telling
from ..rules.telling import Line

ORDER = ("-at", "-id")
READ_AT_ONCE = 500
FEW_ALONE = 5_000
"""Where more events than this meet the only condition, walking back in time meets a page of them sooner."""
FEW_TOGETHER = 20_000
"""So many can be tried on further conditions, one by one, while someone waits."""
NAMESAKES = 200
"""People of one name that a question by name takes in; more are told apart by their numbers."""
SYSTEM = ("系统", "system")
"""What is typed for events that nobody did."""


@dataclass(frozen=True)
class Asked:
    """What an auditor looks for. Empty fields ask nothing."""

    who: str = ""
    """Name, number or log-in name of whoever did it."""
    verb: str = ""
    """One verb, or the name of a group of them."""
    what: str = ""
    """Name or number of the person, name or code of the unit concerned."""
    unit: Unit | None = None
    """A unit with all that is below it."""
    since: date | None = None
    until: date | None = None
    """Both days included."""
    origin: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    @property
    def is_narrow(self) -> bool:
        """Whether place, time or origin are asked for."""
        return bool(self.unit or self.since or self.until or self.origin)


def sees_all(user: User) -> bool:
    """Whether `user` audits the whole group: then also what belongs to no unit, or to the Party line."""
    roots = reach(user, Perm.EVENT_VIEW).roots
    return any(len(root) == STEP and line == UnitLine.OPERATIONS for root, line in roots)


def events_for(user: User, asked: Asked | None = None) -> QuerySet[Event]:
    asked = asked or Asked()
    every = _within(user), _by(asked.who), _did(asked.verb), _about(asked.what), _under(asked.unit), _from(asked.origin)
    return _narrowest_first([one for one in every if one], Event.objects.filter(_when(asked))).order_by(*ORDER)


def event_for(user: User, pk: int) -> Event:
    """The event, if within reach; else the same 404 as for one that does not exist."""
    return get_object_or_404(events_for(user), pk=pk)


def lines(events: Iterable[Event]) -> list[Line]:
    """Events with the names behind their numbers, in a number of queries that does not grow with them."""
    events = list(events)
    units = Unit.objects.in_bulk({pk for event in events for pk in (event.unit_id, _subject(event, Unit)) if pk})
    people = Person.objects.in_bulk({_subject(event, Person) for event in events})
    users = User.objects.in_bulk({pk for event in events for pk in (event.actor_id, _subject(event, User)) if pk})
    return [_line(event, units, people, users) for event in events]


def all_lines(found: QuerySet[Event]) -> Iterator[Line]:
    """Every line there is, some at a time, for a file."""
    for some in batched(found.iterator(chunk_size=READ_AT_ONCE), READ_AT_ONCE, strict=False):
        yield from lines(some)


def words_of(asked: Asked) -> str:
    """The question in words, for the record and for the file's note."""
    said = [asked.who, telling.label_of(asked.verb), asked.what, asked.unit.name if asked.unit else "", asked.origin]
    if asked.since or asked.until:
        said.append(f"{asked.since or ''}–{asked.until or ''}")
    return _("，").join(word for word in said if word) or _("全部")


def _narrowest_first(conditions: list[Q], events: QuerySet[Event]) -> QuerySet[Event]:
    """Those of `events` that meet all conditions, found by way of the narrowest one, or of time when all are wide.

    Left alone, a database may walk the hundred thousand events of a busy account to find the few of one team:
    SQLite keeps no statistics, and PostgreSQL's know nothing of subtrees. `Case` hides conditions from its planner.
    """
    few = FEW_ALONE if len(conditions) == 1 else FEW_TOGETHER
    counts = [events.filter(one)[:few].count() for one in conditions]
    if conditions and min(counts) < few:
        events = events.filter(conditions.pop(counts.index(min(counts))))
    if not conditions:
        return events
    meets = Case(When(reduce(and_, conditions), then=1), default=0, output_field=SmallIntegerField())
    return events.alias(meets=meets).filter(meets=1)


def _within(user: User) -> Q:
    if sees_all(user):
        return Q()
    return Q(unit_id__in=Unit.objects.filter(reach(user, Perm.EVENT_VIEW).units()).values("pk"))


def _under(unit: Unit | None) -> Q:
    return Q(unit_id__in=Unit.objects.under(unit).values("pk")) if unit else Q()


def _from(origin: str) -> Q:
    return Q(origin=origin) if origin else Q()


def _by(text: str) -> Q:
    if not text:
        return Q()
    if text.lower() in SYSTEM:
        return Q(actor_id=None)
    return _one_of("actor_id", _accounts(text, _people(text)))


def _did(verb: str) -> Q:
    group = next((group for group in verbs.groups() if group.name == verb), None)
    return Q(verb__in=sorted(group.verbs)) if group else Q(verb=verb) if verb else Q()


def _about(text: str) -> Q:
    """Of the subjects called that today, units also by a name they had. Whether there are any shows in nothing else."""
    if not text:
        return Q()
    people = _people(text)
    units = _keys(Unit.objects.filter(Q(code=text) | Q(placements__name=text)).distinct())
    about = NOTHING
    for model, keys in ((Person, people), (Unit, units), (User, _accounts(text, people))):
        if keys:
            about |= Q(subject_type=model._meta.label_lower) & _one_of("subject_id", keys)
    return about


def _people(text: str) -> list[int]:
    return _keys(Person.objects.filter(Q(number=text) | Q(name=text)))


def _accounts(text: str, people: list[int]) -> list[int]:
    return _keys(User.objects.filter(Q(username=text) | Q(person__in=people)))


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:NAMESAKES])


def _one_of(field: str, keys: list[int]) -> Q:
    """A single key is asked for as such: then its events come from the index in order, newest first."""
    return Q(**{field: keys[0]}) if len(keys) == 1 else Q(**{f"{field}__in": keys})


def _when(asked: Asked) -> Q:
    days = Q()
    if asked.since:
        days &= Q(at__gte=midnight(asked.since))
    if asked.until:
        days &= Q(at__lt=midnight(asked.until + timedelta(days=1)))
    return days


def _line(event: Event, units: dict[int, Unit], people: dict[int, Person], users: dict[int, User]) -> Line:
    actor = users.get(event.actor_id or 0)
    return Line(
        event, units.get(event.unit_id or 0), actor.username if actor else "", _code(event, units, people, users)
    )  # fmt: skip


def _code(event: Event, units: dict[int, Unit], people: dict[int, Person], users: dict[int, User]) -> str:
    if unit := units.get(_subject(event, Unit)):
        return unit.code
    if person := people.get(_subject(event, Person)):
        return person.number
    account = users.get(_subject(event, User))
    return account.username if account else ""


def _subject(event: Event, model: type[Model]) -> int:
    """Key of the event's subject if it is one of `model`, else 0."""
    return event.subject_id or 0 if event.subject_type == model._meta.label_lower else 0
