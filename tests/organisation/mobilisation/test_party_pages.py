"""The pages: who may open what, what they do, in how many queries."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.organisation.mobilisation.conftest import DAY, NOON, TODAY
from tests.organisation.mobilisation.test_activities import PICTURE
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.models import Item
from wuli.kernel.orgs.actions import people, units
from wuli.organisation.mobilisation.actions import attendance, errands
from wuli.organisation.mobilisation.actions.errands import NewErrand
from wuli.organisation.mobilisation.models import Commitment, Vanguard
from wuli.web.day import tasks_of


@pytest.fixture
def things(world, campaign, plan, propose):
    """One of each, of 电解支部; the campaign is the Party group's."""
    activity = plan()
    given = NewErrand(body=world.unit("P-W1-A"), title="联系两名职工", to_all=True)
    return {
        "campaign": campaign.pk, "activity": activity.pk, "vanguard": propose().pk, "branch": world.unit("P-W1-A").pk,
        "host": activity.hosts.get().pk, "own": world.person("才让").pk,
        "errand": errands.give(given, key="k", by=world.user("诺敏"), at=NOON).pk,
    }  # fmt: skip


#                           党宁 诺敏 才让 周舟 林河
WHO_MAY = {
    "participation":                     "200 200 404 200 404",
    "participation_export xlsx":         "200 200 404 200 404",
    "campaigns":                         "200 200 200 200 200",
    "campaign campaign":                 "200 200 200 200 404",
    "campaign_new":                      "200 200 404 200 404",
    "campaign_reword campaign":          "200 404 404 404 404",
    "campaign_end campaign":             "200 404 404 404 404",
    "campaign_take_back campaign own":   "404 404 404 404 404",
    "activities":                        "200 200 200 200 200",
    "activity activity":                 "200 200 200 404 404",
    "activity_new":                      "200 200 404 200 404",
    "activity_change activity":          "200 200 404 404 404",
    "activity_publish activity":         "200 200 404 404 404",
    "activity_discard activity":         "200 200 404 404 404",
    "activity_attend activity host":     "200 200 404 404 404",
    "activity_hold activity":            "200 200 404 404 404",
    "activity_not_held activity":        "200 200 404 404 404",
    "activity_calendar activity":        "200 200 200 404 404",
    "activities_calendar":               "200 200 200 200 200",
    "owing":                             "200 200 404 200 404",
    "rhythm":                            "200 404 404 404 404",
    "vanguards":                         "200 200 200 200 200",
    "vanguard vanguard":                 "200 200 200 404 404",
    "vanguard_new":                      "200 200 404 200 404",
    "errands":                           "200 200 200 200 200",
    "errand errand":                     "200 200 200 404 404",
    "errand_new":                        "200 200 404 200 404",
}  # fmt: skip


def test_who_may_open_what(client, world, things):
    found = dict.fromkeys(WHO_MAY, "")
    for who in ("党宁", "诺敏", "才让", "周舟", "林河"):
        client.force_login(world.user(who))
        for page in WHO_MAY:
            name, *words = page.split()
            address = reverse(f"mobilisation:{name}", args=[things.get(word, word) for word in words])
            found[page] = f"{found[page]} {client.get(address).status_code}".strip()
    assert found == WHO_MAY
    assert Item.objects.count() == 2


LISTS = {"campaigns": 13, "activities": 14, "vanguards": 15, "errands": 13, "participation": 24}
"""How many queries each list may take, at one row and at three: the frame's own among them."""


def queries_of(client, name):
    with CaptureQueriesContext(connection) as ran:
        assert client.get(reverse(f"mobilisation:{name}")).status_code == 200
    return len(ran)


def test_lists_take_as_many_queries_at_three_rows_as_at_one(world, signed_in, things, issue, plan, propose, join_party):
    client = signed_in("党宁")
    client.get("/")
    at_one = {name: queries_of(client, name) for name in LISTS}
    for n in range(2):
        issue(title=f"承诺{n}")
        plan(title=f"党日{n}")
        propose(f"先锋岗{n}")
        join_party(f"新人{n}")
        given = NewErrand(body=world.unit("P-W2"), title=f"任务{n}", to_all=True)
        errands.give(given, key=str(n), by=world.user("周舟"), at=NOON)
    assert {name: queries_of(client, name) for name in LISTS} == at_one
    assert {name: n for name, n in at_one.items() if n > LISTS[name]} == {}


def test_a_member_sees_no_names_and_a_secretary_only_their_own(signed_in, world, campaign):
    page = reverse("mobilisation:campaign", args=[campaign.pk])
    assert "周舟" not in signed_in("才让").get(page).content.decode()
    own, other = (reverse("mobilisation:campaign", args=[campaign.pk], query={"unit": world.unit(code).pk})
                  for code in ("P-W1-A", "P-W2"))  # fmt: skip
    client = signed_in("诺敏")
    assert "才让" in client.get(own).content.decode()
    assert "周舟" not in client.get(other).content.decode()


def test_signed_on_the_page_and_taken_back_on_the_page(signed_in, world, campaign):
    client = signed_in("才让")
    said = {"own_words": "岗位在，我就在"}
    assert client.post(reverse("mobilisation:campaign_sign", args=[campaign.pk]), said).status_code == 302
    shown = client.get(reverse("mobilisation:campaign", args=[campaign.pk])).content.decode()
    assert "岗位在，我就在" in shown

    address = reverse("mobilisation:campaign_take_back", args=[campaign.pk, world.person("才让").pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "签错了"}).status_code == 302
    assert Commitment.objects.get().ended_reason == "签错了"


