"""The first sentence of the auditor's page."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.kernel.ledger.conftest import NOON
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.queries.chain import judged

SOON = NOON + timedelta(minutes=1)


@pytest.fixture
def sealed(db):
    for number in range(1234):
        journal.record("events.checked", changes={"n": number}, at=NOON)
    journal.seal(at=NOON)


def test_nothing_was_ever_sealed(db):
    assert (judged(NOON).tone, judged(NOON).sentence) == ("late", "还没有封存过日志")


def test_a_chain_that_was_never_checked_is_not_called_whole(sealed):
    assert (judged(SOON).tone, judged(SOON).sentence) == (
        "late",
        "已封存 1,234 条，最近封存 2020-02-03 12:00，尚未核验",
    )


def test_a_checked_chain_is_whole(sealed):
    journal.check(at=NOON)

    found = judged(SOON)

    assert (found.tone, found.sentence) == ("done", "链条完整：已封存 1,234 条，最近封存 2020-02-03 12:00")
    assert found.detail == "最近核验 2020-02-03 12:00，核验至第 1,234 条 · 待封存 1 条"


def test_a_broken_chain_is_said_first_and_where(sealed):
    with connection.cursor() as cursor:
        cursor.execute("update journal_event set origin = 'x' where position = 1200")
    journal.check(at=NOON)

    found = judged(NOON + timedelta(days=3))

    assert (found.tone, found.sentence) == ("miss", "审计链在第 1,200 条断裂：这里的日志被改动或调换")


def test_events_that_wait_too_long_show_that_the_tick_does_not_run(sealed):
    journal.check(at=NOON)

    assert judged(NOON + timedelta(minutes=10)).tone == "done"
    assert judged(NOON + timedelta(minutes=11)).sentence == "有 1 条日志没有按时封存，请检查定时任务"


def test_what_was_trimmed_is_said(sealed):
    journal.trim(at=NOON + timedelta(days=400))

    assert judged(NOON + timedelta(days=400)).detail == "待封存 1 条 · 最早的 1,234 条已按保存期限清理"
