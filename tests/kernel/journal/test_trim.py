"""Logs are kept as long as the law asks; then the oldest go, and what stays can still be proven."""

from datetime import UTC, datetime, timedelta

import pytest

from wuli.base import ticking
from wuli.base.clock import now
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal import registry
from wuli.kernel.journal.models import LEAST_DAYS, Chain, Event
from wuli.kernel.journal.queries import Fault, has_link, verify_chain

NOON = datetime(2021, 6, 30, 4, 0, tzinfo=UTC)  # noon in Beijing


@pytest.fixture(autouse=True)
def a_year(settings):
    settings.LOG_DAYS = 365


def happened(*days_ago):
    for days in days_ago:
        journal.record("test.done", reason=str(days), at=NOON - timedelta(days=days))


def left():
    return [int(event.reason) for event in Event.objects.filter(verb="test.done").order_by("id")]


def test_the_oldest_go_and_the_rest_of_the_chain_holds(db):
    happened(400, 390, 366, 364, 10)
    journal.seal(at=NOON)
    first = Event.objects.get(position=1).digest
    assert has_link(first)

    assert journal.trim(at=NOON) == 3

    assert left() == [364, 10]
    assert has_link(Chain.objects.get().start_digest)
    assert not has_link(first)
    journal.seal(at=NOON)
    verdict = verify_chain()
    assert (verdict.holds, verdict.sealed) == (True, 6)
    assert Chain.objects.get().start_position == 3


def test_trimming_is_an_event_that_says_how_many_and_from_where_the_chain_goes_on(db):
    happened(400, 390, 1)
    journal.seal(at=NOON)
    journal.trim(at=NOON)

    event = Event.objects.get(verb="events.trimmed")
    assert event.changes == {"events": [2, 0], "start": [None, 2], "digest": [None, Chain.objects.get().start_digest]}


def test_nothing_old_means_nothing_happens(db):
    happened(365, 10)
    journal.seal(at=NOON)

    assert journal.trim(at=NOON) == 0
    assert left() == [365, 10]
    assert not Event.objects.filter(verb="events.trimmed").exists()


def test_unsealed_events_stay_however_old(db):
    happened(400)

    assert journal.trim(at=NOON) == 0
    assert left() == [400]


def test_a_young_event_keeps_all_that_were_sealed_after_it(db):
    happened(400, 10, 390)
    journal.seal(at=NOON)

    assert journal.trim(at=NOON) == 1
    assert left() == [10, 390]


def test_events_go_by_whole_days_of_the_group(db):
    happened(366)
    journal.seal(at=NOON)

    assert journal.trim(at=NOON - timedelta(hours=13)) == 0  # the day before, 23:00: 365 days and some hours old
    assert journal.trim(at=NOON - timedelta(hours=11)) == 1  # 01:00


def test_no_setting_lets_events_go_before_the_law_does(db, settings):
    settings.LOG_DAYS = 1
    happened(185, 184, 100)
    journal.seal(at=NOON)

    assert journal.trim(at=NOON) == 1
    assert left() == [184, 100]
    assert [error.id for error in registry.logs_are_kept_long_enough(None)] == ["journal.E001"]


def test_many_go_in_several_rounds(db, monkeypatch):
    monkeypatch.setattr(journal, "TRIM_AT_ONCE", 2)
    happened(400, 399, 398, 397, 396)
    journal.seal(at=NOON)

    assert [journal.trim(at=NOON) for _round in range(4)] == [2, 2, 1, 0]
    assert verify_chain().holds


def test_nothing_goes_from_a_chain_that_was_found_broken(db, sql):
    happened(400, 390, 10)
    journal.seal(at=NOON)
    sql("update journal_event set reason = '1' where position = 2")
    journal.check(at=NOON)

    assert journal.trim(at=NOON) == 0
    assert left() == [400, 1, 10]


def test_the_database_lets_go_what_may_go_and_nothing_younger(guarded, settings):
    settings.LOG_DAYS = LEAST_DAYS
    today = now()
    for days in (LEAST_DAYS + 1, LEAST_DAYS - 1):
        journal.record("test.done", reason=str(days), at=today - timedelta(days=days))
    journal.seal(at=today)

    assert journal.trim(at=today) == 1
    assert left() == [LEAST_DAYS - 1]


def test_a_chain_trimmed_to_nothing_goes_on(db):
    happened(400)
    journal.seal(at=NOON)
    journal.trim(at=NOON)
    journal.seal(at=NOON)

    assert verify_chain().holds
    assert Event.objects.get().position == 2


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("delete from journal_event where position <= 3", Fault.MISSING),
        ("update journal_chain set start_position = 3", Fault.ENDS),
    ],
)
def test_nobody_else_can_shorten_the_chain(db, sql, statement, fault):
    happened(400, 390, 100, 90)
    journal.seal(at=NOON)
    journal.trim(at=NOON)
    assert verify_chain().holds

    sql(statement)

    assert verify_chain().reason == fault


def test_trimming_while_the_chain_is_checked_is_no_fault(db):
    happened(400, 390, 100, 90)
    journal.seal(at=NOON)

    def trim_meanwhile(position, done=[]):  # noqa: B006
        if not done:
            done.append(journal.trim(at=NOON))

    events = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("wuli.kernel.journal.queries.READ_AT_ONCE", 1)
        verdict = verify_chain(lambda position: (events.append(position), trim_meanwhile(position)))

    assert verdict.holds
    assert events == [1, 3, 4]


def test_the_tick_seals_trims_and_asks_for_a_check_once_a_day(db, caplog):
    happened(400, 10)
    chores = [chore for name, chore in ticking.chores().items() if name.startswith("journal.")]

    with caplog.at_level("INFO", logger="wuli.kernel.journal"):
        done = [[chore(at) for chore in chores] for at in (NOON, NOON + timedelta(minutes=1), NOON + timedelta(days=1))]

    assert done == [[2, 1, 1], [2, 0, 0], [0, 0, 1]]
    sealed = [record.facts for record in caplog.records if record.message == "journal sealed"]
    assert sealed[0]["position"] == 2
    assert len(sealed[0]["head"]) == 64
    assert verify_chain().holds
