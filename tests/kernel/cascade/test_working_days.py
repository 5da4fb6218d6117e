"""Calls that ask on working days, on weekdays, on a day of the month: who is asked when, and who is at rest."""

from datetime import date, timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import calls, freezing, rounds
from wuli.kernel.cascade.models import Call, Figure, Round
from wuli.kernel.cascade.queries.coverage import Coverage, coverage
from wuli.kernel.cascade.rules.times import is_asked_on, rhythm
from wuli.kernel.orgs.actions import calendars, units
from wuli.kernel.orgs.actions.calendars import NewException
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Region

from . import asking
from .asking import DAY, MORNING, at

SATURDAY = date(2020, 2, 8)
PROVINCE_SAYS = "不早于 2 月 9 日 24 时复工"


@pytest.fixture
def places(world):
    """All but the South stand in Guangdong, the South in Saudi Arabia, where Friday and Saturday are the weekend."""
    by = world.user("赵系")
    for code, unit in (("SA", "SOUTH"), ("440000", "G")):
        region = Region.objects.create(code=code, name=code, level="country" if code == "SA" else "province")
        units.amend_unit(unit=world.unit(unit), by=by, at=MORNING, region=region)


@pytest.fixture
def asked(world, places):
    return asking.evening(world, cadence="workdays")


def close_province(first=DAY, last=date(2020, 2, 9)):
    new = NewException(False, PROVINCE_SAYS, first, last + timedelta(days=1), Region.objects.get(pk="440000"))
    return calendars.declare(new, by=None, at=MORNING)


def days():
    return list(Round.objects.order_by("on").values_list("on", flat=True))


def test_who_rests_is_exempt_with_the_reason_and_not_missing(world, places):
    close_province()
    asked = asking.evening(world, cadence="workdays")

    assert coverage(asked.round, "") == Coverage(missing=3, exempt=8, resting=8)
    slot = asked.slot("W1-T1")
    assert (slot.state, slot.rests, slot.exempt_reason) == ("exempt", True, PROVINCE_SAYS)
    with pytest.raises(Refused, match=f"电解一班本次免报：{PROVINCE_SAYS}"):
        asked.answer("W1-T1", at(14))
    freezing.freeze_due(at(18))
    assert Figure.objects.get(unit__code="G").coverage["resting"] == 8


def test_each_slot_notes_where_its_unit_stood(asked, world):
    assert asked.slot("W1-T1").region_id == "440000"
    assert asked.slot("W3-T1").region_id == "SA"
    units.amend_unit(unit=world.unit("SOUTH"), by=world.user("赵系"), at=MORNING, region=None)
    assert asked.slot("W3-T1").region_id == "SA"


def test_a_day_on_which_everybody_rests_has_no_round(asked):
    assert rounds.open_due(at(9, days=7)) == 6
    assert days() == [date(2020, 2, n) for n in (3, 4, 5, 6, 7, 9, 10)]  # Friday at home, Sunday in the South only
    resting = {one.on.day: coverage(one, "").resting for one in Round.objects.all()}
    assert resting == {3: 0, 4: 0, 5: 0, 6: 0, 7: 3, 9: 8, 10: 0}


def test_a_weekend_worked_for_a_longer_holiday_is_asked(world, places):
    asked = asking.evening(world, day=date(2020, 1, 19), cadence="workdays")
    assert coverage(asked.round, "").resting == 0


def test_what_was_decided_stays_when_someone_edits_the_calendar(asked, world):
    before = coverage(asked.round, "")
    close_province()
    rounds.follow_tree(at(10))
    assert coverage(asked.round, "") == before

    units.open_unit(NewUnit("W1-T3", "team", "电解三班", "W1-SHOP"), on=DAY, by=world.user("赵系"), at=at(10))
    rounds.follow_tree(at(10, 1))
    assert asked.slot("W1-T3").rests  # asked from now on, by what is known now
    assert not asked.slot("W1-T1").rests


def test_no_round_is_opened_for_a_past_day_after_the_newest(asked):
    rounds.open_due(at(9, days=7))
    known = days()
    calendars.declare(NewException(True, "加班", SATURDAY, SATURDAY + timedelta(days=1), Region.objects.get(pk="SA")),
                      by=None, at=at(9, days=7))  # fmt: skip
    assert rounds.open_due(at(10, days=7)) == 0
    assert days() == known


def test_a_unit_that_moves_while_the_round_is_open_is_noted_where_it_stands_now(asked, world):
    units.move_unit(unit=world.unit("W1-T2"), target=world.unit("WORKS-3"), on=DAY, by=world.user("赵系"), at=at(9))
    rounds.follow_tree(at(9, 1))
    assert asked.slot("W1-T2").region_id == "SA"


def call(cadence, days=(), starts_on=DAY):
    return Call(cadence=cadence, days=list(days), starts_on=starts_on)


@pytest.mark.parametrize(
    ("asked", "found", "words"),
    [
        (call("once"), [3], "一次"),
        (call("weekly"), [3, 10, 17, 24], "每周一"),
        (call("weekly", [1, 4]), [3, 6, 10, 13, 17, 20, 24, 27], "每周一、四"),
        (call("monthly", [10]), [10], "每月 10 日"),
        (call("monthly", [31]), [29], "每月 31 日"),
        (call("monthly"), [3], "每月 3 日"),
        (call("workdays"), list(range(1, 30)), "每个工作日"),
    ],
)
def test_the_days_of_a_rhythm(asked, found, words):
    assert [n for n in range(1, 30) if is_asked_on(asked, date(2020, 2, n))] == found
    assert rhythm(asked) == words


@pytest.mark.parametrize(("cadence", "wrong"), [("weekly", [8]), ("monthly", [0]), ("daily", [1])])
def test_a_day_that_the_rhythm_does_not_have_is_refused(world, cadence, wrong):
    with pytest.raises(Refused, match="没有这样的日子"):
        asking.evening(world, cadence=cadence, days=wrong)
    assert not Call.objects.filter(status="issued").exists()


def test_a_weekly_call_catches_up_after_an_outage(world):
    asking.evening(world, cadence="weekly", days=[1, 4])
    assert rounds.open_due(at(9, days=14)) == 4
    assert [day.day for day in days()] == [3, 6, 10, 13, 17]


def test_a_call_that_nobody_is_asked_by_opens_nothing(world):
    group = world.unit("G")
    new = calls.NewCall("report", "9", "空", group, {group: ["party_branch"]}, {"party_branch": (0, 1, 2)}, DAY,
                        cadence="workdays")  # fmt: skip
    calls.issue(call=calls.draft(new, by=None, at=MORNING), by=None, at=MORNING)
    assert rounds.open_due(at(9)) == 0
