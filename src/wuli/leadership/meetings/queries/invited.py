"""Who is asked to a meeting: by name, or whoever holds a duty on its day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wuli.kernel.orgs.models import Person, Posting, Unit
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.scope import NOTHING
from wuli.leadership.command.queries import groups, responses

from ..models import Meeting, Seat, Series

MOST = 300
"""People asked to one meeting: more is an assembly, and its roll would not fit into one form."""


@dataclass(frozen=True)
class Invited:
    """Someone asked; with a duty and its unit if they are asked for that."""

    person: int
    duty: str = ""
    unit: int | None = None


def invited(series: Series, on: date, *, also: tuple[Person, ...] = ()) -> list[Invited]:
    """Each once, by name before by duty; nobody who is not on the roll that day.

    Who stands in for a duty is asked beside whom they stand in for.
    """
    seats = list(series.seats.select_related("unit").order_by("pk"))
    by_name = [person.pk for person in also] + [seat.person_id for seat in seats if seat.person_id]
    there = set(Person.objects.filter(pk__in=by_name).on_roll(on).values_list("pk", flat=True))
    found = {pk: Invited(pk) for pk in by_name if pk in there}
    for person, duty, unit in _holders(seats, on):
        found.setdefault(person, Invited(person, duty, unit))
    for person in _leading(seats, on):
        found.setdefault(person, Invited(person))
    return list(found.values())[:MOST]


def expected_of(meeting: Meeting) -> list[Invited]:
    return invited(meeting.series, meeting.on, also=(meeting.chair, meeting.secretary))


def named(series: Series, on: date) -> list[Person]:
    """Who would be asked on a day, for the page of the series."""
    keys = [one.person for one in invited(series, on)]
    people = Person.objects.select_related("unit").in_bulk(keys)
    return [people[key] for key in keys]


def head_of(unit: Unit, on: date) -> Person | None:
    """Who answers for a unit on a day: the head, of a Party body its secretary; the longest there if there are two."""
    held = Posting.objects.on(on).filter(unit=unit, duty__in=("head", "party_secretary"), stands_in_for__isnull=True)
    on_roll = held.filter(person__on_roll_from__lte=on, person__on_roll_until__gt=on)
    found = on_roll.select_related("person__unit").order_by("from_date", "pk").first()
    return found.person if found else None


def _leading(seats: list[Seat], on: date) -> list[int]:
    """Who leads the responses in force at the units of such seats; nobody while there is none."""
    units = [seat.unit for seat in seats if seat.leading_group and seat.unit]
    return [
        member.person_id for unit in units for response in responses.active_at(unit, on)
        for member in groups.members(response, unit, on)
    ]  # fmt: skip


def _holders(seats: list[Seat], on: date) -> list[tuple[int, str, int]]:
    wanted = NOTHING
    for seat in seats:
        if seat.unit is None or seat.leading_group:
            continue
        place = under(seat.unit.path, "unit__path") & Q(unit__kind=seat.kind) if seat.kind else Q(unit=seat.unit)
        wanted |= Q(duty=seat.duty) & place
    held = Posting.objects.on(on).filter(
        wanted, unit__closed_on__gt=on, person__on_roll_from__lte=on, person__on_roll_until__gt=on
    )
    return list(held.order_by("unit__path", "from_date", "pk").values_list("person", "duty", "unit")[: MOST * 2])
