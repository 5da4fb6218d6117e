"""The pages: who may open them, what they cost, what they show and do."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from wuli.base.clock import now, today
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice
from wuli.organisation.directives.actions import ending, signing
from wuli.organisation.directives.models import Directive, Opening, Proof, Receipt, Step

from . import office as party


@pytest.fixture
def live(staffed):
    """The same notice, out today and due tomorrow: the pages read the clock."""
    return party.issued(staffed, when=now(), due_on=today() + timedelta(days=1))


def address(name, office, code="", **query):
    key = office.slot(code).pk if code else office.directive.pk
    return reverse(f"directives:{name}", args=[key], query=query)


WHO = ("党宁", "诺敏", "林河", "周舟", "顾岚", "石强", "马力", "孙审")
#                          党宁 诺敏 林河 周舟 顾岚 石强 马力 孙审
PAGES = {
    ("directive", ""):     "200 302 302 302 404 404 404 404",
    ("coverage", ""):      "200 200 200 200 404 404 404 404",
    ("copy", "P-W1-A"):    "200 200 200 404 404 404 404 404",
    ("return", "P-W1-A"):  "200 200 200 404 404 404 404 404",
}  # fmt: skip


@pytest.mark.parametrize(("door", "row"), PAGES.items(), ids=[" ".join(key) for key in PAGES])
def test_who_may_open_what(signed_in, live, door, row):
    found = [signed_in(who).get(address(door[0], live, door[1])).status_code for who in WHO]
    assert found == [int(status) for status in row.split()]


#                       党宁 诺敏 林河 周舟 顾岚 石强 马力 孙审
DOORS = {
    "inbox":               "200 200 200 200 200 200 404 404",
    "sent":                "200 200 200 200 200 200 404 404",
    "new":                 "200 200 200 200 200 200 404 404",
}  # fmt: skip


@pytest.mark.parametrize(("door", "row"), DOORS.items(), ids=list(DOORS))
def test_who_may_open_the_boxes(signed_in, live, door, row):
    found = [signed_in(who).get(reverse(f"directives:{door}")).status_code for who in WHO]
    assert found == [int(status) for status in row.split()]


@pytest.mark.parametrize(
    ("who", "turn", "status"), [("党宁", "revoke", 200), ("党宁", "discard", 404), ("诺敏", "revoke", 404)]
)
def test_who_may_turn_it(signed_in, live, who, turn, status):
    assert signed_in(who).get(reverse("directives:turn", args=[live.directive.pk, turn])).status_code == status


def written(**changes):
    told = {
        "title": "关于做好值班的通知", "text": "昼夜值班。", "root": "P", "kinds": ["party_committee", "party_branch"],
        "urgency": "extreme", "asks": "action", "due_on": str(today() + timedelta(days=1)), "due_clock": "17:00",
        "reviewed": "on", "agency": "同舟党办发",
    }  # fmt: skip
    return told | changes


def test_it_is_written_looked_over_and_issued(signed_in, staffed):
    client = signed_in("党宁")
    form = written(issuer=staffed.unit("P").pk, files=SimpleUploadedFile("附件.pdf", b"%PDF-1.7"))
    answer = client.post(reverse("directives:new"), form, follow=True)
    page = answer.content.decode()
    directive = Directive.objects.get()

    assert "将发给 3 个单位" in page
    assert "同舟党办发〔" in page
    assert (directive.sign_hours, directive.soon_hours, directive.red_hours) == (2, 1, 4)
    assert directive.is_draft

    page = client.post(reverse("directives:issue", args=[directive.pk]), follow=True).content.decode()
    assert "发给 3 个单位" in page
    assert not Directive.objects.get().is_draft


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"title": ""}, "必填"), ({"root": "没有"}, "没有找到"), ({"agency": ""}, "请填写机关代字"),
    ({"kinds": ["enterprise"]}, "没有勾选集团党组这条线的单位类型"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(signed_in, staffed, changes, sentence):
    form = written(issuer=staffed.unit("P").pk, **changes)
    answer = signed_in("党宁").post(reverse("directives:new"), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Directive.objects.exists()


def test_a_secretary_opens_signs_and_reports(signed_in, live):
    client = signed_in("周舟")
    page = client.get(address("copy", live, "P-W2")).content.decode()
    assert "各级党组织要迅速行动" in page
    assert Opening.objects.get().by.name == "周舟"

    client.post(address("sign", live, "P-W2"))
    assert Receipt.objects.get().by.name == "周舟"

    client.post(address("report", live, "P-W2"), {"key": "a", "text": "已部署", "percent": "30"})
    client.post(address("report", live, "P-W2"), {"key": "b", "text": "已完成", "percent": "30", "done": "1"})
    assert list(Step.objects.order_by("pk").values_list("percent", flat=True)) == [30, 100]
    assert "待审核" in client.get(address("copy", live, "P-W2")).content.decode()


def test_the_office_accepts_from_the_list_and_returns_one(signed_in, live):
    for code in ("P-W1", "P-W2"):
        live.sign(code, now())
        live.report(code, now())
    client = signed_in("党宁")
    shown = client.get(address("coverage", live, show="reviewing")).content.decode()
    assert shown.count("待审核</span>") == 2

    client.post(address("accept", live), {"slot": [live.slot("P-W1").pk]})
    client.post(address("return", live, "P-W2"), {"reason": "没有名单"})

    assert (live.slot("P-W1").review, live.slot("P-W2").review) == ("accepted", "returned")
    assert "没有名单" in client.get(address("copy", live, "P-W2")).content.decode()


@pytest.mark.parametrize("name", ["copy", "directive"])
def test_whoever_opens_an_old_copy_sees_first_what_became_of_it(signed_in, live, name):
    ending.revoke(directive=live.again(), reason="发错了", by=live.writer, at=now())
    page = signed_in("党宁").get(address(name, live, "P-W2" if name == "copy" else "")).content.decode()
    assert 0 < page.index("已撤销") < page.index("doc-title")


def test_my_day_names_what_is_owed_and_not_what_was_taken_back(signed_in, live):
    client = signed_in("周舟")
    assert "去签收" in client.get("/").content.decode()
    ending.revoke(directive=live.again(), reason="发错了", by=live.writer, at=now())
    assert "去签收" not in client.get("/").content.decode()


def test_my_day_tells_the_office_what_waits_for_it(signed_in, live):
    live.sign("P-W1", now())
    live.report("P-W1", now())
    assert "1 份待审核" in signed_in("党宁").get("/").content.decode()


def test_the_boxes_find_by_number_and_state(signed_in, live):
    client = signed_in("周舟")
    for query, found in (
        ({"q": "1号"}, True),
        ({"q": "2号"}, False),
        ({"show": "done"}, False),
        ({"show": "all"}, True),
    ):
        shown = live.directive.call.title in client.get(reverse("directives:inbox", query=query)).content.decode()
        assert shown == found, query


@pytest.mark.parametrize("name", ["inbox", "sent"])
def test_lists_cost_the_same_for_one_and_for_three(signed_in, live, staffed, name, django_assert_num_queries):
    client = signed_in("诺敏" if name == "inbox" else "党宁")
    address_ = reverse(f"directives:{name}")
    client.get(address_)
    queries = {"inbox": 6, "sent": 7}[name]
    with django_assert_num_queries(queries):
        client.get(address_)
    for _turn in range(2):
        party.issued(staffed, when=now(), due_on=today() + timedelta(days=1))
    with django_assert_num_queries(queries):
        assert client.get(address_).content.decode().count(live.directive.call.title) == 3


def test_the_coverage_costs_the_same_for_one_receipt_and_for_three(signed_in, live, django_assert_num_queries):
    client = signed_in("党宁")
    live.sign("P-NORTH", now())
    client.get(address("coverage", live))
    with django_assert_num_queries(15):
        client.get(address("coverage", live))
    for code in ("P-W1", "P-W2"):
        live.sign(code, now())
    with django_assert_num_queries(15):
        client.get(address("coverage", live))


def test_the_sheet_has_a_row_for_every_unit_and_its_digest(signed_in, live):
    live.sign("P-W1", now())
    answer = signed_in("党宁").post(address("coverage_export", live), {"unit": live.world.unit("P").pk})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))

    assert [row[0] for row in rows[1:5]] == ["P-NORTH", "P-W1", "P-W1-A", "P-W2"]
    assert rows[2][5] == "林河"
    assert Proof.objects.get().digest in rows[5][0]
    assert Event.objects.filter(verb="directive.proof_exported").count() == 1


def test_a_proof_is_printed_opened_and_checked(signed_in, live):
    client = signed_in("党宁")
    page = client.post(address("proof_take", live), {"unit": live.world.unit("P").pk}, follow=True).content.decode()
    proof = Proof.objects.get()
    assert "一致" in page
    answer = client.get(reverse("directives:proof_paper", args=[proof.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")

    for digest, said in ((proof.digest, "完全一致"), ("0" * 64, "查无此件")):
        assert said in client.get(address("coverage", live, digest=digest)).content.decode()


def test_a_reminder_says_what_is_owed_and_leads_to_the_copy(signed_in, live):
    signed_in("党宁").post(address("chase", live), {"slot": [live.slot("P-W2").pk], "text": "请尽快"})
    told = Notice.objects.get(kind="cascade.reminder")
    assert "还没有签收或办结" in told.text
    answer = signed_in("周舟").get(told.url)
    assert answer.url == address("copy", live, "P-W2")


def test_files_are_for_those_who_may_see_the_copy(signed_in, live):
    live.sign("P-W2", now())
    step = live.report("P-W2", now(), files=[SimpleUploadedFile("名单.pdf", b"%PDF-1.7")])
    url = reverse("directives:evidence", args=[step.evidence.get().pk])
    assert [signed_in(who).get(url).status_code for who in ("党宁", "周舟", "才让", "石强")] == [200, 200, 404, 404]


def test_opening_twice_keeps_the_first(signed_in, live):
    signing.note_opening(slot=live.slot("P-W2"), by=live.secretary("P-W2"), at=live.slot("P-W2").made_at)
    signed_in("周舟").get(address("copy", live, "P-W2"))
    assert Opening.objects.get().at == live.slot("P-W2").made_at
