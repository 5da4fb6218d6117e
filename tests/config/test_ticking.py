"""The tick does what is due, whatever happens to a part of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event as Signal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from wuli.base import clock, ticking
from wuli.config import ticking as house
from wuli.config.locks import only_one
from wuli.config.models import LastTick
from wuli.kernel.journal.models import Event
from wuli.kernel.journal.queries import head, verify_chain

AT = datetime(2020, 2, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def chores(monkeypatch):
    """The chores of the tick, for this test only these."""
    kept = {}
    monkeypatch.setattr(ticking, "_chores", kept)
    return kept


def failing(at):
    raise RuntimeError("the disk is full")


@pytest.mark.django_db
def test_every_chore_is_done_for_the_same_moment(chores):
    seen = []
    chores["first"] = lambda at: seen.append(at) or 2
    chores["second"] = lambda at: seen.append(at) or 0

    outcome = house.tick(AT)

    assert outcome.done == {"first": 2, "second": 0}
    assert seen == [AT, AT]


@pytest.mark.django_db
def test_a_chore_that_fails_does_not_keep_the_others(chores, caplog):
    chores["broken"] = failing
    chores["sound"] = lambda at: 1

    with pytest.raises(CommandError, match="broken"):
        call_command("tick")

    assert "chore failed" in caplog.text
    assert "the disk is full" in caplog.text
    assert LastTick.objects.get().failed == ["broken"]


@pytest.mark.django_db
def test_the_next_tick_that_succeeds_clears_the_failure(chores):
    chores["once broken"] = failing
    house.tick(AT)
    chores["once broken"] = lambda at: 1
    house.tick(AT)

    assert LastTick.objects.get().failed == []


@pytest.mark.django_db(transaction=True)
def test_a_tick_beside_another_leaves_everything_to_it(chores):
    held, done, begun = Signal(), Signal(), Signal()
    chores["anything"] = lambda at: begun.set() or 1

    def hold():
        with only_one("tick") as mine:
            held.set()
            done.wait(10)
        connection.close()
        return mine

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(hold)
        held.wait(10)
        outcome = house.tick(AT)
        done.set()
        assert other.result()

    assert outcome.skipped
    assert not begun.is_set()
    assert not house.tick(AT).skipped


def test_everything_real_comes_to_rest(world):
    first = house.tick(AT)
    for _tick in range(10):  # a month of readings is made up for some days at a time, and what is written is sealed
        last = house.tick(AT)

    assert first.failed == last.failed == ()
    assert first.done["journal.seal"] > 0
    assert not any(last.done.values())
    assert verify_chain().holds
    assert head()[0] == Event.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["nonsense", "2020-02-30T10:00"])
def test_a_moment_that_is_none_is_refused(text):
    with pytest.raises(CommandError, match=text):
        call_command("tick", at=text)

    assert not LastTick.objects.exists()


@pytest.mark.django_db
def test_a_moment_that_is_still_to_come_is_refused(chores, monkeypatch):
    seen = []
    chores["only"] = lambda at: seen.append(at) or 0
    monkeypatch.setattr(clock, "now", lambda: AT)

    with pytest.raises(CommandError, match="2020-02-03T18:01"):
        call_command("tick", at="2020-02-03T18:01")
    assert not LastTick.objects.exists()

    call_command("tick", at="2020-02-03T18:00")
    assert seen == [AT]


@pytest.mark.django_db
def test_a_moment_without_a_zone_is_the_groups_own(chores):
    seen = []
    chores["only"] = lambda at: seen.append(at) or 0

    call_command("tick", at="2020-02-03T18:00")

    assert seen == [AT]
