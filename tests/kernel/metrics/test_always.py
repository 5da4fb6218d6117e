"""What holds of every metric on random trees, people and days (design §3, rules 2, 8 and 9)."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from unittest import mock

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import world as named
from tests.kernel.cascade import asking
from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import freezing, rounds
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.ledger.actions.items import open_item
from wuli.kernel.metrics.actions.readings import take_due
from wuli.kernel.metrics.models import Reading
from wuli.kernel.metrics.queries import numbers, readings
from wuli.kernel.metrics.rules.metrics import Rolls, known
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import Placement, Unit

from .recount import by_hand

ASKED = asking.DAY
BEFORE = ASKED - timedelta(days=10)
NOW = datetime(2020, 2, 20, 2, 0, tzinfo=UTC)
CODES = [new.code for new in named.OPERATIONS[1:]]
TEAMS = ["W1-T1", "W1-T2", "W2-T1", "W3-T1", "G-OFFICE", "WORKS-2"]
NAMES = [name for _number, name, *_rest in named.PEOPLE]
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["move", "merge", "close"]), st.sampled_from(CODES), st.sampled_from(["G", *CODES]),
            st.integers(0, 45),
        ),
        st.tuples(st.just("transfer"), st.sampled_from(NAMES), st.sampled_from(TEAMS), st.integers(0, 45)),
        st.tuples(st.just("leave"), st.sampled_from(NAMES), st.just(""), st.integers(1, 45)),
        st.tuples(st.just("answer"), st.sampled_from(CODES), st.just(""), st.integers(0, 1)),
        st.tuples(st.just("item"), st.sampled_from(CODES), st.sampled_from(NAMES), st.integers(-3, 3)),
    ),
    max_size=10,
)  # fmt: skip
FEW = {
    "deadline": None, "suppress_health_check": list(HealthCheck), "max_examples": 3,
    "phases": [Phase.explicit, Phase.generate],  # each example builds a world: shrinking would take minutes
}  # fmt: skip


class AfterAnything(TestCase):
    @settings(**FEW)
    @given(STEPS, st.sampled_from([DAY_ONE, BEFORE, ASKED, NOW.date()]))
    def test_every_number_is_a_count_of_its_rows_and_children_add_up(self, steps, day):
        world = named.build()
        asked = asking.evening(world)
        for step in steps:
            _try(asked, *step)

        with _clock():
            for path in Placement.objects.on(day).values_list("path", flat=True):
                for metric in known().values():
                    self._is_counted_and_adds_up(metric, path, day)

    def _is_counted_and_adds_up(self, metric, path, day):
        number = numbers.value(metric, Part(path, day))
        if not numbers.is_told(metric, path, day):
            assert number is None
            return
        assert number == by_hand(metric, Part(path, day)), (metric.code, path, day)
        below = numbers.by_child(metric, path, day)
        for child, told in below.items():
            assert child == path or told == numbers.value(metric, Part(child, day)), (metric.code, child)
        if metric.rolls == Rolls.SUM:
            assert sum(below.values()) == number
        if metric.rolls == Rolls.DISTINCT:
            assert max(below.values(), default=0) <= number <= sum(below.values())

    @settings(**FEW)
    @given(STEPS, STEPS)
    def test_a_past_day_stays_as_it_was_whatever_moves_or_leaves_later(self, earlier, later):
        world = named.build()
        asked = asking.evening(world)
        for step in earlier:
            _try(asked, *step)
        metrics = [metric for metric in known().values() if metric.keeps_past and not metric.code.startswith("cascade")]
        paths = list(Placement.objects.on(BEFORE).values_list("path", flat=True))
        then = {(m.code, path): numbers.value(m, Part(path, BEFORE)) for m in metrics for path in paths}

        for verb, *rest, days in later:
            _try(asked, verb, *rest, 46 + max(days, 0))

        assert then == {(m.code, path): numbers.value(m, Part(path, BEFORE)) for m in metrics for path in paths}

    @settings(**FEW)
    @given(STEPS)
    def test_readings_are_what_was_counted_and_stay(self, steps):
        world = named.build()
        asked = asking.evening(world)
        freezing.freeze_due(asking.at(18))
        after_midnight = datetime(2020, 2, 3, 16, 5, tzinfo=UTC)
        while take_due(after_midnight):
            pass
        read = {(one.metric, one.unit_id, one.on): one.value for one in Reading.objects.all()}
        with _clock(after_midnight):
            for one in Reading.objects.filter(on=ASKED).select_related("unit"):
                assert not readings.restated(one), one

        for step in steps:
            _try(asked, *step)
        while take_due(after_midnight):
            pass

        assert {(one.metric, one.unit_id, one.on): one.value for one in Reading.objects.all()} == read
        assert Unit.objects.filter(pk__in={unit for _metric, unit, _on in read}, kind="team").count() == 0


def _clock(at=NOW):
    return mock.patch("wuli.base.clock.timezone.now", return_value=at)


def _try(asked, verb, who, target, days):
    world, on = asked.world, DAY_ONE + timedelta(days=days)
    when = {"on": on, "by": world.user("赵系"), "at": START}
    with suppress(Refused):
        if verb == "answer":
            asked.answer(who, asking.at(14), abnormal=days)
        elif verb == "item":
            open_item(
                kind="task", title="整改", unit=world.unit(who), owner=world.person(target),
                due_on=NOW.date() + timedelta(days=days), by=world.user("顾岚"), at=NOW,
            )  # fmt: skip
        elif verb == "transfer":
            place = Place(world.unit(target), world.unit("WORKS-1"))
            people.transfer(person=world.person(who), place=place, **when)
        elif verb == "leave":
            people.leave(person=world.person(who), **when)
        elif verb == "close":
            units.close_unit(unit=world.unit(who), **when)
        else:
            getattr(units, f"{verb}_unit")(unit=world.unit(who), target=world.unit(target), **when)
        rounds.follow_tree(asking.at(9))
