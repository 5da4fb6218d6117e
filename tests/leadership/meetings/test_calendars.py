"""A meeting is one appointment: newer when it moves, cancelled when it is cancelled, the same when it is made anew."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from tests.leadership.meetings.conftest import MONDAY, plan
from wuli.leadership.meetings.actions import meetings, series
from wuli.leadership.meetings.models import Meeting
from wuli.web import agenda

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def seen(signed_in, world, at):
    """A meeting as the file of its own, that of its series and the feed have it."""

    def do(meeting):
        client = signed_in("诺敏")
        files = (reverse("meetings:meeting_ics", args=[meeting.pk]),
                 reverse("meetings:series_ics", args=[meeting.series_id]))  # fmt: skip
        events = [one for file in files for one in Calendar.from_ical(client.get(file).content).events]
        said = [
            (str(one["uid"]), int(one["sequence"]), str(one["status"]), one.decoded("dtstart")) for one in events
        ]  # fmt: skip
        feed = agenda.appointments_of(world.user("诺敏"), at.before, at.before + timedelta(days=9))
        said += [(one.uid, one.sequence, one.status, one.starts_at) for one in feed]
        found = {one for one in said if one[0] == meeting.uid}
        assert sum(one[0] == meeting.uid for one in said) == 3
        return found

    return do


def test_a_meeting_is_the_same_everywhere_and_newer_when_it_moves(world, monday, seen, at):
    before = seen(monday)
    moved = meetings.move(
        meeting=monday, on=MONDAY, starts_at=time(10), minutes=30, place="302", link="", by=world.user("诺敏"),
        at=at.before,
    )  # fmt: skip
    assert seen(monday) == {(monday.uid, 1, "CONFIRMED", moved.starts_at)}
    assert before == {(monday.uid, 0, "CONFIRMED", at.start)}


def test_a_cancelled_meeting_says_so_wherever_it_was_taken(world, monday, seen, at):
    meetings.cancel(meeting=monday, reason="停电", by=world.user("诺敏"), at=at.before)
    assert seen(monday) == {(monday.uid, 1, "CANCELLED", at.start)}


def test_a_plan_made_anew_is_the_same_appointment_only_newer(world, dispatch, seen, at):
    tuesday = Meeting.objects.get(series=dispatch, on=TUESDAY)
    series.change(series=dispatch, plan=plan(world, starts_at=time(9)), by=world.user("诺敏"), at=at.before)
    anew = Meeting.objects.get(series=dispatch, on=TUESDAY)

    assert (anew.pk != tuesday.pk, anew.uid) == (True, tuesday.uid)
    assert {one[1] for one in seen(anew)} == {1}
