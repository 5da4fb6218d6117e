"""The pages of responses and leading groups: who sees what, what each says, what each costs."""

import pytest
from django.urls import reverse

from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.leadership.command.actions import groups, standing_down
from wuli.leadership.command.models import LeadingGroup, Response

from .conftest import DAY, HOUR, MORNING, TODAY

AT = MORNING + HOUR
ACTIVATION = {
    "title": "寒潮应急响应", "kind": "disaster", "level": "4", "issuer": "G", "root": "G", "party": "on",
    "activated_at": "2020-01-27T08:30", "basis": "专项预案", "measures": "做好防冻",
}  # fmt: skip


@pytest.fixture(autouse=True)
def then(clock):
    return clock


def test_a_commander_activates_for_both_lines(signed_in, world):
    client = signed_in("顾岚")
    assert client.get("/command/").status_code == 200
    answer = client.post("/command/new/", ACTIVATION)

    response = Response.objects.get()
    assert answer.url == f"/command/{response.pk}/"
    assert [one.root.code for one in response.extents.order_by("root__path")] == ["G", "P"]
    page = client.get(answer.url).content.decode()
    assert "四级响应" in page
    assert "专项预案" in page


def test_a_refused_activation_says_why_beside_the_field(signed_in):
    answer = signed_in("顾岚").post("/command/new/", ACTIVATION | {"activated_at": "2020-01-28T08:30"})
    assert answer.status_code == 422
    assert "还没有到" in answer.content.decode()
    assert not Response.objects.exists()


PAGES = {
    # page                          顾岚 诺敏 林河 才让 马力
    "/command/":                    (200, 200, 200, 200, 200),
    "/command/new/":                (200, 200, 404, 404, 404),
    "/command/{pk}/":               (200, 200, 200, 200, 404),
    "/command/{pk}/groups/":        (200, 200, 200, 404, 404),
    "/command/{pk}/groups/new/":    (200, 200, 404, 404, 404),
    "/command/groups/{group}/":     (200, 200, 404, 404, 404),
    "/command/{pk}/turn/level/":    (200, 200, 404, 404, 404),
    "/command/{pk}/turn/nothing/":  (404, 404, 404, 404, 404),
    "/command/{pk}/summary/":       (404, 404, 404, 404, 404),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_who_sees_what(client, world, activate, set_up, page):
    north = activate("防汛", issuer="NORTH", roots=["NORTH"], by="诺敏")
    group = set_up("NORTH", "诺敏", of=north)
    found = []
    for name in ("顾岚", "诺敏", "林河", "才让", "马力"):
        client.force_login(world.user(name))
        found.append(client.get(page.format(pk=north.pk, group=group.pk)).status_code)
    assert tuple(found) == PAGES[page]


def test_an_employee_sees_what_is_in_force_and_what_it_asks_and_no_more(signed_in, response, set_up):
    set_up("G", "顾岚")
    client = signed_in("马力")
    page = client.get(f"/command/{response.pk}/").content.decode()
    assert "每日报告" in page
    assert "顾岚" not in page
    assert "一级响应：新冠肺炎疫情防控" in client.get("/").content.decode()


def test_a_head_finds_on_my_day_that_the_unit_has_no_group(signed_in, response, set_up):
    client = signed_in("诺敏")
    assert "北方板块还没有成立领导小组" in client.get("/").content.decode()
    set_up("NORTH", "诺敏")
    assert "还没有成立领导小组" not in client.get("/").content.decode()


def test_a_group_is_set_up_and_changed_on_its_page(signed_in, response, world):
    client = signed_in("诺敏")
    unit = world.unit("NORTH")
    answer = client.post(
        f"/command/{response.pk}/groups/new/?unit={unit.pk}", {"leader": "诺敏", "office": "20004", "basis": "1 号文"}
    )  # fmt: skip
    group = LeadingGroup.objects.get()
    assert answer.url == f"/command/groups/{group.pk}/"
    client.post(f"{answer.url}divide/", {"name": "物资保障组", "duties": "采购"})
    client.post(
        f"{answer.url}appoint/", {"person": "欧阳", "role": "leader", "working_group": group.working_groups.get().pk}
    )  # fmt: skip
    page = client.get(answer.url).content.decode()
    assert [word in page for word in ("办公室主任", "物资保障组", "欧阳")] == [True] * 3
    member = group.members.get(person__name="林河")
    answer = client.post(f"/command/members/{member.pk}/relieve/", {"reason": "另有任用"}, follow=True)
    assert "林河已退出" in answer.content.decode()


def test_the_units_without_a_group_are_listed_by_level(signed_in, response, set_up):
    set_up("G", "顾岚")
    set_up("NORTH", "诺敏")
    page = signed_in("顾岚").get(f"/command/{response.pk}/groups/").content.decode()
    assert "2 / 6 个单位成立了领导小组" in page
    assert "缺 4 个" in page


def test_the_summary_is_a_page_and_a_paper(signed_in, response, world, set_up):
    set_up("G", "顾岚")
    standing_down.stand_down(
        response=response, reason="疫情结束", conclusion="平稳有序", by=world.user("顾岚"), at=AT + 3 * DAY
    )  # fmt: skip
    client = signed_in("诺敏")
    page = client.get(f"/command/{response.pk}/summary/").content.decode()
    assert "平稳有序" in page
    assert "成立领导小组" in page
    paper = client.get(f"/command/{response.pk}/summary.pdf")
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")


def test_many_units_cost_no_more_than_few(signed_in, world, response, set_up, django_assert_num_queries):
    client = signed_in("顾岚")
    set_up("G", "顾岚")
    client.get(f"/command/{response.pk}/")
    costs = []
    for extra in range(2):
        if extra:
            more = [NewUnit(f"NEW-{n}", "enterprise", f"新{n}厂", "NORTH") for n in range(5)]
            for unit in units.open_units(more, on=TODAY, by=None, at=AT):
                LeadingGroup.objects.create(response=response, unit=unit, set_up_at=AT)
        for page in (f"/command/{response.pk}/", f"/command/{response.pk}/groups/"):
            with django_assert_num_queries(99, exact=False) as asked:
                client.get(page)
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
    assert max(costs) < 32
    assert groups.let_go_left(at=AT) == 0


@pytest.mark.parametrize(("who", "found"), [("顾岚", True), ("诺敏", True), ("石强", False), ("马力", False)])
def test_a_response_is_found_by_its_title_where_it_reaches(signed_in, activate, who, found):
    north = activate("雪灾应对", issuer="NORTH", roots=("NORTH",))
    shown = signed_in(who).get("/search/", {"q": "雪灾"}).text
    assert (reverse("command:response", args=[north.pk]) in shown) == found
