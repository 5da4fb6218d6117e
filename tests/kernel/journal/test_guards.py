"""The database itself refuses to change what was said, and to lose it before its time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.kernel.journal import guards
from wuli.base.clock import now
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.models import LEAST_DAYS, SAID, Event


def refused(sql, statement, *values):
    with pytest.raises(IntegrityError, match="refused by event_"), transaction.atomic():
        sql(statement, *values)
    return True


@pytest.mark.parametrize("field", SAID)
@pytest.mark.parametrize("is_sealed", [False, True], ids=["unsealed", "sealed"])
def test_no_field_of_an_event_can_be_changed(guarded, sql, field, is_sealed):
    event = journal.record("test.done", at=now())
    if is_sealed:
        journal.seal(at=now())

    assert refused(sql, f"update journal_event set {field} = {field}")
    assert Event.objects.get().pk == event.pk


def test_a_sealed_event_keeps_its_place(guarded, sql):
    journal.record("test.done", at=now())
    journal.seal(at=now())

    assert refused(sql, "update journal_event set position = 7")
    assert refused(sql, "update journal_event set position = null, digest = ''")
    assert Event.objects.get().position == 1


@pytest.mark.parametrize(("days", "kept"), [(0, True), (LEAST_DAYS - 1, True), (LEAST_DAYS + 1, False)])
def test_an_event_can_be_deleted_only_when_the_law_allows(guarded, sql, days, kept):
    journal.record("test.done", at=now() - timedelta(days=days))

    if kept:
        assert refused(sql, "delete from journal_event")
    else:
        sql("delete from journal_event")
    assert Event.objects.exists() == kept


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such statement")
def test_the_table_cannot_be_emptied(guarded, sql):
    journal.record("test.done", at=now())

    assert refused(sql, "truncate journal_event")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite alters a table by making a new one")
@pytest.mark.django_db(transaction=True)
def test_the_guards_are_made_with_the_table_and_survive_its_alteration(sql):
    with connection.schema_editor() as editor:
        editor._remake_table(Event)
    try:
        journal.record("test.done", at=now())
        assert refused(sql, "update journal_event set reason = 'x'")
        assert refused(sql, "delete from journal_event")
    finally:
        guards.take_down()
