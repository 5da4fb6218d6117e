"""Readings: fixed once the day has ended, in bulk, caught up after an outage, and left alone ever after."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.kernel.cascade import asking
from tests.world import START
from wuli.kernel.cascade.actions import freezing
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.actions.items import open_item
from wuli.kernel.metrics.actions.readings import take_due
from wuli.kernel.metrics.models import Reading
from wuli.kernel.metrics.queries import readings
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.models import Person

from .conftest import DAY, NIGHT, NOON, TODAY

YESTERDAY = TODAY - DAY


def reading(world, code, unit="G", on=YESTERDAY):
    return Reading.objects.select_related("unit").get(metric=code, unit=world.unit(unit), on=on)


def take_all(at):
    while take_due(at):
        pass


def test_nothing_is_read_before_the_day_has_ended(world, clock):
    take_all(NIGHT)
    assert not Reading.objects.filter(on=TODAY).exists()
    assert Reading.objects.filter(on=YESTERDAY).exists()


def test_of_group_segments_enterprises_and_party_committees_and_of_no_other(world, read):
    kinds = set(Reading.objects.values_list("unit__kind", flat=True))
    assert kinds == {"group", "segment", "enterprise", "party_group", "party_committee"}
    assert reading(world, "orgs.people").value == 12
    assert reading(world, "orgs.people", "NORTH").value == 5
    assert reading(world, "orgs.members", "P-NORTH").value == 3
    assert not Reading.objects.filter(metric="orgs.teams", unit__line="party").exists()


def test_twice_does_no_harm(world, read):
    before = Reading.objects.count()
    assert take_due(NIGHT) == 0
    assert take_due(NOON) == 0
    assert Reading.objects.count() == before


def test_a_month_is_caught_up_and_no_more_a_few_days_a_tick(world, clock):
    at = datetime(2020, 3, 10, 16, 5, tzinfo=UTC)
    clock(at)
    first = take_due(at)
    assert len(set(Reading.objects.values_list("on", flat=True))) == 4
    assert Event.objects.filter(verb="reading.taken").count() == 4
    assert first == Reading.objects.count()
    take_all(at)
    days = sorted(set(Reading.objects.filter(metric="orgs.people").values_list("on", flat=True)))
    assert (len(days), days[0], days[-1]) == (31, date(2020, 2, 9), date(2020, 3, 10))


def test_days_before_the_group_was_there_are_never_due(world, clock):
    at = START + 2 * DAY
    clock(at)
    take_all(at)
    assert set(Reading.objects.values_list("on", flat=True)) == {at.date() - DAY, at.date() - 2 * DAY}
    with CaptureQueriesContext(connection) as queries:
        assert take_due(at) == 0
    assert len(queries) <= 4


def test_what_keeps_no_past_is_read_soon_after_midnight_or_not_at_all(world, clock):
    open_item(title="整改", unit=world.unit("NORTH"), owner=world.person("顾岚"), by=None, at=START)
    take_all(NOON)
    assert not Reading.objects.filter(metric="ledger.open").exists()

    clock(NIGHT + DAY)
    take_all(NIGHT + DAY)
    assert reading(world, "ledger.open", on=TODAY).value == 1
    assert set(Reading.objects.filter(metric="ledger.open").values_list("on", flat=True)) == {TODAY}


def test_coverage_is_read_when_every_level_has_told(world, asked, clock):
    take_all(NIGHT)
    assert not Reading.objects.filter(metric="cascade.coverage").exists()

    freezing.freeze_due(asking.at(18))
    take_all(NIGHT)
    top = reading(world, "cascade.coverage", on=asking.DAY)
    assert (str(top.value), top.source) == ("18.1818", "freeze")
    assert set(Reading.objects.filter(metric="cascade.missing").values_list("on", flat=True)) == {asking.DAY}
    south = reading(world, "cascade.coverage", "SOUTH", asking.DAY)
    assert south.value == 0
    assert reading(world, "cascade.coverage", "P", asking.DAY).value is None


def test_a_late_answer_restates_a_reading_and_leaves_it(world, read, asked, clock):
    top = reading(world, "cascade.missing", on=asking.DAY)
    assert (top.value, readings.restated(top)) == (9, False)

    asked.answer("W3-T1", asking.at(20), reason="现场无信号")

    top = reading(world, "cascade.missing", on=asking.DAY)
    assert (top.value, readings.recount(top), readings.restated(top)) == (9, 8, True)


def test_what_moves_or_leaves_later_does_not_restate(world, read):
    by = {"by": world.user("赵系"), "at": START}
    units.move_unit(unit=world.unit("WORKS-1"), target=world.unit("SOUTH"), on=TODAY, **by)
    people.leave(person=world.person("马力"), on=TODAY, **by)

    found = Reading.objects.filter(on=YESTERDAY).select_related("unit")
    assert [one for one in found if readings.restated(one)] == []


def test_a_correction_back_in_time_restates(world, read):
    people.leave(person=world.person("马力"), on=YESTERDAY, by=world.user("赵系"), at=START)

    assert readings.restated(reading(world, "orgs.people"))
    assert readings.restated(reading(world, "orgs.people", "SOUTH"))
    assert not readings.restated(reading(world, "orgs.people", "NORTH"))


def test_nobody_can_tell_of_what_keeps_no_past(world, clock):
    take_all(NIGHT)
    open_item(title="整改", unit=world.unit("G"), owner=world.person("顾岚"), by=None, at=START)
    assert not readings.restated(reading(world, "ledger.open"))


def test_deleting_people_leaves_readings_as_they_were(world, read):
    before = list(Reading.objects.order_by("pk").values_list("metric", "unit", "on", "value"))
    gone = world.person("马力")
    gone.account.delete()
    gone.postings.all().delete()
    Person.objects.filter(pk=gone.pk).delete()

    take_all(NOON)

    assert list(Reading.objects.order_by("pk").values_list("metric", "unit", "on", "value")) == before
    assert reading(world, "orgs.people").value == 12


def test_a_day_is_read_in_few_queries_however_many_units(world, clock):
    take_all(NIGHT - DAY)
    with CaptureQueriesContext(connection) as queries:
        take_due(NIGHT)
    assert len(queries) <= READ_QUERIES, [query["sql"][:100] for query in queries]


READ_QUERIES = 140
"""About two for each metric."""


def test_one_reading_a_day(world, read):
    one = reading(world, "orgs.people")
    one.pk = None
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        one.save(force_insert=True)


def test_a_reading_of_a_metric_that_is_no_more_is_not_restated(world, read):
    assert not readings.restated(Reading(metric="tests.gone", unit=world.unit("G"), on=YESTERDAY, value=1))
