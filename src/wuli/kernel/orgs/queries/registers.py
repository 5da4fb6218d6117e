"""Units, people and duties of a day, by whatever a program may ask for, within what its duties reach.

Today's people come from `Person`, those of another day from assignments, both in the order of today's tree.
"""

from datetime import date

from django.db.models import FETCH_RAISE, Q, QuerySet

from wuli.base.clock import today

from ..models import Assignment, Kind, Line, Person, Placement, Posting, Region, Unit, User
from ..models.unit import under
from ..rules.duties import Perm
from .people import beginning, inside, matching
from .postings import postings_for
from .scope import reach


def units_on(
    user: User,
    day: date,
    *,
    within: Unit | None = None,
    line: str | None = None,
    kind: str | None = None,
    region: str | None = None,
    code: str | None = None,
    text: str = "",
) -> QuerySet[Placement]:
    """The units open that day, by the name and place they had then."""
    found = Placement.objects.on(day).filter(reach(user, Perm.UNIT_VIEW).units("unit__path"))
    if within:
        found = found.filter(_under_then(within, day))
    if region:
        found = found.filter(beginning("unit__region", _region_stem(region)))
    if text:
        found = found.filter(_called(text))
    for field, value in {"unit__line": line, "unit__kind": kind, "unit__code": code}.items():
        found = found.filter(**{field: value}) if value else found
    return found.select_related("unit__serves", "unit__merged_into", "parent").fetch_mode(FETCH_RAISE)


def people_on(
    user: User,
    day: date,
    *,
    within: Unit | None = None,
    number: str | None = None,
    contractor: bool | None = None,
    no_cell: bool | None = None,
    text: str = "",
) -> QuerySet[Person] | QuerySet[Assignment]:
    """Everyone on the roll that day; of another day than today, as the assignments they then had."""
    scope, place = reach(user, Perm.PERSON_VIEW), _in_place(day, contractor, no_cell)
    called = Q(number=number) if number else Q()
    if text:
        called &= matching(text)
    if day == today():
        found = Person.objects.on_roll(day).filter(inside(scope, within), called, place)
        return found.select_related("unit", "employer", "post", "branch").fetch_mode(FETCH_RAISE)
    then = Assignment.objects.on(day).filter(scope.people("person__"), place)
    if called:
        then = then.filter(person__in=Person.objects.filter(called).values("pk"))
    if within:
        then = then.filter(_belonging_then(within, day))
    return then.select_related("person", "unit", "employer", "post", "branch").fetch_mode(FETCH_RAISE)


def duties_on(
    user: User, day: date, *, within: Unit | None = None, unit: int | None = None, person: int | None = None,
    duty: str | None = None,
) -> QuerySet[Posting]:  # fmt: skip
    """The duties in force that day at units within reach."""
    found = postings_for(user, day, within=within, duty=duty or "")
    for field, value in {"unit": unit, "person": person}.items():
        found = found.filter(**{field: value}) if value else found
    return found.fetch_mode(FETCH_RAISE)


def regions(*, level: str | None = None, parent: str | None = None, text: str = "") -> QuerySet[Region]:
    found = Region.objects.all()
    if text:
        found = found.filter(Q(name__contains=text) | Q(name_en__icontains=text) | beginning("code", text.upper()))
    for field, value in {"level": level, "parent": parent}.items():
        found = found.filter(**{field: value}) if value else found
    return found


def placed_on(unit: Unit, day: date) -> Placement | None:
    """Where `unit` hung and what it was called that day; None when it was not open."""
    return unit.placements.on(day).select_related("parent").order_by("pk").first()


def assigned_on(person: Person, day: date) -> Assignment | None:
    """Where `person` belonged that day; None when not on the roll."""
    held = person.assignments.on(day).select_related("unit", "employer", "post", "branch")
    found: Assignment | None = held.order_by("pk").first()
    return found


def _under_then(unit: Unit, day: date) -> Q:
    own = placed_on(unit, day)
    return under(own.path) if own else Q(pk__in=[])


def _belonging_then(unit: Unit, day: date) -> Q:
    below = Placement.objects.on(day).filter(_under_then(unit, day)).values("unit")
    return Q(unit__in=below) if unit.line == Line.OPERATIONS else Q(branch__in=below)


def _in_place(day: date, contractor: bool | None, no_cell: bool | None) -> Q:
    wanted = Q()
    if contractor is not None:
        wanted &= Q(employer__isnull=contractor)
    if no_cell is not None:
        cells = Unit.objects.filter(kind=Kind.TEAM, closed_on__gt=day)
        others = Unit.objects.exclude(kind=Kind.TEAM, closed_on__gt=day)
        wanted &= Q(unit__in=(others if no_cell else cells).values("pk"))
    return wanted


def _called(text: str) -> Q:
    plain = text.lower().replace(" ", "")
    by_sign = beginning("unit__code", text.upper())
    if text.isascii():
        return by_sign | beginning("unit__pinyin", plain) | beginning("unit__initials", plain)
    return Q(name__contains=text)


def _region_stem(code: str) -> str:
    """A province or city stands for all that lies in it: 530000 → 53, 530100 → 5301."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
