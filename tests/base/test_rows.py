"""Rows written by one statement, as the ORM would have written them."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from wuli.base import rows
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.models import Posting, Unit

NOON = datetime(2020, 2, 3, 4, 0, 0, 250, tzinfo=UTC)
SAYING = 'a"b\'c\\d\n工序; drop table; {"x": 1} ~ %s'


def _event(**values):
    return {
        "at": NOON, "verb": "test.done", "actor_id": None, "actor_name": "", "origin": "", "subject_type": "",
        "subject_id": 3, "subject_name": "", "unit_id": None, "changes": {}, "reason": "", "digest": "",
    } | values  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{}, {"a": [None, 1.5]}, [], "text", '"quoted"', 0, True, {"名": SAYING}])
def test_every_value_comes_back_as_it_went_in(changes):
    keys = rows.insert(Event, [_event(changes=changes, reason=SAYING)])

    (event,) = Event.objects.all()
    assert keys == {event.pk: event.pk}
    assert (event.at, event.changes, event.reason) == (NOON, changes, SAYING)
    assert (event.actor_id, event.subject_id, event.position) == (None, 3, None)


@pytest.mark.django_db
def test_more_than_one_statement_holds(monkeypatch):
    monkeypatch.setattr(rows, "AT_ONCE", 2)

    keys = rows.insert(Event, [_event(subject_id=n) for n in range(5)], by="subject_id")

    assert keys == dict(Event.objects.values_list("subject_id", "id"))
    assert len(keys) == 5


def test_only_the_named_rows_change(world):
    north, south = Unit.objects.get(code="NORTH"), Unit.objects.get(code="SOUTH")
    before = dict(Unit.objects.exclude(pk__in=[north.pk, south.pk]).values_list("pk", "name"))

    changed = rows.update(
        Unit,
        [
            {"id": north.pk, "name": "北方", "opened_on": date(2018, 1, 1)},
            {"id": south.pk, "name": SAYING, "opened_on": date(2018, 1, 2)},
        ],
    )

    assert changed == 2
    assert dict(Unit.objects.exclude(pk__in=[north.pk, south.pk]).values_list("pk", "name")) == before
    south.refresh_from_db()
    assert (south.name, south.opened_on) == (SAYING, date(2018, 1, 2))


def test_constraints_hold_and_nothing_is_half_done(world):
    posting = Posting.objects.order_by("pk")[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(Posting, [{"id": posting.pk, "until_date": posting.from_date}])

    assert Posting.objects.get(pk=posting.pk).until_date == posting.until_date


@pytest.mark.django_db
def test_nothing_to_write_is_nothing_done(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rows.insert(Event, []) == {}
        assert rows.update(Event, []) == 0


@pytest.mark.parametrize(
    "statement", ["delete from orgs_unit", " update orgs_unit set name = ''", "drop table orgs_unit"]
)
def test_reading_writes_nothing(statement):
    with pytest.raises(ValueError, match="selects"):
        rows.read(statement, [])
