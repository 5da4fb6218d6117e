"""People on the roll, found by unit, name, pinyin, number; never outside what the asker's duties reach."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from ..models import Assignment, Line, Person, Unit, User
from ..models.unit import under
from ..rules.duties import Perm
from .scope import Scope, people_where, reach

LAST_SIGN = "\U0010ffff"
FEW = 500
ORDER = ("path", "number")
"""Tree order: a subtree's people are one range of the index, so that scope costs nothing."""


def person_for(user: User, pk: int, perm: Perm = Perm.PERSON_VIEW) -> Person:
    """The person, if within reach of `user` for `perm`; else the same 404 as for one who does not exist."""
    return get_object_or_404(people_where(user, perm).select_related("unit", "employer", "branch", "post"), pk=pk)


def person_of(user: User) -> Person:
    """Who stands behind an account. Raises Refused for an account that belongs to nobody."""
    if user.person is None:
        raise Refused(_("这个账号没有对应的在册人员，不能办理"))
    return user.person


def roster_for(user: User, on: date, *, within: Unit | None = None, text: str = "") -> QuerySet[Person]:
    """Everyone on the roll that day whom `user` may see, in tree order; under `within`, matching `text`."""
    seen = inside(reach(user, Perm.PERSON_VIEW), within)
    people = Person.objects.on_roll(on).filter(seen).select_related("unit", "post").order_by(*ORDER)
    return people.filter(matching(text)) if text.strip() else people


def search_people(user: User, text: str, on: date, *, limit: int = 8) -> list[Person]:
    """The first few whose name, pinyin, initials or number begin with `text`, else whose name contains it."""
    found = people_where(user, Perm.PERSON_VIEW).on_roll(on).select_related("unit", "post")
    first = list(found.filter(matching(text)).order_by(*ORDER)[:limit])
    if first or text.isascii():
        return first
    # Names are read through their index, in its order; only the few found are fetched.
    within = people_where(user, Perm.PERSON_VIEW).filter(name__contains=text.strip())
    keys = list(within.order_by("name").values_list("pk", flat=True)[:limit])
    return list(found.filter(pk__in=keys).order_by(*ORDER))


def inside(scope: Scope, unit: Unit | None) -> Q:
    """Who is in `scope` and, if a unit is given, belongs to it: through teams by one range, through branches by two."""
    if unit is None:
        return scope.people()
    if unit.line != Line.OPERATIONS:
        return scope.people() & belonging_to(unit)
    teams = Scope(tuple(root for root in scope.roots if root[1] == Line.OPERATIONS)).within(unit.path)
    branches = Scope(tuple(root for root in scope.roots if root[1] != Line.OPERATIONS))
    return teams.people() | branches.people() & belonging_to(unit) if branches else teams.people()


def belonging_to(unit: Unit) -> Q:
    """People of `unit` and below: by their team in the operations line, by their branch in the Party line."""
    if unit.line == "operations":
        return under(unit.path)
    return Q(branch__in=Unit.objects.under(unit).values("pk"))


def matching(text: str) -> Q:
    """Whose name, pinyin, initials or number begins with `text`.

    A few are named by key, or the database would walk the whole tree to find that hardly anyone is meant;
    of many, that walk meets the first ones soon.
    """
    fields, text = _sought(text)
    keys = [_first_keys(field, text) for field in fields]
    if all(len(found) < FEW for found in keys):
        return Q(pk__in={key for found in keys for key in found})
    return reduce(or_, (beginning(field, text) for field in fields))


def _sought(text: str) -> tuple[tuple[str, ...], str]:
    text = text.strip()
    if any(sign.isdigit() for sign in text):
        return ("number",), text
    if text.isascii():
        return ("pinyin", "initials"), text.lower().replace(" ", "").replace("'", "")
    return ("name",), text


def _first_keys(field: str, text: str) -> list[int]:
    found = Person.objects.filter(beginning(field, text)).order_by(field)
    return list(found.values_list("pk", flat=True)[:FEW])


def beginning(field: str, text: str) -> Q:
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + LAST_SIGN})


def history_of(person: Person) -> QuerySet[Assignment]:
    return person.assignments.select_related("unit", "employer", "post", "branch").order_by("-from_date", "pk")


def roll_on(day: date, unit: Unit) -> QuerySet[Assignment]:
    """The roll of a past day: assignments of everyone who then belonged under where `unit` then hung."""
    paths = unit.placements.on(day).values_list("path", flat=True)
    inside = Q(pk__in=[])
    for path in paths:
        inside |= under(path, "unit__placements__path")
    return Assignment.objects.on(day).filter(
        inside, unit__placements__from_date__lte=day, unit__placements__until_date__gt=day
    )  # fmt: skip
