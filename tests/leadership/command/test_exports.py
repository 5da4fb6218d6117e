"""Lists of command as spreadsheets: who may take them, what stands in them, and that taking them is an event."""

from datetime import time
from io import BytesIO

import pytest
from openpyxl import load_workbook

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.journal.models import Event
from wuli.kernel.metrics.queries import numbers
from wuli.kernel.metrics.rules.metrics import known
from wuli.kernel.orgs.actions import people
from wuli.leadership.command.actions import duty
from wuli.leadership.command.rules.rotation import Pattern

from .conftest import DAY, HOUR, MORNING, TODAY

EIGHT = MORNING - HOUR / 2


@pytest.fixture(autouse=True)
def then(clock):
    return clock


@pytest.fixture
def desk(world):
    made = duty.open_desk(unit=world.unit("NORTH"), phone="010-1", room="三楼", by=None, at=EIGHT)
    officers = [world.person("欧阳"), world.person("林河")]
    pattern = Pattern(TODAY, TODAY + DAY, time(8), 24, [world.person("诺敏")], officers)
    duty.arrange(desk=made, pattern=pattern, by=None, at=EIGHT)
    return made


def sheet(answer):
    content = b"".join(answer.streaming_content)
    return [list(row) for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)]


LISTS = {
    # address                        顾岚 诺敏 林河 才让 石强
    "/command/{pk}/groups.xlsx":    (200, 200, 200, 404, 200),
    "/command/{pk}/desks.xlsx":     (200, 200, 200, 404, 200),
    "/command/{pk}/presence.xlsx":  (200, 200, 302, 404, 200),
    "/duty/{desk}/roster.xlsx":     (200, 200, 200, 404, 404),
    "/duty/roster.xlsx":            (200, 200, 302, 404, 302),
}  # fmt: skip


def test_who_may_take_which(client, world, response, desk):
    for place, name in enumerate(("顾岚", "诺敏", "林河", "才让", "石强")):
        client.force_login(world.user(name))
        before = Event.objects.filter(verb__endswith=".exported").count()
        answers = {address: client.get(address.format(pk=response.pk, desk=desk.pk)) for address in LISTS}
        assert {one: said.status_code for one, said in answers.items()} == {
            one: codes[place] for one, codes in LISTS.items()}, name  # fmt: skip
        taken = sum(codes[place] == 200 for codes in LISTS.values())
        assert Event.objects.filter(verb__endswith=".exported").count() == before + taken


def test_the_units_without_a_group_or_desk(signed_in, response, set_up, desk, world):
    set_up("G", "顾岚")
    client = signed_in("顾岚")
    rows = sheet(client.get(f"/command/{response.pk}/groups.xlsx?unit={world.unit('NORTH').pk}"))
    assert [row[0] for row in rows[1:-1]] == ["NORTH", "WORKS-1", "WORKS-2"]
    assert rows[2] == ["WORKS-1", "一厂", "企业", "北方板块"]
    assert rows[-1][0].startswith("顾岚（10001）于 2020-01-27 09:30 导出")
    rows = sheet(client.get(f"/command/{response.pk}/desks.xlsx"))
    assert [row[0] for row in rows[1:-1]] == ["G", "WORKS-1", "WORKS-2", "SOUTH", "WORKS-3"]
    assert Event.objects.filter(verb="response.exported").last().changes["rows"] == [None, 5]


def test_who_is_back_at_post_and_of_whom_nothing_is_known(signed_in, response):
    rows = sheet(signed_in("顾岚").get(f"/command/{response.pk}/presence.xlsx"))
    assert {(row[1], row[5]) for row in rows[1:-1]} == {("诺敏", "未报"), ("周舟", "未报"), ("石强", "未报")}
    nobody = signed_in("顾岚").get(f"/command/{response.pk}/presence.xlsx?show=away", follow=True)
    assert "没有可导出的内容" in nobody.content.decode()


def test_a_roster_is_by_the_clock_of_its_unit_and_without_those_who_have_left(signed_in, desk, world):
    lima = world.unit("NORTH")
    lima.zone = "America/Lima"
    lima.save()
    people.leave(person=world.person("林河"), on=TODAY, by=world.user("赵系"), at=EIGHT)
    rows = sheet(signed_in("诺敏").get(f"/duty/{desk.pk}/roster.xlsx"))
    assert rows[1] == [
        "北方板块",
        "2020-01-26 19:00",
        "2020-01-27 19:00",
        "America/Lima",
        "诺敏",
        "欧阳",
        "010-1",
        "三楼",
    ]
    assert (rows[2][5], len(rows)) == (None, 4)


def test_a_list_costs_the_same_however_many_rows(signed_in, response, desk, world, django_assert_num_queries):
    client = signed_in("顾岚")
    address = "/duty/roster.xlsx"
    sheet(client.get(address))
    with django_assert_num_queries(99, exact=False) as few:
        sheet(client.get(address))
    pattern = Pattern(TODAY + 2 * DAY, TODAY + 20 * DAY, time(8), 8, (), [world.person("欧阳")])
    duty.arrange(desk=desk, pattern=pattern, by=None, at=EIGHT)
    with django_assert_num_queries(len(few)):
        assert len(sheet(client.get(address))) == 61


# units without a desk


def test_units_that_should_have_a_desk_and_have_none_are_counted_and_listed(signed_in, response, desk, world):
    def told(code, unit):
        return numbers.value(known()[f"command.{code}"], Part(world.unit(unit).path, TODAY))

    assert [told("no_desk", unit) for unit in ("G", "NORTH", "SOUTH")] == [5, 2, 2]
    assert (told("with_desk", "G"), told("desk_share", "NORTH") < 34) == (1, True)
    page = signed_in("顾岚").get(f"/command/{response.pk}/desks/").content.decode()
    assert "1 / 6 个单位设了值班室" in page
    assert "缺 5 个" in page
    assert f"/duty/new/?unit={world.unit('WORKS-1').pk}" in page
    duty.close_desk(desk=desk, reason="不用了", by=world.user("诺敏"), at=EIGHT)
    assert told("no_desk", "G") == 6


def test_a_head_finds_on_my_day_that_the_unit_has_no_desk(signed_in, response, world):
    client = signed_in("诺敏")
    assert "北方板块还没有值班室" in client.get("/").content.decode()
    form = client.get(f"/duty/new/?unit={world.unit('NORTH').pk}").content.decode()
    assert "NORTH · 北方板块" in form
    duty.open_desk(unit=world.unit("NORTH"), phone="1", by=None, at=EIGHT)
    assert "还没有值班室" not in client.get("/").content.decode()


def test_who_may_not_lead_a_unit_is_not_offered_to(signed_in, response, world):
    """林河 reports for 一厂: sees that it has neither, and can set up neither."""
    client = signed_in("林河")
    for page in ("groups", "desks"):
        told = client.get(f"/command/{response.pk}/{page}/").content.decode()
        assert "一厂" in told
        assert "groups/new" not in told
        assert "/duty/new/" not in told
