"""The pages of metrics: who sees which number, who its rows, what is in a file, in how many queries."""

import dataclasses
import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from tests.kernel.cascade import asking
from tests.world import START
from wuli.kernel.journal.models import Event
from wuli.kernel.metrics import registry
from wuli.kernel.metrics.actions.readings import take_due
from wuli.kernel.metrics.rules import metrics
from wuli.kernel.metrics.rules.metrics import known
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.actions.people import Place

from .conftest import DAY, NIGHT, TODAY

PEOPLE = ("顾岚", "赵系", "孙审", "党宁", "诺敏", "欧阳", "林河", "石强", "马力")
#                                             顾岚  赵系  孙审  党宁  诺敏  欧阳  林河  石强  马力
MAY_OPEN = {
    "metrics/orgs.people/?unit={G}":         "200 200 200 404 404 404 404 404 404",
    "metrics/orgs.people/?unit={NORTH}":     "200 200 200 404 200 200 404 404 404",
    "metrics/orgs.people/?unit={WORKS-1}":   "200 200 200 404 200 200 200 404 404",
    "metrics/orgs.people/?unit={SOUTH}":     "200 200 200 404 404 404 404 200 404",
    "metrics/orgs.people/?unit={P}":         "404 200 200 200 404 404 404 404 404",
    "metrics/orgs.no_post/?unit={NORTH}":    "200 404 404 404 200 200 404 404 404",
    "metrics/ledger.open/?unit={NORTH}":     "200 404 404 404 200 404 404 404 404",
    "metrics/cascade.missing/?unit={NORTH}": "200 404 404 404 200 200 404 404 404",
    "metrics/orgs.martians/":                "404 404 404 404 404 404 404 404 404",
    "metrics/":                              "200 200 200 200 200 200 200 200 200",
}  # fmt: skip
MAY_EXPORT = {
    "metrics/orgs.people/export/csv/?unit={NORTH}":  "200 404 404 404 404 200 404 404 404",
    "metrics/orgs.people/export/xlsx/?unit={NORTH}": "200 404 404 404 404 200 404 404 404",
    "metrics/orgs.teams/export/csv/?unit={NORTH}":   "200 200 200 404 200 200 404 404 404",
    "metrics/orgs.people/export/pdf/?unit={NORTH}":  "404 404 404 404 404 404 404 404 404",
    "metrics/cascade.coverage/export/csv/?unit={G}": "404 404 404 404 404 404 404 404 404",
}  # fmt: skip


def filled(address, world):
    return "/" + re.sub(r"\{(.*?)\}", lambda found: str(world.unit(found[1]).pk), address)


