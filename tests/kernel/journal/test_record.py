"""What is written down comes back the same from every database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.functional import lazystr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.models import Event, WrittenOnce
from wuli.kernel.journal.origin import coming_from
from wuli.kernel.journal.queries import verify_chain
from wuli.kernel.orgs.actions import people

AT = datetime(2020, 2, 3, 10, 0, 0, 123456, tzinfo=UTC)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=12,
)


def test_an_event_says_who_did_what_to_whom_from_where_and_why(world):
    grid_keeper, subject = world.user("才让"), world.person("诺敏")

    with coming_from("10.1.2.3"):
        people.unmask(person=subject, field="phone", reason="夜班联系不上", by=grid_keeper, at=AT)

    event = Event.objects.get(verb="person.unmasked")
    assert (event.actor_id, event.actor_name, event.origin, event.at) == (grid_keeper.pk, "才让", "10.1.2.3", AT)
    assert (event.subject_type, event.subject_id, event.subject_name) == ("orgs.person", subject.pk, "诺敏")
    assert (event.unit_id, event.reason) == (subject.unit_id, "夜班联系不上")
    assert event.changes == {"field": [None, "phone"]}
    assert (event.position, event.digest) == (None, "")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param({"n": [1, 2]}, {"n": [1, 2]}, id="whole numbers stay"),
        pytest.param({"n": 10**30}, {"n": 10**30}, id="very large ones too"),
        pytest.param({"yes": True, "none": None}, {"yes": True, "none": None}, id="yes, no and nothing stay"),
        pytest.param({"t": 37.30}, {"t": "37.3"}, id="a fraction becomes text"),
        pytest.param({"t": float("nan")}, {"t": "nan"}, id="what is not a number becomes text"),
        pytest.param({"t": Decimal("37.30")}, {"t": "37.30"}, id="a decimal keeps its zeros"),
        pytest.param({"on": date(2020, 2, 3)}, {"on": "2020-02-03"}, id="a date becomes text"),
        pytest.param({"label": lazystr("一厂")}, {"label": "一厂"}, id="a translation becomes text"),
        pytest.param({1: "一"}, {"1": "一"}, id="names are texts"),
        pytest.param({"p": ("a", ["b"])}, {"p": ["a", ["b"]]}, id="a pair becomes a list"),
        pytest.param({"s": "a\0b\ud800c"}, {"s": "abc"}, id="signs that a database refuses are left out"),
        pytest.param({"z": 1, "a": {"y": 2, "b": 3}}, {"a": {"b": 3, "y": 2}, "z": 1}, id="order tells nothing"),
    ],
)  # fmt: skip
def test_what_changed_is_kept_in_a_form_that_every_database_gives_back(db, written, kept):
    journal.record("test.done", changes=written, at=AT)

    assert Event.objects.get().changes == kept


@pytest.mark.parametrize("many", [False, True], ids=["one", "many"])
def test_texts_that_are_too_long_are_cut(db, many):
    reason, origin = "因" * 500, "从" * 100

    with coming_from(origin):
        if many:
            journal.record_all([journal.Entry("test.done", reason=reason)], at=AT)
        else:
            journal.record("test.done", reason=reason, at=AT)

    event = Event.objects.get()
    assert (event.reason, event.origin) == (reason[:400], origin[:80])


class WhateverIsRecorded(TestCase):
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.text(max_size=8), VALUES, max_size=4), st.text(st.characters(codec=None)))
    def test_it_can_be_sealed_and_checks_when_read_again(self, changes, reason):
        said = journal.record("test.done", changes=changes, reason=reason, at=AT)
        journal.seal(at=AT)

        assert verify_chain().holds
        assert Event.objects.get().changes == said.changes


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(lambda event: event.save(), id="save again"),
        pytest.param(lambda event: event.save(update_fields=["reason"]), id="save one field"),
        pytest.param(lambda event: event.delete(), id="delete"),
        pytest.param(lambda event: Event.objects.update(reason="x"), id="update many"),
        pytest.param(lambda event: Event.objects.about(event).update(reason="x"), id="update some"),
        pytest.param(lambda event: Event.objects.bulk_update([event], ["reason"]), id="update a list"),
        pytest.param(lambda event: Event.objects.filter(pk=event.pk).delete(), id="delete many"),
    ],
)
def test_an_event_is_written_once(db, attempt):
    event = journal.record("test.done", reason="先", at=AT)
    event.reason = "后"

    with pytest.raises(WrittenOnce):
        attempt(event)

    assert Event.objects.get().reason == "先"
