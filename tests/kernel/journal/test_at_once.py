"""Several who write and seal at the same time do one another no harm."""

from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, transaction

from tests.threads import at_once
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.models import Event
from wuli.kernel.journal.queries import verify_chain

AT = datetime(2020, 2, 3, 10, 0, tzinfo=UTC)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time"),
]


def test_two_seals_at_once_seal_every_event_once(monkeypatch):
    monkeypatch.setattr(journal, "SEAL_AT_ONCE", 7)
    journal.record_all([journal.Entry("test.done", reason=str(n)) for n in range(200)], at=AT)

    sealed = at_once(*[lambda: journal.seal(at=AT)] * 4)

    assert sum(sealed) == 200
    assert (verify_chain().holds, verify_chain().sealed) == (True, 200)


def test_sealing_while_others_write_loses_nothing():
    def write():
        for _event in range(40):
            journal.record("test.done", at=AT)

    def seal():
        return [journal.seal(at=AT) for _time in range(15)]

    at_once(write, write, seal, seal)
    journal.seal(at=AT)

    assert (verify_chain().holds, verify_chain().sealed, verify_chain().unsealed) == (True, 80, 0)


def test_an_event_whose_transaction_is_still_open_waits_for_the_next_sealing():
    written, sealed = Barrier(2), Barrier(2)

    def write_slowly():
        with transaction.atomic():
            journal.record("test.late", at=AT)
            written.wait()
            sealed.wait()

    def seal_meanwhile():
        written.wait()
        journal.record("test.early", at=AT)
        count = journal.seal(at=AT)
        sealed.wait()
        return count

    assert at_once(write_slowly, seal_meanwhile)[1] == 1
    assert journal.seal(at=AT) == 1
    assert list(Event.objects.sealed().values_list("verb", flat=True)) == ["test.early", "test.late"]
    assert verify_chain().holds
