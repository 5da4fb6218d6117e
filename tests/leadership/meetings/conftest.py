"""The named world, and North's dispatch meeting at half past eight: 诺敏 in the chair, 欧阳 keeps the minutes."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.meetings.actions import meetings, series
from wuli.leadership.meetings.actions.series import NewSeries, Place, Plan
from wuli.leadership.meetings.models import Meeting

MONDAY = date(2020, 2, 3)
EVENING_BEFORE = datetime(2020, 2, 2, 12, 0, tzinfo=UTC)
"""Eight in the evening in Beijing."""
HALF_PAST_EIGHT = datetime(2020, 2, 3, 0, 30, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def clock(monkeypatch):
    """Set the clock of the house."""

    def stands_at(moment):
        monkeypatch.setattr("wuli.base.clock.timezone.now", lambda: moment)

    stands_at(EVENING_BEFORE)
    return stands_at


def plan(world, **more):
    told = {
        "title": "北方板块生产运营调度会", "cadence": "daily", "starts_at": time(8, 30), "minutes": 45,
        "chair": world.person("诺敏"), "secretary": world.person("欧阳"), "starts_on": MONDAY, "place": "301 会议室",
        "link": "https://meet.example/301",
    }  # fmt: skip
    return Plan(**told | more)


@pytest.fixture
def begin(world, clock):
    """Begin a series of North's, with what is otherwise than usual."""

    def begun(*, unit="NORTH", kind="dispatch", places=None, by="诺敏", at=EVENING_BEFORE, agenda=(), **more):
        north = world.unit(unit)
        seats = [Place(duty=Duty.HEAD, unit=north, kind="enterprise")] if places is None else places
        new = NewSeries(north, kind, plan(world, **more), agenda=agenda, places=seats)
        return series.begin(new, by=world.user(by), at=at)

    return begun


@pytest.fixture
def dispatch(begin):
    return begin()


@pytest.fixture
def monday(dispatch):
    """The first meeting."""
    return Meeting.objects.get(series=dispatch, on=MONDAY)


@pytest.fixture
def opened(world, clock, monday):
    clock(HALF_PAST_EIGHT)
    return meetings.open_meeting(meeting=monday, by=world.user("欧阳"), at=HALF_PAST_EIGHT)


@pytest.fixture
def at():
    """Moments of the first meeting's day."""
    return SimpleNamespace(before=EVENING_BEFORE, start=HALF_PAST_EIGHT, later=HALF_PAST_EIGHT + QUARTER)
