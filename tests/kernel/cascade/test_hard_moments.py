"""Moments at which something goes wrong if it can: the freeze instant, two at once, a tick run twice or missed, a night
that loses or gains an hour."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import chasing, freezing, reviewing, rounds
from wuli.kernel.cascade.models import Call, Figure, Review, Round, Slot
from wuli.kernel.cascade.queries import figures
from wuli.kernel.cascade.rules.times import dates_due, hours_of
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice

from . import asking
from .asking import DAY, at

NEW_YORK = "America/New_York"


def top(asked):
    return Figure.objects.select_related("round").get(round=asked.round, unit__code="G")


@pytest.mark.parametrize("frozen_first", [False, True])
def test_what_comes_at_the_freeze_instant_comes_after_it_whether_or_not_the_tick_was_faster(asked, frozen_first):
    asked.answer("W1-T1", at(14), abnormal=1)
    if frozen_first:
        freezing.freeze_due(at(18))
    asked.answer("W2-T1", at(18), abnormal=2, reason="现场无信号")
    reviewing.exempt(slot=asked.slot("W3-T1"), reason="休假", by=asked.keeper, at=at(18))
    freezing.freeze_due(at(18, 1))

    assert (top(asked).totals["abnormal"], top(asked).coverage["exempt"]) == (1, 0)
    assert [reply.slot.unit.code for reply in figures.restatements(top(asked))] == ["W2-T1"]
    assert [slot.unit.code for slot in figures.spared_since(top(asked))] == ["W3-T1"]
    recount, _counted = figures.totals(asked.round, top(asked).path, until=top(asked).freeze_at)
    assert recount == top(asked).totals


def test_what_began_before_the_freeze_and_ended_after_it_stands_beside_the_figure(asked):
    freezing.freeze_due(at(18, 1))

    with pytest.raises(Refused, match="已经定数"):
        asked.answer("W2-T1", at(17, 59), abnormal=2)
    reply = asked.answer("W2-T1", at(17, 59), abnormal=2, reason="网络慢")

    assert reply.at == at(18, 1)
    assert list(figures.restatements(top(asked))) == [reply]


def test_two_reviewers_accept_the_same_answer_once(asked):
    asked.answer("W1-T1", at(14))
    seen_by_both = asked.slot("W1-T1")
    for who in ("诺敏", "顾岚"):
        reviewing.accept(slots=[seen_by_both], by=asked.world.user(who), at=at(15))

    assert Review.objects.count() == 1
    assert Event.objects.filter(verb="reply.accepted").count() == 1


def test_one_returns_what_another_was_about_to_accept(asked):
    asked.answer("W1-T1", at(14))
    seen_by_both = asked.slot("W1-T1")
    reviewing.send_back(slot=seen_by_both, fields={"abnormal": "核对"}, by=asked.world.user("诺敏"), at=at(15))

    with pytest.raises(Refused, match="已经退回，等待重报"):
        reviewing.accept(slots=[seen_by_both], by=asked.keeper, at=at(15))
    assert [review.verdict for review in Review.objects.all()] == ["returned"]


def test_what_was_exempted_meanwhile_takes_no_answer(asked):
    asked.slot("W2-T1")
    reviewing.exempt(slot=asked.slot("W2-T1"), reason="休假", by=asked.keeper, at=at(14))
    with pytest.raises(Refused, match="铸造班本次免报：休假"):
        asked.answer("W2-T1", at(14))
    with pytest.raises(Refused, match="铸造班已经免报"):
        reviewing.exempt(slot=asked.slot("W2-T1"), reason="休假", by=asked.keeper, at=at(14))


def tick(moment):
    """In the order in which the house does it."""
    did = rounds.follow_tree(moment) + rounds.open_due(moment)
    return did + chasing.chase_due(moment) + freezing.freeze_due(moment)


@pytest.fixture
def chased(world):
    for code, name in (("W3-T1", "马力"), ("W1-T2", "林河")):
        asking.give(world, name, "grid_keeper", code)
    return asking.evening(world, chasing=[-60, 0, 30])


def test_a_tick_run_twice_does_nothing_the_second_time(chased):
    for hour in (9, 14, 15, 16, 18, 19):
        assert tick(at(hour)) >= 0
        seen = (Notice.objects.count(), Event.objects.count(), Slot.objects.values_list("chased", flat=True)[0])
        assert tick(at(hour)) == 0
        assert (Notice.objects.count(), Event.objects.count(), Slot.objects.values_list("chased", flat=True)[0]) == seen


def test_a_tick_missed_for_three_days_opens_fixes_and_reminds_once_for_each(chased):
    tick(at(19, days=3))

    days = list(Round.objects.order_by("on").values_list("on", "closed_at"))
    assert days == [(DAY + timedelta(days=n), at(19, days=3)) for n in range(4)]
    assert not Figure.objects.filter(frozen_at__isnull=True).exists()
    assert {slot.chased for slot in Slot.objects.filter(kind="team")} == {1}
    assert Notice.objects.filter(person__name="马力").count() == 4  # one a round, not three
    assert tick(at(19, 1, days=3)) == 0


def call(**hours):
    return Call(
        cadence="daily", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1), hours={"team": list(hours.values())}
    )


@pytest.mark.parametrize(
    ("day", "opens", "due", "freeze"),
    [
        ("2020-03-07", 5, 20, 21),
        ("2020-03-08", 5, 19, 20),  # the night lost an hour; three in the afternoon is three in the afternoon
        ("2020-11-01", 4, 20, 21),
    ],
)
def test_hours_are_those_of_the_clock_on_the_wall(day, opens, due, freeze):
    found = hours_of(call(opens=0, due=15 * 60, freeze=16 * 60), "team", NEW_YORK, date.fromisoformat(day))
    assert [moment.astimezone(UTC).hour for moment in (found.opens_at, found.due_at, found.freeze_at)] == [
        opens, due, freeze
    ]  # fmt: skip


def test_in_the_hour_that_a_night_loses_nothing_is_fixed_before_it_is_due():
    found = hours_of(call(opens=2 * 60, due=2 * 60 + 30, freeze=3 * 60), "team", NEW_YORK, date(2020, 3, 8))
    assert found.opens_at <= found.due_at <= found.freeze_at


def test_a_day_begins_first_in_the_east_and_is_asked_once():
    midnight = datetime(2020, 2, 3, 15, 0, tzinfo=UTC)  # midnight in Tokyo, eleven at night in Shanghai
    asked, zones = call(opens=0, due=900, freeze=960), ["Asia/Shanghai", "Asia/Tokyo", NEW_YORK]
    assert list(dates_due(asked, zones, midnight))[-1] == date(2020, 2, 4)
    assert list(dates_due(asked, zones[:1], midnight))[-1] == date(2020, 2, 3)
    assert list(dates_due(asked, [], midnight)) == []