def test_attendance_and_minutes_come_in_through_the_pages(signed_in, world, plan):
    activity = plan()
    host, client = activity.hosts.get(), signed_in("诺敏")
    marks = {"诺敏": "present", "才让": "leave"}
    said = {"step": 1} | {f"p{world.person(name).pk}": mark for name, mark in marks.items()}
    address = reverse("mobilisation:activity_attend", args=[activity.pk, host.pk])
    answer = client.post(address, said)
    assert (answer.status_code, "请假的党员请写明原因" in answer.content.decode()) == (422, True)
    assert client.post(address, said | {f"r{world.person('才让').pk}": "倒班"}).status_code == 302

    picture = SimpleUploadedFile("合影.png", PICTURE)
    held = {"minutes": "逐人发言", "guests": 3, "files": picture}
    assert client.post(reverse("mobilisation:activity_hold", args=[activity.pk]), held).status_code == 302
    shown = signed_in("才让").get(reverse("mobilisation:activity", args=[activity.pk])).content.decode()
    assert "逐人发言" in shown
    assert "合影.png" in shown
    assert "倒班" not in shown


def test_pictures_are_for_the_branch_and_those_above(client, world, plan):
    activity = plan()
    file = SimpleUploadedFile("合影.png", PICTURE)
    (kept,) = attendance.attach(activity=activity, files=[file], by=world.user("诺敏"), at=NOON)
    found = []
    for who in ("党宁", "诺敏", "才让", "周舟", "顾岚"):
        client.force_login(world.user(who))
        found.append(client.get(reverse("mobilisation:attachment", args=[kept.pk])).status_code)
    assert found == [200, 200, 200, 404, 404]


def test_the_table_goes_out_as_a_file_and_leaves_an_event(signed_in, world, campaign):
    answer = signed_in("党宁").get(reverse("mobilisation:participation_export", args=["xlsx"]))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3)]
    assert [(row[2], row[3], row[5]) for row in rows] == [("电解支部", 2, 0), ("二厂支部", 1, 0)]
    event = Event.objects.get(verb="participation.exported")
    assert event.changes["rows"] == [None, 2]


def tasks(world, who):
    request = RequestFactory().get("/")
    request.user = world.user(who)
    return [str(task.title) for some in tasks_of(request).values() for task in some]


def test_my_day_says_what_is_asked_of_each(world, campaign, plan, propose):
    plan()
    propose()
    assert "四个带头" in tasks(world, "才让")
    assert {"四个带头", "请记录到会和开展情况：重温入党誓词", "电解支部本月还没有开展主题党日"} <= set(
        tasks(world, "诺敏")
    )
    assert "请审批：东门测温先锋岗" in tasks(world, "党宁")
    assert not any("党日" in title for title in tasks(world, "林河"))


def test_the_calendar_holds_what_is_to_come(signed_in, plan):
    plan(days=3)
    plan(days=-3, title="已经过去")
    text = signed_in("才让").get(reverse("mobilisation:activities_calendar")).content.decode()
    assert "SUMMARY:重温入党誓词" in text
    assert "已经过去" not in text


def test_a_vanguard_is_proposed_and_approved_through_the_pages(signed_in, world, propose):
    client = signed_in("诺敏")
    said = {
        "sort": "force", "name": "抢修突击队", "body": "P-W1-A", "unit": "W1-SHOP", "purpose": "抢修", "flag": "given",
        "leader": "才让", "from_date": "2020-02-20",
    }  # fmt: skip
    assert client.post(reverse("mobilisation:vanguard_new"), said | {"unit": "WORKS-3"}).status_code == 422
    address = client.post(reverse("mobilisation:vanguard_new"), said).url
    assert client.post(f"{address}approve/", {"opinion": ""}).status_code == 422
    assert signed_in("党宁").post(f"{address}approve/", {"opinion": "同意"}).status_code == 302
    assert Vanguard.objects.get().status == "approved"


def test_a_past_day_calls_bodies_what_they_were_called_and_people_what_they_are(signed_in, world, plan, clock):
    past, ahead = plan(), plan(title="党课", days=6)
    units.rename_unit(unit=world.unit("P-W1-A"), name="一厂第一支部", on=TODAY + DAY, by=None, at=NOON + DAY)
    people.amend(person=world.person("诺敏"), name="诺明", by=world.user("欧阳"), at=NOON + DAY)
    clock(NOON + 2 * DAY)
    client = signed_in("党宁")

    def shown(name, *args, **query):
        return client.get(reverse(f"mobilisation:{name}", args=args, query=query)).content.decode()

    page = shown("activity", past.pk)
    assert "电解支部" in page
    assert "一厂第一支部" not in page
    assert "诺明" in page
    assert "一厂第一支部" in shown("activity", ahead.pk)
    assert all(name in shown("activities") for name in ("电解支部", "一厂第一支部"))
    branch = world.unit("P-W1-A").pk
    assert "<h1>电解支部" in shown("participation", unit=branch, on=TODAY)
    assert "<h1>一厂第一支部" in shown("participation", unit=branch)


def test_who_had_signed_on_a_past_day_is_told_though_the_body_has_moved_since(signed_in, world, issue, clock):
    campaign = issue(body="P-W1", by="党宁")
    units.move_unit(unit=world.unit("P-W1"), target=world.unit("P"), on=TODAY + DAY, by=None, at=NOON + DAY)
    clock(NOON + 2 * DAY)
    page = reverse("mobilisation:campaign", args=[campaign.pk], query={"on": TODAY})

    text = signed_in("党宁").get(page).content.decode()
    assert "谁已承诺" in text
    assert "电解支部" in text
    assert f"on={TODAY}" in text.split("谁已承诺")[1]
