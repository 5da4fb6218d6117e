"""Five failures lock a name for a quarter of an hour."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.orgs.accounts.conftest import TEN_O_CLOCK
from wuli.base.errors import Refused
from wuli.kernel.orgs.actions import accounts, signing_in
from wuli.kernel.orgs.models import SignInFailures
from wuli.kernel.orgs.queries.accounts import tries_of
from wuli.kernel.orgs.rules.accounts import FAILURES, LOCKED_FOR, Tries

WRONG = "Wrong-2020-wrong"


@pytest.mark.parametrize("number", ["20001", "99999"], ids=["a name that exists", "one that does not"])
def test_the_fifth_failure_locks_the_name_and_says_until_when(client, log_in, events, clock, number):
    for _time in range(4):
        assert "登录名或密码不对" in log_in(client, number, WRONG).content.decode()

    assert "已锁定。请在 10:16 之后再试" in log_in(client, number, WRONG).content.decode()
    assert [event.verb for event in events()] == ["account.sign_in_failed"] * 5 + ["account.locked"]
    assert {event.origin for event in events()} == {"127.0.0.1"}


def test_a_locked_name_stays_shut_to_the_right_password(client, log_in, clock, events):
    lock(log_in, client)
    told = len(events())

    answer = log_in(client, "20001")

    assert "请在 10:16 之后再试" in answer.content.decode()
    assert SESSION_KEY not in client.session
    assert len(events()) == told


def test_others_come_in_meanwhile(log_in, clock):
    lock(log_in, Client())
    client = Client()

    log_in(client, "20002")

    assert SESSION_KEY in client.session


def test_after_a_quarter_of_an_hour_the_door_is_open_again(client, log_in, clock):
    lock(log_in, client)

    clock.forward(minutes=14, seconds=59)
    log_in(client, "20001")
    assert SESSION_KEY not in client.session

    clock.forward(seconds=1)
    log_in(client, "20001")
    assert SESSION_KEY in client.session


def test_coming_in_forgives_the_failures_of_before(client, log_in, clock):
    for _time in range(4):
        log_in(client, "20001", WRONG)
    log_in(client, "20001")
    client.post(reverse("account_logout"))

    assert "登录名或密码不对" in log_in(client, "20001", WRONG).content.decode()


def test_failures_of_long_ago_do_not_count(client, log_in, clock):
    for _time in range(4):
        log_in(client, "20001", WRONG)
    clock.forward(minutes=15)

    assert "登录名或密码不对" in log_in(client, "20001", WRONG).content.decode()


def test_an_administrator_lifts_the_lock(client, world, log_in, clock, events):
    lock(log_in, client)

    accounts.lift_lock(account=world.user("诺敏"), reason="本人来电", by=world.user("赵系"), at=clock.moment)
    log_in(client, "20001")

    assert SESSION_KEY in client.session
    (event,) = events("unlocked")
    assert (event.actor_name, event.subject_name, event.reason) == ("赵系", "诺敏", "本人来电")


def test_what_is_not_locked_is_not_unlocked(client, world, log_in, clock, events):
    log_in(client, "20001", WRONG)

    with pytest.raises(Refused, match="没有被锁定"):
        accounts.lift_lock(account=world.user("诺敏"), reason="本人来电", by=world.user("赵系"), at=clock.moment)
    assert tries_of("20001").count == 1
    assert not events("unlocked")


def test_spelling_a_name_differently_does_not_give_five_more_tries(client, log_in, clock):
    for name in ("abc", "ABC", "Abc", " abc", "aBC"):
        answer = log_in(client, name, WRONG)

    assert "已锁定" in answer.content.decode()


def test_the_tick_forgets_what_no_longer_counts(log_in, clock):
    lock(log_in, Client())
    assert signing_in.forget_failures(at=clock.moment) == 0

    assert signing_in.forget_failures(at=clock.moment + timedelta(minutes=16)) == 1
    assert not SignInFailures.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time")
def test_failures_at_the_same_moment_are_all_counted(world):
    ready = Barrier(2)

    def fail_twice():
        ready.wait()
        for _time in range(2):
            signing_in.note_failure(name="20001", why="password", at=TEN_O_CLOCK)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(fail_twice) for _one in range(2)]:
            done.result()

    assert tries_of("20001").count == 4


@given(st.lists(st.integers(min_value=0, max_value=1200), max_size=40))
def test_a_name_is_locked_exactly_by_five_failures_none_a_quarter_apart(pauses):
    tries, at, row = Tries(), TEN_O_CLOCK, 0
    for pause in pauses:
        at += timedelta(seconds=pause)
        if tries.is_locked(at):
            continue
        row = (
            row + 1
            if pause < LOCKED_FOR.total_seconds() and row and tries.last_at and at - tries.last_at < LOCKED_FOR
            else 1
        )
        tries = tries.after_failure(at)
        assert tries.is_locked(at) == (row == FAILURES)
        row = 0 if row == FAILURES else row


def lock(log_in, client):
    for _time in range(FAILURES):
        log_in(client, "20001", WRONG)
