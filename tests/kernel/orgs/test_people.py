"""The roll: joining, moving, leaving; and what the past keeps of it."""

from datetime import date

import pytest

from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import people
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import Assignment, Person, Posting
from wuli.kernel.orgs.queries.people import roll_on

FEB, MARCH = date(2020, 2, 1), date(2020, 3, 1)
IDENTITY = "11010519491231002X"


@pytest.fixture
def keeper(world):
    return world.user("欧阳")


def on_roll(world, code, day):
    return sorted(roll_on(day, world.unit(code)).values_list("person__name", flat=True))


def test_someone_who_moves_is_counted_where_they_were_on_each_day(world, keeper):
    place = Place(world.unit("W2-T1"), world.unit("WORKS-2"), post="浇铸工", process_step="浇铸")

    people.transfer(person=world.person("林河"), place=place, on=FEB, by=keeper, at=START)

    assert on_roll(world, "W1-T2", date(2020, 1, 31)) == ["林河"]
    assert on_roll(world, "W1-T2", FEB) == []
    assert on_roll(world, "W2-T1", FEB) == ["周舟", "林河"]
    assert str(world.person("林河").post) == "浇铸 · 浇铸工"


def test_a_second_move_on_the_same_day_replaces_the_first(world, keeper):
    person = world.person("林河")
    for code in ("W2-T1", "W1-T1"):
        people.transfer(
            person=person, place=Place(world.unit(code), world.unit("WORKS-1")), on=FEB, by=keeper, at=START
        )

    assert person.assignments.count() == 2
    assert "林河" in on_roll(world, "W1-T1", FEB)


def test_someone_who_leaves_keeps_their_past_and_loses_their_duties(world, keeper):
    people.leave(person=world.person("才让"), on=FEB, by=keeper, at=START)

    assert "才让" in on_roll(world, "W1-T1", date(2020, 1, 31))
    assert "才让" not in on_roll(world, "W1-T1", FEB)
    assert not Posting.objects.on(FEB).filter(person__name="才让").exists()
    assert not Person.objects.on_roll(FEB).filter(name="才让").exists()


def test_an_identity_number_is_kept_encrypted_and_stands_nowhere_in_the_journal(world, keeper):
    place = Place(world.unit("W1-T1"), world.unit("WORKS-1"))

    person = people.join(
        number="20100", name="新人", place=place, on=FEB, by=keeper, at=START, identity=IDENTITY, phone="13800000000"
    )
    people.amend(person=person, phone="13911112222", by=keeper, at=START)

    assert IDENTITY.encode() not in bytes(Person.objects.get(pk=person.pk).identity)
    told = " ".join(str(event.changes) for event in Event.objects.about(person))
    assert IDENTITY not in told
    assert "13911112222" not in told
    assert "139****2222" in told


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"unit": "P-W1-A"}, "是党组织", id="cell of the wrong line"),
        pytest.param({"branch": "P-W1"}, "不是党支部", id="branch that is none"),
        pytest.param({"outside_employer": "某劳务公司"}, "只能填一个", id="two employers"),
        pytest.param({"employer": None}, "只能填一个", id="no employer"),
        pytest.param({"on": date(2019, 12, 1)}, "不能早于这一天", id="before the newest record"),
    ],
)
def test_a_refused_move_says_why_and_changes_nothing(world, keeper, change, says):
    said = {"unit": "W2-T1", "employer": "WORKS-2", "branch": None, "outside_employer": "", "on": FEB} | change
    on, outside = said.pop("on"), said.pop("outside_employer")
    place = Place(outside_employer=outside, **{k: world.unit(code) if code else None for k, code in said.items()})
    before = (list(Assignment.objects.values()), Event.objects.count())

    with pytest.raises(Refused, match=says):
        people.transfer(person=world.person("林河"), place=place, on=on, by=keeper, at=START)

    assert (list(Assignment.objects.values()), Event.objects.count()) == before


def test_a_number_in_use_is_refused(world, keeper):
    with pytest.raises(Refused, match="已被使用"):
        people.join(number="20003", name="某", place=Place(world.unit("W1-T1"), world.unit("WORKS-1")), on=DAY_ONE,
                    by=keeper, at=START)  # fmt: skip
