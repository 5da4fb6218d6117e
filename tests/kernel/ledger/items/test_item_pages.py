"""The pages of items: what they show to whom, what they do, in how many queries."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.kernel.ledger.items.conftest import DAY, PICTURE, now
from wuli.base import clock
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.models import FollowUp, Item, Status
from wuli.web import day

LIST = "/items/"
FILES = ("/items/export/csv/", "/items/export/xlsx/")


def text(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8-sig", "replace")


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def fresh(given, today):
    """The item of the tests, opened just now."""
    return given(at=clock.now(), due_on=today + 5 * DAY, cadence="daily", text="更换后试运行两小时")


def page_of(item, turn=""):
    return f"{LIST}{item.pk}/{turn}/" if turn else f"{LIST}{item.pk}/"


WHO_MAY = {"诺敏": 200, "顾岚": 200, "林河": 200, "石强": 404, "马力": 404, "孙审": 404, None: 302}


@pytest.mark.parametrize(("who", "status"), WHO_MAY.items())
def test_who_may_open_an_item(client, world, fresh, who, status):
    if who:
        client.force_login(world.user(who))
    assert client.get(page_of(fresh)).status_code == status


#                     诺敏  顾岚  林河  石强  马力
TURNS = {
    "follow-up":     "302 302 302 404 404",
    "ask":           "302 302 302 404 404",
    "hand-over":     "302 302 302 404 404",
    "extend":        "302 302 422 404 404",
    "withdraw":      "302 302 422 404 404",
    "confirm":       "422 422 422 404 404",
    "reopen":        "422 422 422 404 404",
    "nothing":       "404 404 404 404 404",
}  # fmt: skip
SAID = {"text": "现场已查看", "reason": "待料", "key": "k1", "to": "20003"}


@pytest.mark.parametrize("turn", TURNS)
def test_who_may_turn_it(client, world, fresh, today, turn):
    """For those who cannot see it, it is not there; others are refused with a sentence. A refusal moves nothing."""
    said = SAID | {"for_date": str(today), "due_on": str(today + 20 * DAY)}
    answered, moved = {}, {}
    for who in ("诺敏", "顾岚", "林河", "石强", "马力"):
        client.force_login(world.user(who))
        before = Event.objects.filter(verb__startswith="item.").count()
        with transaction.atomic():
            answered[who] = client.post(page_of(fresh, turn), said).status_code
            moved[who] = Event.objects.filter(verb__startswith="item.").count() - before
            transaction.set_rollback(True)

    assert answered == dict(zip(answered, map(int, TURNS[turn].split()), strict=True))
    assert moved == {who: int(status == 302) for who, status in answered.items()}


def test_an_item_is_opened_in_the_form(signed_in, world, today):
    head = signed_in("诺敏")
    assert "WORKS-1" not in text(head.get("/items/new/"))
    said = {
        "title": "更换除尘滤袋", "text": "", "unit": "WORKS-1 · 一厂", "owner": "20004 · 林河", "due_on": str(today),
        "cadence": "daily", "kind": "task", "key": "one",
    }  # fmt: skip
    answers = [head.post("/items/new/", said) for _time in range(2)]

    item = Item.objects.get()
    assert [answer["Location"] for answer in answers] == [page_of(item)] * 2
    assert (item.owner.name, item.unit.code, item.opened_by.name) == ("林河", "WORKS-1", "诺敏")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"unit": "SOUTH"}, "没有找到“SOUTH”"), ({"owner": "石强"}, "没有找到“石强”"),
        ({"due_on": "2020-01-05"}, "期限 2020-01-05 已经过去"), ({"title": ""}, "这个字段是必填项"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_form(signed_in, wrong, sentence):
    said = {"title": "甲", "unit": "WORKS-1", "owner": "林河", "cadence": "none", "kind": "task", "key": "k"}
    answer = signed_in("诺敏").post("/items/new/", said | wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Item.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("顾岚", 200), ("林河", 404), ("孙审", 404)])
def test_who_may_open_the_form(signed_in, who, status):
    assert signed_in(who).get("/items/new/").status_code == status


def test_a_follow_up_with_a_picture(signed_in, fresh, today):
    owner = signed_in("林河")
    page = text(owner.get(page_of(fresh)))
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    picture = SimpleUploadedFile("现场.png", PICTURE)

    answer = owner.post(
        page_of(fresh, "follow-up"), {"text": "已订货\n明天到", "for_date": str(today), "key": key, "files": [picture]}
    )

    assert answer.status_code == 302
    said = FollowUp.objects.get()
    assert (said.text, said.key, said.evidence.get().name) == ("已订货\n明天到", key, "现场.png")
    page = text(owner.get(page_of(fresh)))
    assert "已订货<br>明天到" in page
    assert f'<img src="/evidence/{said.evidence.get().pk}/" alt="现场.png"' in page


def test_a_file_that_is_not_taken_is_named_at_its_field(signed_in, fresh, today):
    said = {"text": "好", "for_date": str(today), "key": "k", "files": SimpleUploadedFile("a.svg", b"<svg>")}
    answer = signed_in("林河").post(page_of(fresh, "follow-up"), said)
    assert answer.status_code == 422
    assert "“a.svg”不是可以上传的类型" in answer.context["form"].errors["files"][0]
    assert not FollowUp.objects.exists()


def test_the_whole_way_through_the_pages(client, world, fresh):
    def post(who, turn, **said):
        client.force_login(world.user(who))
        return client.post(page_of(fresh, turn), said).status_code

    assert post("林河", "ask", text="已更换", key="a") == 302
    assert post("林河", "confirm") == 422
    assert post("诺敏", "return", reason="缺照片") == 302
    assert post("林河", "ask", text="补照片", key="b") == 302
    client.force_login(world.user("诺敏"))
    page = text(client.get(page_of(fresh)))
    assert "请第二人核对" in page
    assert "补照片" in page
    assert post("诺敏", "confirm") == 302
    assert now(fresh).status == Status.CLOSED
    assert post("诺敏", "reopen", reason="复发") == 302
    assert now(fresh).status == Status.OPEN


def test_only_what_one_can_do_is_offered(client, world, fresh):
    offered = {}
    for who in ("林河", "诺敏"):
        client.force_login(world.user(who))
        offered[who] = re.findall(rf'href="{page_of(fresh)}([a-z-]+)/"', text(client.get(page_of(fresh))))
    assert offered == {"林河": ["ask", "hand-over"], "诺敏": ["ask", "hand-over", "extend", "withdraw"]}


def test_what_people_write_is_shown_as_they_wrote_it(signed_in, given):
    item = given("<b>甲</b>", text="<script>alert(1)</script>", at=clock.now())
    page = text(signed_in("诺敏").get(page_of(item)))
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;甲&lt;/b&gt;" in page


def test_the_list_shows_what_is_open_and_filters(signed_in, given, today):
    given("早的", at=clock.now() - 9 * DAY, due_on=today - 8 * DAY)
    given("晚的", at=clock.now(), due_on=today + 30 * DAY)
    head = signed_in("诺敏")

    page = head.get(LIST)
    assert [slip.item.title for slip in page.context["slips"]] == ["早的", "晚的"]
    assert "逾期 8 天" in text(page)
    assert [figure["value"] for figure in page.context["figures"]] == [1, 0, 0, 1]
    for asked, titles in (
        ({"colour": "red"}, ["早的"]), ({"colour": "overdue"}, ["早的"]), ({"whose": "mine"}, []),
        ({"q": "晚"}, ["晚的"]), ({"unit": "WORKS-2"}, []), ({"status": "closed"}, []),
    ):  # fmt: skip
        found = head.get(LIST, asked)
        assert [slip.item.title for slip in found.context["slips"]] == titles


def test_each_figure_opens_into_the_rows_it_counts(signed_in, given, today):
    for number in (-9, -1, 2, 2, 30):
        given(f"{number}", at=clock.now() - 9 * DAY, due_on=today + number * DAY)
    head = signed_in("诺敏")
    for figure in head.get(LIST).context["figures"]:
        assert len(head.get(figure["url"]).context["slips"]) == figure["value"]


@pytest.mark.parametrize("asked", [{"whose": "x"}, {"unit": "SOUTH"}, {"kind": "no"}])
def test_a_question_that_makes_no_sense_is_answered_with_a_sentence(signed_in, fresh, asked):
    answer = signed_in("诺敏").get(LIST, asked)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)


def test_for_htmx_only_the_rows_are_sent(signed_in, fresh):
    part = text(signed_in("诺敏").get(LIST, headers={"HX-Request": "true"}))
    assert "更换除尘滤袋" in part
    assert "<html" not in part


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long(signed_in, given, world, today, rows):
    for number in range(rows):
        given(
            f"事项{number}", unit=["WORKS-1", "WORKS-2"][number % 2], owner=["林河", "才让"][number % 2], at=clock.now()
        )
    head = signed_in("诺敏")
    head.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        head.get(LIST)
    assert len(queries) == LIST_QUERIES, [query["sql"][:90] for query in queries]


LIST_QUERIES = 7
ITEM_QUERIES = 11


@pytest.mark.parametrize("said", [1, 3])
def test_an_item_costs_the_same_queries_however_much_was_said(signed_in, fresh, today, said):
    owner = signed_in("林河")
    for number in range(said):
        files = SimpleUploadedFile(f"{number}.png", PICTURE + bytes([number]))
        owner.post(
            page_of(fresh, "follow-up"), {"text": "好", "for_date": str(today), "key": f"{number}", "files": files}
        )
    owner.get(page_of(fresh))
    with CaptureQueriesContext(connection) as queries:
        owner.get(page_of(fresh))
    assert len(queries) == ITEM_QUERIES, [query["sql"][:90] for query in queries]


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(("who", "rows"), [("诺敏", 1), ("林河", 1), ("石强", 0)])
def test_a_file_holds_what_one_may_see_and_taking_it_is_an_event(signed_in, fresh, path, who, rows):
    answer = signed_in(who).get(path)
    assert answer.status_code == (200 if rows else 302)
    if rows and path.endswith("csv/"):
        lines = text(answer).splitlines()
        assert lines[0].startswith("编号,类别,事项")
        assert "更换除尘滤袋" in lines[1]
        assert "筛选：未销号" in lines[2]
    exported = Event.objects.filter(verb="item.exported")
    assert [event.changes["items"] for event in exported] == [[None, 1]] * rows


def test_there_are_no_other_kinds_of_files(signed_in, fresh):
    assert signed_in("诺敏").get("/items/export/pdf/").status_code == 404


def titles(client, rf, world, who):
    request = rf.get("/")
    request.user = world.user(who)
    return {when: [str(task.title) for task in tasks] for when, tasks in day.tasks_of(request).items()}


def test_my_day_says_what_i_owe_and_what_waits_for_me(client, rf, world, given, today):
    at = clock.now() - 9 * DAY
    given("逾期的", at=at, due_on=today - DAY)
    given("今天的", at=at, due_on=today)
    given("快到的", at=at, due_on=today + 2 * DAY)
    given("以后的", at=at, due_on=today + 9 * DAY)
    done = given("办完的", at=at)
    client.force_login(world.user("林河"))
    client.post(page_of(done, "ask"), {"text": "办完了", "key": "k"})

    mine = titles(client, rf, world, "林河")
    assert (mine["now"], "今天的" in mine["today"], "快到的" in mine["waiting"]) == (["逾期的"], True, True)
    assert "以后的" not in sum(mine.values(), [])
    assert "请确认销号：办完的" in titles(client, rf, world, "诺敏")["today"]
    assert "请确认销号：办完的" not in sum(titles(client, rf, world, "石强").values(), [])


@pytest.mark.parametrize(("who", "shown"), [("诺敏", True), ("顾岚", True), ("孙审", False), ("马力", False)])
def test_who_has_the_entry_in_the_rail(signed_in, who, shown):
    assert ('href="/items/"' in text(signed_in(who).get("/"))) == shown


def test_items_are_found_by_the_box_above(signed_in, fresh):
    assert page_of(fresh) in text(signed_in("诺敏").get("/search/", {"q": "滤袋"}))
    assert page_of(fresh) not in text(signed_in("石强").get("/search/", {"q": "滤袋"}))


def test_a_day_without_follow_up_is_named(signed_in, given):
    item = given(at=clock.now() - timedelta(days=3), cadence="daily")
    page = text(signed_in("林河").get(page_of(item)))
    assert "缺 2 次" in page
    assert "缺跟进" in page
