"""In time or not, and how many are red; each number the rows it opens into."""

from datetime import timedelta

import pytest

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.queries.numbers import value
from wuli.kernel.metrics.rules.metrics import metric_of
from wuli.organisation.directives.actions import due, ending, reporting
from wuli.organisation.directives.queries import evidence

from .office import DAY, at


def part(office, days=0):
    return Part(office.world.unit("P").path, DAY + timedelta(days=days))


def told(office, code):
    found = value(metric_of(code), part(office))
    return float(found) if found is not None else None


@pytest.fixture
def late_one(office):
    """All four sign, one of them late; two are done, one late; one has been accepted."""
    for code, hour in (("P-NORTH", 10), ("P-W1", 11), ("P-W1-A", 12), ("P-W2", 14)):
        office.sign(code, at(hour))
    for code, hour in (("P-W1", 15), ("P-W1-A", 16), ("P-W2", 18)):
        office.report(code, at(hour))
    reporting.accept(slots=[office.slot("P-W1"), office.slot("P-W2")], by=office.writer, at=at(19))
    return office


NUMBERS = {"directives.to_sign": 4, "directives.signed": 3, "directives.signing": 75, "directives.to_do": 4}


@pytest.mark.parametrize(("code", "number"), NUMBERS.items())
def test_what_was_in_time_is_told_from_what_was_not(late_one, code, number):
    assert told(late_one, code) == number


def test_done_in_time_is_reported_by_then_and_accepted(late_one):
    assert [slot.unit.code for slot in evidence.done_in_time(part(late_one))] == ["P-W1"]


def test_red_is_what_is_on_record_and_still_owed(office):
    due.escalate_due(at(14, 0, 1))
    assert evidence.red(part(office, 1)).count() == 4
    office.sign("P-W2", at(15, 0, 1))
    assert evidence.red(part(office, 1)).count() == 3


@pytest.mark.parametrize("code", ["directives.done", "directives.acting", "directives.red"])
def test_what_keeps_no_past_tells_none(late_one, code):
    assert told(late_one, code) is None


def test_what_was_revoked_measures_nobody(late_one):
    ending.revoke(directive=late_one.again(), reason="发错了", by=late_one.writer, at=at(20))
    assert told(late_one, "directives.to_sign") == 0
    assert told(late_one, "directives.signing") is None
