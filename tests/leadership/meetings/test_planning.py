"""Meetings are made ahead, follow their series until somebody touches them, and are never made up for."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from tests.leadership.meetings.conftest import EVENING_BEFORE, HALF_PAST_EIGHT, MONDAY, plan
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people, postings, units
from wuli.kernel.orgs.actions import planned as planned_changes
from wuli.kernel.orgs.actions.people import Place as Where
from wuli.kernel.orgs.models.posting import Duty, Posting
from wuli.leadership.meetings.actions import meetings, planning, series
from wuli.leadership.meetings.actions.planning import Extra
from wuli.leadership.meetings.actions.series import Place
from wuli.leadership.meetings.models import Meeting, Series
from wuli.leadership.meetings.queries.rhythm import calendar_at, days_ahead
from wuli.leadership.meetings.rules.times import meets_on, span

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("cadence", "day", "meets"),
    [
        ("daily", MONDAY, True), ("daily", MONDAY - DAY, False), ("workdays", MONDAY, True),
        ("workdays", MONDAY + 5 * DAY, False), ("weekly", MONDAY, True), ("weekly", MONDAY + DAY, False),
        ("on_call", MONDAY, False), ("daily", date(2020, 3, 1), False),
    ],
)  # fmt: skip
def test_on_which_days_a_series_meets(cadence, day, meets):
    told = SimpleNamespace(cadence=cadence, starts_on=MONDAY, ends_on=date(2020, 3, 1), weekdays=[0])
    assert meets_on(told, day, lambda: day.weekday() > 4) == meets


def test_the_clock_on_the_wall_decides_also_when_it_changes():
    begins, ends = span(date(2020, 3, 29), time(1, 30), 60, "Europe/Berlin")
    assert begins.astimezone(UTC) == datetime(2020, 3, 29, 0, 30, tzinfo=UTC)
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=1)


def test_working_days_are_those_of_the_units_place(begin, world):
    workdays = begin(cadence="workdays")
    calendar = calendar_at(EVENING_BEFORE)
    days = list(days_ahead(workdays, EVENING_BEFORE, calendar))
    assert MONDAY in days
    assert [day for day in days if calendar.why_rests(workdays.unit.path, day)] == []
    assert not {MONDAY + 5 * DAY, MONDAY + 6 * DAY} & set(days)


def test_the_tick_makes_a_week_ahead_once_and_nothing_of_an_outage(dispatch, clock):
    days = list(Meeting.objects.order_by("on").values_list("on", flat=True))
    assert days[0] == MONDAY
    assert planning.make_due(at=EVENING_BEFORE) == 0
    assert Meeting.objects.count() == len(days)

    after = EVENING_BEFORE + 30 * DAY
    clock(after)
    planning.make_due(at=after)

    made = set(Meeting.objects.values_list("on", flat=True)) - set(days)
    assert min(made) > after.date()
    assert Notice.objects.count() == 0


def test_a_changed_series_changes_meetings_to_come_but_not_those_somebody_arranged(world, dispatch, clock):
    first, second = Meeting.objects.order_by("on")[:2]
    head = world.user("诺敏")
    meetings.move(
        meeting=second, on=second.on, starts_at=time(15), minutes=30, place="线上", link="", by=head, at=EVENING_BEFORE
    )
    series.change(series=dispatch, plan=plan(world, starts_at=time(9), place="302"), by=head, at=EVENING_BEFORE)

    anew = Meeting.objects.get(on=first.on)
    assert (anew.starts_at, anew.venue, anew.uid) == (datetime(2020, 2, 3, 1, tzinfo=UTC), "302", first.uid)
    assert anew.sequence > first.sequence
    second.refresh_from_db()
    assert (second.starts_at, second.venue) == (datetime(2020, 2, 4, 7, tzinfo=UTC), "线上")
    assert Notice.objects.filter(kind="meeting.changed", person__name="周舟").count() == 1


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("weekdays", {"cadence": "weekly"}), ("starts_on", {"starts_on": MONDAY - 2 * DAY}),
        ("link", {"link": "http://meet.example"}), ("ends_on", {"ends_on": MONDAY}), ("minutes", {"minutes": 1}),
    ],
)  # fmt: skip
def test_a_series_that_cannot_be_is_refused(begin, field, more):
    with pytest.raises(Refused) as no:
        begin(**more)
    assert no.value.field == field
    assert not Series.objects.exists()


def test_only_whoever_may_arrange_there_begins_a_series_and_once_by_name(begin):
    with pytest.raises(Refused):
        begin(by="石强")
    begin()
    with pytest.raises(Refused) as twice:
        begin()
    assert twice.value.field == "title"
    assert Series.objects.count() == 1


def test_duties_are_asked_for_anew_on_the_day(world, clock, dispatch, monday):
    posting = Posting.objects.get(duty=Duty.HEAD, unit=world.unit("WORKS-2"))
    postings.end_posting(posting=posting, on=MONDAY, by=None, at=EVENING_BEFORE)
    postings.post(
        person=world.person("林河"), duty=Duty.HEAD, unit=world.unit("WORKS-2"), from_date=MONDAY, by=None,
        at=EVENING_BEFORE,
    )  # fmt: skip
    assert "周舟" in names(monday)

    clock(HALF_PAST_EIGHT - timedelta(minutes=30))
    planning.make_due(at=HALF_PAST_EIGHT - timedelta(minutes=30))
    assert names(monday) == {"诺敏", "欧阳", "林河"}


def test_plans_of_a_closed_unit_are_cancelled(world, begin, clock):
    begin(unit="WORKS-3", by="石强", chair=world.person("石强"), secretary=world.person("马力"), places=[])
    for person in ("石强", "马力"):
        _move(world, person)
    for code in ("W3-T1", "WORKS-3"):
        units.close_unit(unit=world.unit(code), on=MONDAY + DAY, by=None, at=EVENING_BEFORE)
    later = HALF_PAST_EIGHT + DAY
    clock(later)
    planning.make_due(at=later)

    assert set(Meeting.objects.filter(starts_at__gt=later).values_list("status", "cancelled_reason")) == {
        ("cancelled", "单位已关闭")
    }


def test_an_extra_meeting_is_called_and_everyone_is_told(world, dispatch):
    extra = Extra(MONDAY, time(14), 30, title="临时调度会")
    with pytest.raises(Refused):
        planning.call_extra(series=dispatch, extra=extra, by=world.user("石强"), at=EVENING_BEFORE)
    called = planning.call_extra(series=dispatch, extra=extra, by=world.user("诺敏"), at=EVENING_BEFORE)

    assert called.is_extra
    assert names(called) == {"诺敏", "欧阳", "周舟"}
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"欧阳", "周舟"}


def test_what_has_ended_plans_nothing_more(world, dispatch):
    series.add_seats(
        series=dispatch, places=[Place(person=world.person("才让"))], by=world.user("诺敏"), at=EVENING_BEFORE
    )
    assert "才让" in names(Meeting.objects.order_by("on")[0])
    series.end(series=dispatch, by=world.user("诺敏"), at=EVENING_BEFORE, reason="战时机制结束")
    planning.make_due(at=EVENING_BEFORE)

    assert not Meeting.objects.exists()
    assert Event.objects.filter(verb="series.ended", reason="战时机制结束").count() == 1


def names(meeting):
    return set(meeting.attendances.values_list("person__name", flat=True))


def _move(world, name):
    where = Where(world.unit("W2-T1"), world.unit("WORKS-2"))
    people.transfer(person=world.person(name), place=where, on=MONDAY + DAY, by=None, at=EVENING_BEFORE)


def test_a_series_ends_with_its_unit_and_has_no_more_meetings(world, begin, clock):
    one = begin(unit="WORKS-2", places=[])
    units.merge_unit(
        unit=world.unit("WORKS-2"), target=world.unit("WORKS-1"), on=MONDAY, by=world.user("赵系"), at=EVENING_BEFORE
    )  # fmt: skip
    later = EVENING_BEFORE + DAY
    planned_changes.carry_out_due(at=later)
    planning.make_due(at=later)
    one.refresh_from_db()
    assert one.ends_on == MONDAY
    assert Event.objects.filter(verb="series.ended", subject_id=one.pk).count() == 1
    planning.make_due(at=later)
    assert Event.objects.filter(verb="series.ended", subject_id=one.pk).count() == 1
    extra = planning.Extra(MONDAY + 3 * DAY, time(9), 30)
    with pytest.raises(Refused, match="不是开办中"):
        planning.call_extra(series=one, extra=extra, by=world.user("诺敏"), at=later)


def test_what_has_ended_is_not_ended_again_and_has_no_extra_meetings(world, dispatch):
    head = world.user("诺敏")
    series.end(series=dispatch, by=head, at=EVENING_BEFORE, reason="不开了")
    before = Series.objects.values().get()
    with pytest.raises(Refused, match="已经结束"):
        series.end(series=dispatch, by=head, at=EVENING_BEFORE + 9 * DAY, reason="不开了")
    with pytest.raises(Refused, match="已经结束"):
        planning.call_extra(
            series=dispatch, extra=planning.Extra(MONDAY + 9 * DAY, time(9), 30), by=head, at=EVENING_BEFORE + 8 * DAY
        )  # fmt: skip
    assert Series.objects.values().get() == before