def text(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8-sig", "replace")


@pytest.mark.parametrize(("address", "row"), (MAY_OPEN | MAY_EXPORT).items(), ids=MAY_OPEN | MAY_EXPORT)
def test_who_may_open(client, world, clock, address, row):
    answered = {}
    for who in PEOPLE:
        client.force_login(world.user(who))
        answered[who] = client.get(filled(address, world)).status_code
    assert answered == dict(zip(PEOPLE, map(int, row.split()), strict=True))


def test_strangers_are_asked_who_they_are(client, world):
    for address in ("/metrics/", "/metrics/orgs.people/", "/metrics/orgs.people/export/csv/"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("who", "names"), [("顾岚", True), ("诺敏", True), ("赵系", False), ("孙审", False)]
)  # fmt: skip
def test_names_need_more_than_numbers(signed_in, world, clock, who, names):
    page = text(signed_in(who).get(filled("metrics/orgs.people/?unit={NORTH}", world)))
    assert "在册人数：5 人" in page
    assert ("才让" in page) == names
    assert ("您的职责可以看这个数，不能看明细" in page) != names
    assert "13800020003" not in page
    assert ("138****0003" in page) == names


def test_the_page_shows_children_and_what_hangs_on_the_unit_itself(signed_in, world, clock):
    by = {"by": world.user("赵系"), "at": START, "on": TODAY - DAY}
    people.transfer(person=world.person("才让"), place=Place(world.unit("NORTH"), world.unit("WORKS-1")), **by)
    page = re.sub(r"<[^>]*>|\s", "", text(signed_in("诺敏").get(filled("metrics/orgs.people/?unit={NORTH}", world))))
    assert "一厂3人" in page
    assert "二厂1人" in page
    assert "直接在本单位（没有编入下级）1" in page


def test_a_past_day_shows_what_was_read_and_whether_its_rows_have_changed(signed_in, world, read):
    address = filled("metrics/cascade.missing/?unit={NORTH}&on=2020-02-03", world)
    assert "有变动" not in text(signed_in("诺敏").get(address))
    asking_late(world)

    page = text(signed_in("诺敏").get(address))
    assert "<em>5 份</em>" in page
    assert "读数后明细有变动，现在计数为 4" in page
    assert "定数读数" in page


def asking_late(world):
    from wuli.kernel.cascade.models import Round

    asked = asking.Asked(world, None, Round.objects.get())
    asked.answer("W1-T2", asking.at(20), reason="现场无信号")


def test_the_tree_and_the_names_are_those_of_the_day(signed_in, world, clock):
    by = {"by": world.user("赵系"), "at": START, "on": TODAY - DAY}
    units.rename_unit(unit=world.unit("WORKS-1"), name="新一厂", **by)
    then = text(signed_in("诺敏").get(filled("metrics/orgs.people/?unit={NORTH}&on=2020-02-10", world)))
    now = text(signed_in("诺敏").get(filled("metrics/orgs.people/?unit={NORTH}", world)))
    assert (">一厂<" in then, ">新一厂<" in then) == (True, False)
    assert (">一厂<" in now, ">新一厂<" in now) == (False, True)


def test_whoever_has_moved_out_of_reach_is_counted_and_not_named(signed_in, world, clock):
    by = {"by": world.user("赵系"), "at": START, "on": TODAY - DAY}
    people.transfer(person=world.person("才让"), place=Place(world.unit("W3-T1"), world.unit("WORKS-3")), **by)
    page = text(signed_in("诺敏").get(filled("metrics/orgs.people/?unit={NORTH}&on=2020-02-10", world)))
    assert "在册人数：5 人" in page
    assert "才让" not in page
    assert "林河" in page


def test_what_keeps_no_past_says_so(signed_in, world, clock):
    take_due(NIGHT)
    page = text(signed_in("诺敏").get(filled("metrics/ledger.open/?unit={NORTH}&on=2020-02-10", world)))
    assert "过去的日子只有读数" in page
    assert "未销号事项：—" in page


@pytest.mark.parametrize("on", ["2030-01-01", "yesterday", "2020-02-31", ""])
def test_a_day_that_is_none_or_has_not_come_is_today(signed_in, world, clock, on):
    page = text(signed_in("诺敏").get(filled(f"metrics/orgs.people/?unit={{NORTH}}&on={on}", world)))
    assert str(TODAY) in page


def test_a_unit_is_found_by_its_name_and_leads_to_its_address(signed_in, world, clock):
    client, where = signed_in("诺敏"), {"where": "一厂", "on": "2020-02-10"}
    answer = client.get("/metrics/orgs.people/", where)
    assert answer["Location"] == filled("metrics/orgs.people/?unit={WORKS-1}&on=2020-02-10", world)
    for wrong in ({"where": "三厂"}, {"on": "2020-02-21"}, {"on": ""}):
        assert client.get("/metrics/orgs.people/", where | wrong).status_code == 422


def test_a_part_leaves_out_whoever_answers_for_themselves(signed_in, world, clock):
    left_out = world.unit("W1-T1").path[-4:]
    address = filled(f"metrics/orgs.people/?unit={{W1-SHOP}}&without={left_out}", world)
    page = text(signed_in("诺敏").get(address))
    assert "不含自行填报的 1 个下级单位" in page
    assert ("林河" in page, "才让" in page) == (True, False)


@pytest.mark.parametrize(
    ("code", "verb", "looks"), [("orgs.people", "metric.people_exported", 1), ("orgs.teams", "metric.exported", 0)]
)
def test_a_file_holds_the_rows_and_taking_it_is_an_event(signed_in, world, clock, code, verb, looks):
    answer = signed_in("顾岚").get(filled(f"metrics/{code}/export/csv/?unit={{NORTH}}", world))
    lines = text(answer).splitlines()

    rows = {"orgs.people": 5, "orgs.teams": 3}[code]
    assert len(lines) == rows + 2
    assert "北方板块" in lines[-1]
    event = Event.objects.get(verb__startswith="metric.")
    assert (event.verb, event.changes["rows"], event.unit_id) == (verb, [None, rows], world.unit("NORTH").pk)
    looked = text(signed_in("才让").get("/me/looks/"))
    assert ("导出了北方板块的指标人员名单" in re.sub(r"<[^>]*>", "", looked)) == bool(looks)


def test_nothing_is_no_file(signed_in, world, clock):
    answer = signed_in("顾岚").get(filled("metrics/orgs.no_cell/export/csv/?unit={NORTH}", world))
    assert answer.status_code == 302
    assert not Event.objects.filter(verb__startswith="metric.").exists()


@pytest.mark.parametrize(("who", "shown"), [("诺敏", True), ("赵系", True), ("马力", False)])
def test_who_has_the_entry_in_the_rail(signed_in, who, shown):
    assert ('href="/metrics/"' in text(signed_in(who).get("/"))) == shown


def test_the_list_says_what_each_means_and_what_was_read(signed_in, world, read):
    page = text(signed_in("诺敏").get("/metrics/"))
    assert "当天在册的人，每人一次" in page
    assert "右列是北方板块 2020-02-19 的读数" in page
    assert "党支部数" in page
    assert "您的职责看不到汇总的数" in text(signed_in("马力").get("/metrics/"))


def rendered(rf, user, world, code, unit, on="None"):
    request = rf.get("/")
    request.user = user
    template = Template(f'{{% load metrics %}}{{% figure "{code}" unit on %}}')
    return template.render(Context({"request": request, "unit": world.unit(unit), "on": on}))


def test_a_figure_opens_into_its_rows(rf, world, clock):
    shown = rendered(rf, world.user("诺敏"), world, "orgs.people", "NORTH", None)
    address = filled("metrics/orgs.people/?unit={NORTH}&amp;on=2020-02-20", world)
    assert shown == f'<a class="figure num" href="{address}">5<small>人</small></a>'


@pytest.mark.parametrize("who", ["石强", "马力", "党宁"])
def test_a_figure_is_a_dash_for_whoever_may_not_see_it(rf, world, clock, who):
    assert rendered(rf, world.user(who), world, "orgs.people", "NORTH", None) == "—"


def test_a_figure_says_that_its_rows_have_changed(rf, world, read):
    people.leave(person=world.person("林河"), on=TODAY - DAY, by=world.user("赵系"), at=START)
    shown = rendered(rf, world.user("诺敏"), world, "orgs.people", "NORTH", TODAY - DAY)
    assert ">5<small>人</small></a>" in shown
    assert "现在计数为 4" in shown


@pytest.fixture
def health():
    """A metric whose rows nobody opens unseen."""
    told = dataclasses.replace(known()["orgs.people"], code="tests.health", leaves_event=True, reading=None)
    registry.add(told)
    yield told
    metrics.forget("tests.health")


@pytest.mark.parametrize(("who", "looks"), [("顾岚", 1), ("赵系", 0)])
def test_opening_rows_that_show_more_is_an_event_and_seeing_the_number_is_not(
    signed_in, world, clock, health, who, looks
):
    assert signed_in(who).get(filled("metrics/tests.health/?unit={NORTH}", world)).status_code == 200
    seen = Event.objects.filter(verb="metric.people_seen")
    assert [(event.actor_name, event.unit_id) for event in seen] == [(who, world.unit("NORTH").pk)] * looks


def test_a_ratio_opens_into_its_two_parts(signed_in, world, asked, clock):
    page = text(signed_in("诺敏").get(filled("metrics/cascade.coverage/?unit={NORTH}&on=2020-02-03", world)))
    assert "上报率：28.6 %" in page
    for part in ("answered", "asked"):
        assert filled(f"metrics/cascade.{part}/?unit={{NORTH}}&amp;on=2020-02-03", world) in page
    assert 'id="rows"' not in page


LIST_QUERIES, PAGE_QUERIES = 16, 45


@pytest.mark.parametrize("crowd", [1, 3])
def test_pages_cost_the_same_however_many_rows(signed_in, world, read, crowd):
    place = Place(world.unit("W2-T1"), world.unit("WORKS-2"))
    for n in range(crowd):
        people.join(number=f"9{n}", name=f"新{n}", place=place, on=TODAY - DAY, by=world.user("欧阳"), at=START)
    client = signed_in("诺敏")
    assert spent(client, "/metrics/") <= LIST_QUERIES
    address = filled("metrics/orgs.people/?unit={NORTH}", world)
    assert spent(client, address) == spent(client, filled("metrics/orgs.people/?unit={WORKS-1}", world))
    assert spent(client, address) <= PAGE_QUERIES


def spent(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
