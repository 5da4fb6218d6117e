"""The chain proves what it says, or names the first place where it does not."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.models import FIRST, SAID, Chain, Event
from wuli.kernel.journal.queries import Fault, head, verify_chain
from wuli.kernel.journal.rules.chain import EndsMoved, digest_of

AT = datetime(2020, 2, 3, 10, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)

EVENTS = st.lists(
    st.builds(
        journal.Entry,
        verb=st.sampled_from(["person.viewed", "unit.moved"]),
        changes=st.dictionaries(st.text(max_size=3), st.text(max_size=3) | st.integers(), max_size=2),
        reason=st.text(max_size=5),
    ),
    min_size=2,
    max_size=12,
)
OTHERWISE = {
    "at": LATER, "verb": "test.forged", "actor_id": 99, "actor_name": "他人", "origin": "127.9.9.9",
    "subject_type": "orgs.unit", "subject_id": 98, "subject_name": "别处", "unit_id": 97,
    "changes": '{"forged": [1, 2]}', "reason": "伪造的原因",
}  # fmt: skip


@pytest.fixture
def sealed(db):
    """Five events, sealed at places 1 to 5."""
    events = [journal.record("test.done", reason=str(n), at=AT) for n in range(1, 6)]
    journal.seal(at=AT)
    return events


def test_an_empty_journal_holds(db):
    verdict = verify_chain()

    assert (verdict.holds, verdict.sealed, verdict.unsealed, verdict.head) == (True, 0, 0, FIRST)


def test_sealing_gives_places_in_the_order_of_writing(sealed):
    journal.record("test.done", at=LATER)

    assert [event.position for event in Event.objects.order_by("id")] == [1, 2, 3, 4, 5, None]
    assert (verify_chain().sealed, verify_chain().unsealed) == (5, 1)
    assert head() == (5, verify_chain().head) == (5, Chain.objects.current().head_digest)


def test_sealing_again_with_nothing_new_changes_nothing(sealed):
    before = Chain.objects.get()

    assert journal.seal(at=LATER) == 0
    assert Chain.objects.get().sealed_at == before.sealed_at == AT
    assert verify_chain().holds


def test_an_event_committed_late_gets_its_place_later(db, sql):
    first = journal.record("test.early", at=AT)
    late = journal.record("test.late", at=AT)
    sql("delete from journal_event where id = %s", first.pk)  # not committed yet: the sealing does not see it
    journal.seal(at=AT)
    Event.objects.bulk_create([first])
    journal.seal(at=LATER)

    assert list(Event.objects.sealed().values_list("id", flat=True)) == [late.pk, first.pk]
    assert verify_chain().holds


def test_the_check_reports_how_far_it_is(sealed):
    told = []

    verify_chain(told.append)

    assert told == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("field", [field for field in SAID if field != "id"])
def test_a_changed_field_is_found_at_its_place(sealed, sql, field):
    value = OTHERWISE[field]
    sql(f"update journal_event set {field} = %s where position = 3", value)

    verdict = verify_chain()

    assert (verdict.broken, verdict.reason, verdict.sealed) == (3, Fault.CHANGED, 2)


@pytest.mark.parametrize(
    ("statement", "place", "fault"),
    [
        ("delete from journal_event where position = 1", 1, Fault.MISSING),
        ("delete from journal_event where position = 3", 3, Fault.MISSING),
        ("delete from journal_event where position = 5", 5, Fault.MISSING),
        ("delete from journal_event where position > 2", 3, Fault.MISSING),
        ("delete from journal_event", 1, Fault.MISSING),
        ("update journal_event set id = id + 100 where position = 2", 2, Fault.CHANGED),
        ("update journal_event set digest = 'f' where position = 4", 4, Fault.CHANGED),
        ("update journal_event set position = null, digest = '' where position = 4", 4, Fault.MISSING),
        ("update journal_event set position = 6 where position = 5", 5, Fault.MISSING),
        ("update journal_chain set head_position = 4", 1, Fault.ENDS),
        ("update journal_chain set start_position = 1", 2, Fault.ENDS),
        ("update journal_chain set signature = ''", 1, Fault.ENDS),
        ("delete from journal_chain", 1, Fault.ADDED),
    ],
)
def test_what_was_done_behind_the_program_s_back_is_found_at_its_place(sealed, sql, statement, place, fault):
    sql(statement)

    verdict = verify_chain()

    assert (verdict.broken, verdict.reason) == (place, fault)


def test_an_event_added_after_the_end_is_found(sealed):
    Event.objects.bulk_create([Event(at=AT, verb="test.forged", position=6, digest="f" * 64)])

    verdict = verify_chain()

    assert (verdict.broken, verdict.reason) == (6, Fault.ADDED)


@pytest.mark.parametrize("ends_too", [False, True], ids=["events", "events and ends"])
def test_who_writes_everything_anew_lacks_the_signature(sealed, sql, ends_too):
    sql("update journal_event set reason = '另一种说法' where position = 3")
    digest = _forge_digests(sql)
    if ends_too:
        sql("update journal_chain set head_digest = %s", digest)

    verdict = verify_chain()

    assert (verdict.holds, verdict.reason) == (False, Fault.ENDS)


@pytest.mark.parametrize("work", [journal.seal, journal.trim])
def test_ends_that_somebody_else_moved_are_never_signed(sealed, sql, work):
    sql("delete from journal_event where position > 2")
    sql("update journal_chain set head_position = 2, head_digest = %s", Event.objects.get(position=2).digest)
    journal.record("test.done", at=LATER)

    with pytest.raises(EndsMoved):
        work(at=LATER)

    assert verify_chain().reason == Fault.ENDS
    assert Event.objects.unsealed().count() == 1


def test_the_result_of_a_check_is_kept_and_recorded(sealed, sql):
    journal.check(at=LATER)
    assert (Chain.objects.get().checked_at, Chain.objects.get().checked_position) == (LATER, 5)
    assert (Chain.objects.get().broken_position, Chain.objects.get().broken_reason) == (None, "")

    sql("update journal_event set reason = '' where position = 2")
    verdict = journal.check(at=LATER)

    assert verdict.broken == Chain.objects.get().broken_position == 2
    assert Chain.objects.get().broken_reason == Fault.CHANGED
    found = Event.objects.filter(verb="events.checked").order_by("id").values_list("changes", flat=True)
    assert list(found) == [{"sealed": 5, "broken": None}, {"sealed": 1, "broken": 2}]


def test_a_check_is_asked_for_once_in_a_while(sealed):
    hour = timedelta(hours=1)

    assert journal.claim_check(at=AT, every=hour)
    assert not journal.claim_check(at=AT + timedelta(minutes=59), every=hour)
    assert journal.claim_check(at=AT + hour, every=hour)


def test_nothing_sealed_needs_no_check(db):
    assert not journal.claim_check(at=AT, every=timedelta(0))


class AnyChain(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(EVENTS, min_size=1, max_size=4), st.integers(1, 5))
    def test_sealed_in_several_batches_it_is_the_same_as_sealed_at_once(self, sittings, at_once):
        with patch.object(journal, "SEAL_AT_ONCE", at_once):
            for entries in sittings:
                journal.record_all(entries, at=AT)
                assert journal.seal(at=AT) == len(entries)

        digest, links = FIRST, []
        for event in Event.objects.order_by("id"):
            links.append(digest := digest_of(event, digest))
        assert list(Event.objects.sealed().values_list("digest", flat=True)) == links
        assert list(Event.objects.sealed().values_list("position", flat=True)) == list(range(1, len(links) + 1))
        assert verify_chain().holds

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(EVENTS, st.data())
    def test_whatever_is_done_to_it_is_found_at_its_place(self, entries, data):
        journal.record_all(entries, at=AT)
        journal.seal(at=AT)
        place = data.draw(st.integers(1, len(entries)))
        tamper = data.draw(st.sampled_from([_change, _remove, _insert, _swap]))

        found_at = tamper(place, len(entries), data)

        assert verify_chain().broken == found_at


def _change(place, length, data):
    field = data.draw(st.sampled_from(sorted(OTHERWISE)))
    _run(f"update journal_event set {field} = %s where position = %s", OTHERWISE[field], place)
    return place


def _remove(place, length, data):
    _run("delete from journal_event where position = %s", place)
    if data.draw(st.booleans(), label="close the gap"):
        for later in range(place + 1, length + 1):
            _run("update journal_event set position = %s where position = %s", later - 1, later)
    return place


def _insert(place, length, data):
    for later in range(length, place - 1, -1):
        _run("update journal_event set position = %s where position = %s", later + 1, later)
    digest = data.draw(st.sampled_from(["f" * 64, Event.objects.get(position=place + 1).digest]))
    Event.objects.bulk_create([Event(at=AT, verb="test.forged", position=place, digest=digest)])
    return place


def _swap(place, length, data):
    other = data.draw(st.integers(1, length).filter(lambda one: one != place))
    _run("update journal_event set position = %s where position = %s", length + 1, place)
    _run("update journal_event set position = %s where position = %s", place, other)
    _run("update journal_event set position = %s where position = %s", other, length + 1)
    return min(place, other)


def _forge_digests(sql):
    digest = FIRST
    for event in Event.objects.sealed():
        digest = digest_of(event, digest)
        sql("update journal_event set digest = %s where id = %s", digest, event.pk)
    return digest


def _run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
