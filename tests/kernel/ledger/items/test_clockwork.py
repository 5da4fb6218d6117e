"""Owed, missed, late, how high: pure functions of dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuli.kernel.ledger.models import Cadence
from wuli.kernel.ledger.rules.clockwork import Colour, due_colour, missed, next_follow_up, owed

MONDAY = date(2020, 2, 3)
DAY = timedelta(days=1)


def day(number):
    return MONDAY + number * DAY


@pytest.mark.parametrize(
    ("left", "colour"),
    [
        (None, Colour.GREY), (4, Colour.GREY), (3, Colour.BLUE), (0, Colour.BLUE), (-1, Colour.YELLOW),
        (-3, Colour.YELLOW), (-4, Colour.RED), (-400, Colour.RED),
    ],
)  # fmt: skip
def test_the_colour_of_a_due_date(left, colour):
    assert due_colour(None if left is None else day(left), MONDAY) == colour


@pytest.mark.parametrize(
    ("cadence", "since", "until", "days"),
    [
        ("none", 0, 30, []),
        ("daily", 0, 0, []),
        ("daily", 0, 3, [1, 2, 3]),
        ("daily", -5, 1, [1]),
        ("daily", 2, 3, [2, 3]),
        ("weekly", 0, 6, []),
        ("weekly", 0, 14, [7, 14]),
        ("weekly", 8, 21, [14, 21]),
        ("weekly", 7, 7, [7]),
    ],
)
def test_days_on_which_a_follow_up_is_owed(cadence, since, until, days):
    assert owed(cadence, MONDAY, day(since), day(until)) == [day(number) for number in days]


@pytest.mark.parametrize(
    ("cadence", "followed", "today", "days"),
    [
        ("daily", [], 1, []),
        ("daily", [], 2, [1]),
        ("daily", [1, 3], 5, [2, 4]),
        ("daily", [0], 2, [1]),
        ("weekly", [], 7, []),
        ("weekly", [], 8, [7]),
        ("weekly", [3], 8, []),
        ("weekly", [7], 15, [14]),
        ("weekly", [0], 8, [7]),
    ],
)
def test_days_that_passed_without_the_follow_up_they_were_owed(cadence, followed, today, days):
    found = missed(cadence, MONDAY, [day(number) for number in followed], MONDAY, day(today))
    assert found == [day(number) for number in days]


@pytest.mark.parametrize(
    ("cadence", "followed_to", "following"),
    [
        ("none", None, None), ("daily", None, 1), ("daily", 0, 1), ("daily", 1, 2), ("daily", 9, 10),
        ("weekly", None, 7), ("weekly", 0, 7), ("weekly", 1, 14), ("weekly", 7, 14), ("weekly", 8, 21),
        ("daily", -3, 1),
    ],
)  # fmt: skip
def test_the_next_follow_up(cadence, followed_to, following):
    found = next_follow_up(cadence, MONDAY, None if followed_to is None else day(followed_to))
    assert found == (None if following is None else day(following))


@given(st.sampled_from(["daily", "weekly"]), st.sets(st.integers(0, 40)), st.integers(0, 60))
def test_the_next_follow_up_is_the_first_one_missed_after_the_last_one_made(cadence, followed, today):
    """Two ways to the same: what lies behind the newest follow-up, counted one by one, and by one formula."""
    newest = max((day(number) for number in followed), default=None)
    following = next_follow_up(cadence, MONDAY, newest)
    late = [one for one in missed(cadence, MONDAY, [day(n) for n in followed], MONDAY, day(today)) if one >= following]
    assert late == owed(cadence, MONDAY, following, day(today - 1))
    assert (following < day(today)) == bool(late)


def test_every_cadence_says_when_it_is_owed_or_that_it_never_is():
    assert {cadence: bool(owed(cadence, MONDAY, MONDAY, day(7))) for cadence in Cadence} == {
        Cadence.NONE: False, Cadence.DAILY: True, Cadence.WEEKLY: True,
    }  # fmt: skip
