"""What an auditor finds, and what lies outside their reach."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.kernel.ledger.conftest import NOON
from tests.world import DAY_ONE
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.models import Event
from wuli.kernel.journal.origin import coming_from
from wuli.kernel.ledger.queries import events
from wuli.kernel.ledger.queries.events import Asked, events_for
from wuli.kernel.orgs.actions import units


def found(user, **asked):
    return [event.reason for event in events_for(user, Asked(**asked)) if event.reason]


def test_the_auditor_of_the_group_sees_everything_newest_first(world, happened):
    happened(reason="先", at=NOON)
    happened(reason="后", at=NOON + timedelta(minutes=1))
    happened(of=None, at_unit=None, by=None, reason="没有单位", at=NOON + timedelta(minutes=2))
    happened(of=None, at_unit="P-W1", reason="党组织", at=NOON + timedelta(minutes=3))

    assert found(world.user("孙审")) == ["党组织", "没有单位", "后", "先"]


def test_events_of_one_moment_come_in_a_fixed_order(world, happened):
    for number in range(3):
        happened(reason=str(number))

    assert found(world.user("孙审")) == ["2", "1", "0"]


def test_a_privacy_officer_sees_the_events_of_units_within_reach_only(world, happened, privacy_officer):
    happened(of="周舟", at_unit="W2-T1", reason="本厂")
    happened(of="林河", at_unit="W1-T2", reason="邻厂")
    happened(of=None, at_unit="NORTH", reason="上级")
    happened(of=None, at_unit=None, reason="没有单位")

    assert found(privacy_officer) == ["本厂"]
    assert found(privacy_officer, what="林河") == []


def test_who_has_no_duty_to_audit_finds_nothing(world, happened):
    happened(reason="有事")

    assert found(world.user("诺敏")) == []
    assert found(world.user("马力")) == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param({"who": "石强"}, ["a", "c"], id="by name of the actor"),
        pytest.param({"who": "30001"}, ["a", "c"], id="by number of the actor"),
        pytest.param({"who": "系统"}, ["d"], id="by nobody"),
        pytest.param({"who": "无此人"}, [], id="by someone unknown"),
        pytest.param({"verb": "person.viewed"}, ["a", "b"], id="one verb"),
        pytest.param({"verb": "person"}, ["a", "b", "c"], id="a group of verbs"),
        pytest.param({"verb": "no.such"}, [], id="an unknown verb"),
        pytest.param({"what": "马力"}, ["a", "c"], id="about a person by name"),
        pytest.param({"what": "20004"}, ["b"], id="about a person by number"),
        pytest.param({"what": "二厂"}, ["d"], id="about a unit by name"),
        pytest.param({"what": "WORKS-2"}, ["d"], id="about a unit by code"),
        pytest.param({"what": "无此物"}, [], id="about something unknown"),
        pytest.param({"origin": "10.1.2.3"}, ["c"], id="from an address"),
        pytest.param({"since": date(2020, 2, 3), "until": date(2020, 2, 3)}, ["a", "b"], id="on one day"),
        pytest.param({"since": date(2020, 2, 4)}, ["c", "d"], id="from a day on"),
        pytest.param({"who": "石强", "verb": "person.viewed", "what": "马力"}, ["a"], id="several at once"),
    ],
)
@pytest.mark.parametrize("few", [20_000, 2, 0], ids=["by the narrowest", "by either", "by time"])
def test_events_are_found_by(world, happened, monkeypatch, few, asked, answer):
    monkeypatch.setattr(events, "FEW_ALONE", few)
    monkeypatch.setattr(events, "FEW_TOGETHER", few)
    happened(of="马力", by="石强", reason="a")
    happened(of="林河", at_unit="W1-T2", by="诺敏", reason="b", at=NOON + timedelta(hours=11, minutes=59))
    with coming_from("10.1.2.3"):
        happened("person.unmasked", of="马力", by="石强", reason="c", at=NOON + timedelta(hours=12))
    system = {"unit": world.unit("WORKS-2"), "subject": world.unit("WORKS-2"), "at": NOON + timedelta(days=1)}
    journal.record("unit.renamed", reason="d", **system)

    assert sorted(found(world.user("孙审"), **asked)) == answer


def test_under_a_unit_means_with_everything_below_it(world, happened):
    happened(of=None, at_unit="W1-T1", reason="班组")
    happened(of=None, at_unit="WORKS-1", reason="企业")
    happened(of=None, at_unit="WORKS-2", reason="别厂")

    assert found(world.user("孙审"), unit=world.unit("WORKS-1")) == ["企业", "班组"]


def test_a_unit_is_found_by_a_name_that_it_had(world):
    unit = world.unit("WORKS-2")
    units.rename_unit(unit=unit, name="铸造公司", on=DAY_ONE + timedelta(days=40), by=None, at=NOON)

    for name in ("二厂", "铸造公司", "WORKS-2"):
        assert events_for(world.user("孙审"), Asked(what=name, verb="unit.renamed")).count() == 1


def test_the_question_can_be_said_in_words(world):
    asked = Asked(who="石强", verb="person", unit=world.unit("NORTH"), since=date(2020, 2, 1))

    assert events.words_of(asked) == "石强，人员，北方板块，2020-02-01–"
    assert events.words_of(Asked()) == "全部"


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_lines_cost_the_same_queries_however_many(world, happened, rows):
    for number in range(rows):
        happened(of=["马力", "林河", "诺敏"][number % 3], by=["石强", "诺敏"][number % 2])
        happened("unit.amended", of=None, at_unit=["NORTH", "SOUTH"][number % 2])

    with CaptureQueriesContext(
        connection,
    ) as queries:
        lines = events.lines(Event.objects.newest_first()[: 2 * rows])

    assert len(lines) == 2 * rows
    assert len(queries) == 4


def test_a_line_names_its_unit_and_the_numbers_to_ask_for(world, unmasked):
    (line,) = events.lines(Event.objects.filter(verb="person.unmasked"))

    assert line.sentence == "<b>诺敏</b>查看了<b>林河</b>的完整号码"
    assert (line.actor_code, line.subject_code, line.unit.name) == ("20001", "20004", "电解二班")
    assert (line.event.reason, [(c.label, c.before, c.after) for c in line.changes]) == (
        "夜班联系不上", [("查看内容", "—", "手机")],
    )  # fmt: skip


def test_all_lines_come_in_pieces_and_in_order(world, happened, monkeypatch):
    monkeypatch.setattr(events, "READ_AT_ONCE", 2)
    for number in range(5):
        happened(reason=str(number))

    lines = events.all_lines(events_for(world.user("孙审"), Asked(verb="person.viewed")))

    assert [line.event.reason for line in lines] == ["4", "3", "2", "1", "0"]
