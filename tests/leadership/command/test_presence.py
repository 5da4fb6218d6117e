"""Those who lead are to be at post: expected from the first minute, each once, said by themselves or for them."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.metrics.recount import by_hand
from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.journal.models import Event
from wuli.kernel.metrics.queries import numbers
from wuli.kernel.metrics.rules.metrics import known
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.command.actions import presence, standing_down
from wuli.leadership.command.models import KeyPerson, Statement
from wuli.leadership.command.queries import presence as queries
from wuli.leadership.command.queries.presence import Roll

from .conftest import DAY, HOUR, MORNING, TODAY

AT = MORNING + HOUR


def expected(response):
    rows = queries.expected(response).order_by("unit__path", "pk")
    return [(one.person.name, one.unit.code, one.why) for one in rows.select_related("person", "unit")]


def key(name):
    return KeyPerson.objects.expected().get(person__name=name)


def test_heads_are_expected_from_the_first_minute(response):
    assert expected(response) == [("诺敏", "NORTH", "head"), ("周舟", "WORKS-2", "head"), ("石强", "SOUTH", "head")]
    assert queries.roll_of(response) == Roll(unstated=3)


def test_somebody_with_two_places_is_asked_once_at_the_higher(response, set_up, posted):
    posted("诺敏", "deputy", "WORKS-1")
    set_up("G", "顾岚", "周舟")
    presence.follow(response=response, at=AT)
    assert expected(response) == [
        ("周舟", "G", "group"), ("顾岚", "G", "group"), ("诺敏", "NORTH", "head"),
        ("石强", "SOUTH", "head")]  # fmt: skip


def test_a_secretary_is_expected_when_the_party_is_called_too(activate, posted):
    posted("党宁", "party_secretary", "P")
    assert ("党宁", "P", "secretary") in expected(activate(roots=["G", "P"]))


def test_who_is_expected_follows_duties_and_roll(response, world):
    old = world.person("诺敏").postings.get()
    postings.end_posting(posting=old, on=TODAY + DAY, by=world.user("钱安"), at=AT)
    postings.post(
        person=world.person("才让"), duty=Duty.HEAD, unit=world.unit("NORTH"), from_date=TODAY + DAY, by=None, at=AT
    )  # fmt: skip
    people.leave(person=world.person("周舟"), on=TODAY + DAY, by=world.user("赵系"), at=AT)

    assert [presence.follow_all(at=MORNING + n * DAY) for n in (0, 1, 1)] == [0, 3, 0]
    assert expected(response) == [("才让", "NORTH", "head"), ("石强", "SOUTH", "head")]
    assert KeyPerson.objects.get(person__name="周舟").until_date == TODAY + DAY


@pytest.mark.parametrize(
    ("who", "done"), [("诺敏", True), ("顾岚", True), ("林河", False), ("石强", False), ("才让", False)]
)
def test_who_may_say_where_somebody_is(response, world, who, done):
    todo = {"key": key("诺敏"), "status": "at_post", "by": world.user(who), "at": AT}
    if done:
        assert presence.state(**todo).said_by.name == who
    else:
        with pytest.raises(Refused, match="只有本人"):
            presence.state(**todo)
        assert not Statement.objects.exists()


def test_the_reporter_speaks_for_the_heads_of_their_unit(response, world, posted):
    posted("马力", "head", "WORKS-1")
    presence.follow(response=response, at=AT)
    presence.state(key=key("马力"), status="remote", by=world.user("林河"), at=AT)
    assert Event.objects.get(verb="key_person.stated").actor_name == "林河"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"status": "away"}, "原因"), ({"status": "away", "reason": "封路"}, "预计到岗日期"),
        ({"status": "away", "reason": "封路", "expected_on": TODAY - DAY}, "已经过去"),
        ({"status": "asleep"}, "请选择"),
        ({"status": "away", "reason": "封路", "expected_on": TODAY + DAY}, None), ({"status": "on_way"}, None),
    ],
)  # fmt: skip
def test_what_may_be_said(response, world, said, words):
    todo = {"key": key("诺敏"), "by": world.user("诺敏"), "at": AT} | said
    if words is None:
        assert presence.state(**todo).status == said["status"]
    else:
        with pytest.raises(Refused, match=words):
            presence.state(**todo)
        assert key("诺敏").status == ""


def test_all_that_was_said_is_kept_and_the_last_counts(response, world):
    by = world.user("诺敏")
    for n, status in enumerate(("on_way", "at_post")):
        presence.state(key=key("诺敏"), status=status, by=by, at=AT + n * HOUR, expected_on=TODAY + DAY)

    assert [one.status for one in queries.said_of(key("诺敏"))] == ["at_post", "on_way"]
    assert (key("诺敏").status, key("诺敏").expected_on) == ("at_post", None)


def test_several_are_said_to_be_there_at_once_or_none(response, world):
    keys = [key(name) for name in ("诺敏", "周舟")]
    assert presence.all_at_post(keys=keys, by=world.user("顾岚"), at=AT) == 2
    assert presence.all_at_post(keys=keys, by=world.user("顾岚"), at=AT) == 0
    with pytest.raises(Refused):
        presence.all_at_post(keys=[key("石强"), key("诺敏")], by=world.user("诺敏"), at=AT)
    assert queries.roll_of(response) == Roll(at_post=2, unstated=1)


def test_a_key_post_is_named_and_stays_until_they_leave(response, world):
    said = {"response": response, "person": world.person("才让"), "unit": world.unit("WORKS-1"), "post": "调度长"}
    with pytest.raises(Refused):
        presence.name(by=world.user("林河"), at=AT, **said)
    presence.name(by=world.user("诺敏"), at=AT, **said)
    with pytest.raises(Refused, match="已经在应到岗名单"):
        presence.name(by=world.user("诺敏"), at=AT, **said)
    presence.follow(response=response, at=AT)
    assert ("才让", "WORKS-1", "named") in expected(response)
    people.leave(person=world.person("才让"), on=TODAY + DAY, by=world.user("赵系"), at=AT)
    presence.follow(response=response, at=MORNING + DAY)
    assert "才让" not in [name for name, *_rest in expected(response)]


def test_where_the_day_has_not_begun_yet_they_can_say_it_too(response, world):
    unit = world.unit("SOUTH")
    unit.zone = "America/Lima"
    unit.save()
    assert presence.state(key=key("石强"), status="at_post", by=world.user("石强"), at=AT).status == "at_post"


def test_nobody_is_asked_any_more_when_it_is_over(response, world):
    standing_down.stand_down(response=response, reason="结束", conclusion="", by=world.user("顾岚"), at=AT)
    with pytest.raises(Refused, match="不再需要"):
        presence.state(key=key("诺敏"), status="at_post", by=world.user("诺敏"), at=AT)
    assert queries.mine(world.person("诺敏")) == []
    assert presence.follow_all(at=AT + timedelta(days=1)) == 0


STATES = ["", "at_post", "remote", "on_way", "away"]


@given(said=st.lists(st.sampled_from(STATES), min_size=5, max_size=5))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_children_add_up_and_numbers_equal_their_rows(world, response, set_up, clock, said):
    with transaction.atomic():
        set_up("G", "顾岚", "党宁")
        for one, status in zip(queries.expected(response).order_by("pk"), said, strict=True):
            if status:
                presence.state(
                    key=one, status=status, by=world.user("顾岚"), at=AT, reason="封路", expected_on=TODAY + DAY
                )  # fmt: skip
        for code in ("G", "NORTH", "SOUTH", "WORKS-2"):
            unit = world.unit(code)
            lines = queries.lines(response, unit)
            below = [queries.whole(queries.lines(response, line.unit)) for line in lines if not line.is_own]
            own = [line.roll for line in lines if line.is_own]
            assert sum([*below, *own], Roll()) == queries.whole(lines)
            part = Part(unit.path, TODAY)
            for name in ("expected", "at_post", "unstated", "presence"):
                metric = known()[f"command.{name}"]
                assert numbers.value(metric, part) == by_hand(metric, part)
            assert numbers.value(known()["command.expected"], part) == queries.whole(lines).expected
        assert queries.roll_of(response).expected == 5
        transaction.set_rollback(True)
