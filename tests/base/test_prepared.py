"""A prepared question tells what its queryset tells, and refuses to stand where more than its values differs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.utils import timezone

from wuli.base.prepared import Prepared
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.models import Kind, Person, Posting, Unit
from wuli.kernel.orgs.models.unit import under, way_to
from wuli.kernel.orgs.queries.scope import EMPTY, Scope

ON = date(2020, 2, 1)


def units_under(path, on):
    return Unit.objects.open(on).filter(under(path)).select_related("parent", "region").order_by("path")


def holders(path, on, kind=Kind.TEAM):
    held = Posting.objects.on(on).filter(unit=OuterRef("pk"))
    posts = Prefetch("postings", Posting.objects.select_related("person").order_by("pk"))
    return Unit.objects.filter(under(path), Exists(held), kind=kind).prefetch_related(posts).order_by("pk")


def people_of(keys, names=()):
    return Person.objects.filter(unit__in=keys).exclude(name__in=names).order_by("pk").values_list("name", "unit__name")


def names_within(scope):
    return Unit.objects.filter(scope.units()).order_by("path").values_list("name", flat=True)


def kinds_within(path):
    return Unit.objects.filter(under(path)).order_by("kind").values_list("kind").annotate(n=Count("pk"))


def test_it_tells_what_the_queryset_tells(world):
    paths = [unit.path for unit in world.units.values()]
    ask, count = Prepared(units_under), Prepared(kinds_within)
    for path in paths:
        assert ask(path=path, on=ON) == list(units_under(path, ON))
        assert count(path=path) == list(kinds_within(path))
    assert ask.first(path=paths[-1], on=ON) == units_under(paths[-1], ON).first()


def test_the_rows_beside_come_along_and_are_not_asked_again(world, django_assert_num_queries):
    top = world.units["G"].path
    Prepared(units_under)(path=top, on=ON)
    with django_assert_num_queries(2):
        made = Prepared(holders)(path=top, on=ON)
        assert made
        assert [post.person.name for unit in made for post in unit.postings.all()]
    with django_assert_num_queries(1):
        assert {unit.parent.name for unit in Prepared(units_under)(path=top, on=ON) if unit.parent_id}


def test_it_is_put_together_once_for_each_shape(world):
    built = []

    def build(keys, names):
        built.append((keys, names))
        return people_of(keys, names)

    ask = Prepared(build)
    keys = tuple(unit.pk for unit in world.units.values())
    for start in range(4):
        some = keys[start : start + 3]
        assert ask(keys=some, names=("顾岚",)) == list(people_of(some, ["顾岚"]))
    assert len(built) == 2
    assert ask(keys=keys[:2], names=()) == list(people_of(keys[:2]))
    assert len(built) == 4


def test_a_scope_is_taken_apart(world):
    ask = Prepared(names_within)
    for code in ("NORTH", "SOUTH", "WORKS-1"):
        unit = world.units[code]
        for scope in (Scope(((unit.path, unit.line),)), Scope((), tuple(way_to(unit.path))), EMPTY):
            assert ask(scope=scope) == list(names_within(scope))


def test_moments_and_what_is_no_value(world):
    def since(at, by, what):
        found = Event.objects.filter(at__gte=at, by=by) if by else Event.objects.filter(at__gte=at)
        return found.filter(verb__contains=what).order_by("pk") if what else found.order_by("pk")

    ask, at = Prepared(since), timezone.now() - timedelta(days=36500)
    assert ask(at=at, by=None, what="") == list(since(at, None, ""))
    assert ask(at=at, by=None, what="unit") == list(since(at, None, "unit"))
    assert ask(at=datetime(2999, 1, 1, tzinfo=UTC), by=None, what="") == []


@pytest.mark.parametrize(
    "build",
    [
        lambda on: Posting.objects.filter(from_date=on + timedelta(days=7)),
        lambda on: Unit.objects.filter(code=f"{on:%Y%m%d}"),
        lambda on: Unit.objects.filter(path__in=["a", "b"][: on.toordinal() % 2 + 1]),
    ],
    ids=["another day", "made of the day", "as many as the day"],
)
def test_what_does_not_follow_plainly_does_not_stand(build, db):
    with pytest.raises(ValueError, match="more than its values"):
        Prepared(build)(on=ON)


def test_a_row_is_no_value(world):
    with pytest.raises(TypeError, match="key"):
        Prepared(names_within)(scope=world.units["G"])


@pytest.mark.parametrize("made", ["dictionaries", "named"])
def test_what_gives_neither_rows_nor_lists_of_values_is_refused(made, db):
    ways = {
        "dictionaries": lambda: Unit.objects.values("name"),
        "named": lambda: Unit.objects.values_list("name", named=True),
    }
    with pytest.raises(TypeError, match="only rows"):
        Prepared(ways[made])()
