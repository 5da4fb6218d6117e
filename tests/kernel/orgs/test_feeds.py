"""One's appointments under a secret address: read without a session, by nobody else, and not for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from icalendar import Calendar

from wuli.base.clock import now
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import feeds as actions
from wuli.kernel.orgs.models import CalendarFeed, User
from wuli.web import agenda, pace
from wuli.web.calendars import Appointment

AT = datetime(2020, 2, 3, 1, tzinfo=UTC)


@pytest.fixture
def shift(world):
    """An app that knows of one shift tomorrow, of 诺敏 only."""
    start = now() + timedelta(days=1)

    def provider(user, since, until):
        if user.person.name == "诺敏" and since < start < until:
            yield Appointment("shift-1@wuli", "总值班", start, start + timedelta(hours=8))

    agenda.register("tests.shift", provider)
    yield
    agenda.forget("tests.shift")


@pytest.fixture
def secret(world, shift):
    _address, told = actions.renew(user=world.user("诺敏"), at=AT)
    return told


def read(client, secret):
    return client.get(f"/feed/{secret}.ics")


def test_the_feed_holds_what_apps_registered_and_needs_no_session(client, secret):
    answer = read(client, secret)
    (event,) = Calendar.from_ical(answer.content).events
    assert event["summary"] == "总值班"
    assert answer["Cache-Control"] == "no-store"
    assert "sessionid" not in answer.cookies
    assert CalendarFeed.objects.get().last_used_at is not None


def test_only_a_digest_is_kept(secret):
    kept = CalendarFeed.objects.get()
    assert secret not in f"{kept.digest} {kept.hint}"
    assert all(secret not in str(event.changes) for event in Event.objects.all())


def test_a_new_address_ends_the_old_one_and_turning_off_ends_both(client, world, secret):
    _address, anew = actions.renew(user=world.user("诺敏"), at=AT)
    assert (read(client, secret).status_code, read(client, anew).status_code) == (404, 200)
    actions.revoke(user=world.user("诺敏"), at=AT)
    assert read(client, anew).status_code == 404
    verbs = Event.objects.filter(verb__startswith="feed.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["feed.made", "feed.renewed", "feed.revoked"]


def test_a_closed_account_and_no_address_at_all_look_the_same(client, world, secret):
    User.objects.filter(person__name="诺敏").update(is_active=False)
    closed, unknown = read(client, secret), read(client, "wuli_cal_guess")
    assert (closed.status_code, unknown.status_code) == (404, 404)
    assert closed.content == unknown.content


def test_an_address_is_not_read_without_end(client, secret, monkeypatch):
    cache.clear()
    monkeypatch.setattr(pace, "time", lambda: 60.0)  # all in one minute of the clock
    statuses = [read(client, secret).status_code for _again in range(22)]
    assert statuses[:20] == [200] * 20
    assert statuses[-1] == 429


def test_the_page_shows_the_address_once(signed_in, shift):
    client = signed_in("诺敏")
    made = client.post("/settings/feed/")
    assert made.text.count("/feed/wuli_cal_") == 1
    page = client.get("/settings/feed/")
    assert "/feed/wuli_cal_" not in page.text
    assert "总值班" in page.text
    assert client.post("/settings/feed/revoke/").status_code == 302
    assert not CalendarFeed.objects.exists()
