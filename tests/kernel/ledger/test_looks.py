"""Who looked at my record: shown to the person concerned, and to nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.kernel.ledger.conftest import NOON
from tests.world import DAY_ONE
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.queries.looks import looks, looks_at
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models.posting import Duty


def seen(person):
    return [(look.sentence, look.seen, look.capacity, look.reason) for look in looks(looks_at(person))]


def test_the_person_reads_who_looked_in_which_duty_and_why(world, unmasked):
    assert seen(world.person("林河")) == [
        ("<b>诺敏</b>查看了<b>您</b>的完整号码", "手机", "主要负责人 · 北方板块", "夜班联系不上")
    ]


def test_opening_a_record_counts_but_not_one_s_own(world):
    people.note_view(person=world.person("林河"), by=world.user("诺敏"), at=NOON)
    people.note_view(person=world.person("林河"), by=world.user("林河"), at=NOON)

    assert seen(world.person("林河")) == [("<b>诺敏</b>查看了<b>您</b>的档案", "", "主要负责人 · 北方板块", "")]


def test_the_newest_look_comes_first_and_looks_at_others_do_not_appear(world, happened):
    happened(of="林河", by="诺敏", at=NOON)
    happened(of="林河", by="欧阳", at=NOON + timedelta(hours=1))
    happened(of="才让", by="诺敏", at=NOON)

    assert [look[0] for look in seen(world.person("林河"))] == [
        "<b>欧阳</b>查看了<b>您</b>的档案", "<b>诺敏</b>查看了<b>您</b>的档案",
    ]  # fmt: skip


def test_changes_to_a_record_are_no_looks(world, happened):
    happened("person.amended", of="林河", by="欧阳")

    assert seen(world.person("林河")) == []


@pytest.mark.parametrize(
    ("day", "capacity"),
    [(0, "主要负责人 · 北方板块"), (10, "网格员 · 电解二班"), (20, "")],
    ids=["before", "while keeping the team", "when both had ended"],
)
def test_the_duty_shown_is_the_one_held_on_that_day(world, happened, day, capacity):
    security, held = world.user("钱安"), world.person("诺敏").postings.get()
    keeper = {"duty": Duty.GRID_KEEPER, "unit": world.unit("W1-T2"), "by": security, "at": NOON}
    first, then = (NOON + timedelta(days=days) for days in (5, 15))
    postings.post(person=world.person("诺敏"), from_date=first.date(), until_date=then.date(), **keeper)
    postings.end_posting(posting=held, on=first.date(), by=security, at=NOON)

    happened(of="林河", at_unit="W1-T2", by="诺敏", at=NOON + timedelta(days=day))

    assert seen(world.person("林河"))[0][2] == capacity


@pytest.mark.parametrize(
    ("at_unit", "hours", "shown"),
    [
        pytest.param("WORKS-1", 0, True, id="of the own enterprise"),
        pytest.param("G", 0, True, id="of the whole group"),
        pytest.param("W1-T1", 0, False, id="of another team"),
        pytest.param("SOUTH", 0, False, id="of another segment"),
        pytest.param("WORKS-2", 30 * 24, True, id="of where the person went, afterwards"),
        pytest.param("WORKS-1", 30 * 24, False, id="of where the person no longer was"),
        pytest.param("WORKS-2", 0, False, id="of where the person was not yet"),
    ],
)
def test_a_list_taken_away_is_shown_to_everyone_who_was_on_it(world, happened, at_unit, hours, shown):
    person, to = world.person("林河"), world.unit("W2-T1")
    place = Place(to, world.unit("WORKS-2"))
    people.transfer(person=person, place=place, on=DAY_ONE + timedelta(days=50), by=world.user("欧阳"), at=NOON)

    at = NOON + timedelta(hours=hours)
    happened("roster.exported", of=None, at_unit=at_unit, by="欧阳", reason="核对编制", at=at)

    name = world.unit(at_unit).name
    expected = [(f"<b>欧阳</b>导出了<b>{name}</b>的花名册", "", "花名册管理员 · 北方板块", "核对编制")]
    assert seen(world.person("林河")) == (expected if shown else [])


def test_a_list_of_a_party_body_is_shown_to_its_members(world):
    journal.record("roster.exported", unit=world.unit("P-W1"), by=world.user("党宁"), at=NOON)

    assert seen(world.person("诺敏")) == [("<b>党宁</b>导出了<b>一厂党总支</b>的花名册", "", "党务干部 · 集团党组", "")]
    assert seen(world.person("周舟")) == []


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_looks_cost_the_same_queries_however_many(world, happened, rows):
    for number in range(rows):
        happened(of="林河", at_unit="W1-T2", by=["诺敏", "欧阳", "顾岚"][number % 3])
    person = world.person("林河")

    with CaptureQueriesContext(connection) as queries:
        assert len(looks(looks_at(person))) == rows

    assert len(queries) == 6


def test_the_page_is_for_everyone_and_shows_nothing_of_who_looked_but_name_and_duty(world, signed_in, unmasked):
    page = signed_in("林河").get("/me/looks/").content.decode()

    assert "<b>诺敏</b>查看了<b>您</b>的完整号码（手机）" in page
    assert "主要负责人 · 北方板块" in page
    assert "夜班联系不上" in page
    assert "20001" not in page  # number and phone of the one who looked
    assert "127.0.0.1" not in page


def test_nobody_reads_the_looks_at_someone_else(world, signed_in, unmasked):
    assert "诺敏</b>查看了" not in signed_in("马力").get("/me/looks/").content.decode()
    assert "还没有人看过您的记录" in signed_in("马力").get("/me/looks/").content.decode()


def test_without_signing_in_there_is_no_page(client, db):
    assert client.get("/me/looks/").status_code == 302
