"""Clock times become minutes of the business date and are told back as people write them."""

from datetime import time

import pytest

from wuli.base.errors import Refused
from wuli.leadership.reports.rules import hours


@pytest.mark.parametrize(
    ("clock", "minutes", "words"),
    [
        (("08:00", "16:30", "17:00"), (480, 990, 1020), ["08:00", "16:30", "17:00"]),
        (("16:00", "09:30", "10:00"), (960, 2010, 2040), ["16:00", "次日 09:30", "次日 10:00"]),
        (("20:00", "22:00", "06:00"), (1200, 1320, 1800), ["20:00", "22:00", "次日 06:00"]),
        (("00:00", "00:00", "00:00"), (0, 0, 0), ["00:00", "00:00", "00:00"]),
        (("23:00", "22:00", "21:00"), (1380, 2760, 4140), ["23:00", "次日 22:00", "2 天后 21:00"]),
    ],
)
def test_a_time_before_the_one_it_follows_is_on_the_next_day(clock, minutes, words):
    found = hours.minutes_of(*(time.fromisoformat(one) for one in clock))
    assert found == minutes
    assert [hours.clock_words(one) for one in found] == words


@pytest.mark.parametrize(
    ("text", "found"),
    [("-60, 0, 30", [-60, 0, 30]), ("30，-60、30", [-60, 30]), ("−15", [-15]), ("", []), ("  ", [])],
)
def test_reminders_are_read_as_people_type_them(text, found):
    assert hours.read_chasing(text) == found


@pytest.mark.parametrize("text", ["一小时", "1.5", "9999", "1 2 3 4 5 6 7"])
def test_reminders_that_make_no_sense_are_refused(text):
    with pytest.raises(Refused):
        hours.read_chasing(text)


def test_when_a_reminder_goes_in_words():
    assert [hours.chasing_words(n) for n in (-60, 0, 30)] == ["截止前 60 分钟", "到点时", "过后 30 分钟"]


def test_no_level_tells_its_figure_before_the_level_below():
    order = ["team", "workshop", "enterprise"]
    good = {"team": (0, 900, 930), "enterprise": (0, 990, 1020)}
    assert hours.why_not_hours(good, order) is None
    assert hours.why_not_hours(good | {"workshop": (0, 1100, 1110)}, order) == "企业比下级车间先定数，汇总会缺数"
