"""Duties: given, ended, and lent while someone is away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal

from ..models import Person, Posting, Unit, User
from ..models.posting import Duty
from ..rules import duties as rules


@dataclass(frozen=True)
class NewPosting:
    """A duty that someone is to have at a unit, until a day or until it is ended."""

    person: Person
    duty: str
    unit: Unit
    from_date: date
    until_date: date = FOREVER
    reason: str = ""


def post(
    *,
    person: Person,
    duty: str,
    unit: Unit,
    from_date: date,
    by: User | None,
    at: datetime,
    until_date: date = FOREVER,
    reason: str = "",
) -> Posting:
    """Give `person` a duty at `unit`, reaching all that is below it. Raises Refused."""
    return post_all([NewPosting(person, duty, unit, from_date, until_date, reason)], by=by, at=at)[0]


@transaction.atomic
def post_all(news: Sequence[NewPosting], *, by: User | None, at: datetime) -> list[Posting]:
    """Give many duties, each under the same rules as one alone. All of them or, with Refused, none."""
    keys = sorted({new.person.pk for new in news})
    people = {person.pk: person for some in _chunks(keys) for person in _locked(some)}
    held: dict[int, list[Posting]] = {key: [] for key in keys}
    for some in _chunks(keys):
        for posting in Posting.objects.filter(person__in=some).select_related("unit").order_by("pk"):
            held[posting.person_id].append(posting)
    made = []
    for new in news:
        posting = _posting(new, people[new.person.pk], held[new.person.pk])
        held[new.person.pk].append(posting)
        made.append(posting)
    Posting.objects.bulk_create(made, batch_size=2000)
    journal.record_all(map(_given, made, news), by=by, at=at)
    return made


@transaction.atomic
def end_posting(*, posting: Posting, on: date, by: User, at: datetime, reason: str = "") -> None:
    """End a duty; `on` is the first day without it. Those who stand in end with it. Raises Refused."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=posting.pk)
    if posting.until_date <= on:
        raise Refused(_("这项职责已于 %(day)s 结束") % {"day": posting.until_date})
    both = Posting.objects.filter(Q(pk=posting.pk) | Q(stands_in_for=posting))
    both.filter(from_date__gte=on).exclude(pk=posting.pk).delete()
    if posting.from_date >= on:
        posting.delete()
    else:
        both.filter(until_date__gt=on).update(until_date=on)
    changes = {"duty": [posting.duty, None], "until": [_until(posting.until_date), str(on)]}
    journal.record(
        "posting.ended", subject=posting.person, unit=posting.unit, changes=changes, reason=reason, by=by, at=at
    )  # fmt: skip


@transaction.atomic
def delegate(
    *, posting: Posting, to: Person, from_date: date, until_date: date, by: User, at: datetime
) -> Posting:  # fmt: skip
    """Let `to` stand in for the holder of `posting` for some days. Raises Refused."""
    posting = Posting.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=posting.pk)
    refuse(rules.why_not_delegate(posting, to, from_date=from_date, until_date=until_date))
    stand_in = Posting.objects.create(
        person=to, duty=posting.duty, unit=posting.unit, from_date=from_date, until_date=until_date,
        stands_in_for=posting,
    )  # fmt: skip
    changes = {"duty": [None, posting.duty], "from": [None, str(from_date)], "until": [None, str(until_date)]}
    journal.record(
        "posting.delegated", subject=to, unit=posting.unit, changes=changes, reason=posting.person.name, by=by, at=at
    )
    return stand_in


def _posting(new: NewPosting, person: Person, held: list[Posting]) -> Posting:
    if new.until_date <= new.from_date:
        raise Refused(_("结束日期应晚于开始日期"), field="until_date")
    meanwhile = [one for one in held if one.until_date > new.from_date and one.from_date < new.until_date]
    refuse(rules.why_not_post(person, Duty(new.duty), new.unit, held=meanwhile, from_date=new.from_date))
    return Posting(
        person=person, duty=new.duty, unit=new.unit, from_date=new.from_date, until_date=new.until_date
    )  # fmt: skip


def _given(posting: Posting, new: NewPosting) -> journal.Entry:
    begin, end = str(posting.from_date), _until(posting.until_date)
    changes = {"duty": [None, posting.duty], "from": [None, begin], "until": [None, end]}
    return journal.Entry("posting.given", posting.person, posting.unit, changes, new.reason)


def _locked(people: list[int]) -> QuerySet[Person]:
    return Person.objects.select_for_update().filter(pk__in=people).order_by("pk")


def _chunks(keys: list[int], size: int = 500) -> Iterator[list[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _until(day: date) -> str:
    return "" if day == FOREVER else str(day)
