"""A Party notice goes out at nine; a branch signs on a phone, a committee passes it on, one unit mends its report;
by five the office prints the proof. Then it is revoked, and every copy says so."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.organisation.directives import office as party
from tests.web.browser import DESKTOP, PHONE, assert_accessible, assert_fits, needs_browser
from wuli.base import clock
from wuli.organisation.directives.models import Directive, Proof, Receipt

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
TITLE = "关于充分发挥各级党组织和党员作用的通知"


@pytest.fixture
def secretaries(world, settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path
    return party.staff(world)


@pytest.fixture
def sent(secretaries):
    """The notice is out since this morning; all but one branch have signed."""
    office = party.issued(secretaries, when=clock.now(), due_on=clock.today() + timedelta(days=1))
    for code in ("P-NORTH", "P-W1", "P-W1-A"):
        office.sign(code, clock.now())
    return office


def check(page):
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.set_viewport_size(DESKTOP)


def test_the_office_issues_and_a_secretary_signs_on_a_phone(enter, site, secretaries):
    page = enter("党宁")
    page.goto(f"{site}/directives/new/")
    page.get_by_label("标题").fill(TITLE)
    page.get_by_label("正文").fill("各级党组织要迅速行动。\n\n广大党员要带头落实。")
    page.get_by_label("机关代字").fill("同舟党发")
    check(page)
    page.get_by_role("button", name="存为草稿，核对下发范围").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("将发给 4 个单位")
    check(page)
    page.get_by_role("button", name="签发").click()
    expect(page.locator("main")).to_contain_text("还有 4 个单位没有签收")
    assert re.fullmatch(r"同舟党发〔\d{4}〕1号", Directive.objects.get().number)
    check(page)

    page = enter("周舟")
    page.set_viewport_size(PHONE)
    page.get_by_role("listitem").filter(has_text=TITLE).get_by_role("link", name="去签收").click()
    expect(page.locator("main")).to_contain_text("广大党员要带头落实")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="签收", exact=True).click()
    expect(page.locator("main")).to_contain_text("办理中")
    assert Receipt.objects.get().by.name == "周舟"
    assert_fits(page)


def test_it_is_passed_on_returned_mended_and_proved(enter, site, sent):
    page = enter("诺敏")
    page.goto(f"{site}/directives/copies/{sent.slot('P-NORTH').pk}/")
    page.get_by_role("link", name="分解下发").click()
    page.get_by_label("补充要求").fill("另请各支部今天建立突击队。")
    page.get_by_label("机关代字").fill("北方党发")
    page.get_by_role("button", name="存为草稿，核对下发范围").click()
    expect(page.get_by_role("blockquote")).to_contain_text("各级党组织要迅速行动")
    page.get_by_role("button", name="签发").click()
    expect(page.locator("main")).to_contain_text("补充要求")
    check(page)

    sent.report("P-W1", clock.now())
    page = enter("党宁")
    page.get_by_role("listitem").filter(has_text="份待审核").get_by_role("link", name="去审核").click()
    page.get_by_role("link", name="一厂党总支").last.click()
    page.get_by_role("link", name="退回").click()
    page.get_by_label("原因").fill("请附突击队名单")
    page.get_by_role("button", name="退回").click()

    page = enter("林河")
    page.get_by_role("listitem").filter(has_text=TITLE).get_by_role("link", name="去改正").click()
    expect(page.get_by_role("alert")).to_contain_text("请附突击队名单")
    page.get_by_role("textbox", name="落实情况").fill("已附名单")
    page.get_by_label("佐证").set_input_files({"name": "名单.txt", "mimeType": "text/plain", "buffer": b"1"})
    check(page)
    page.get_by_role("button", name="报告办结").click()
    expect(page.locator("main")).to_contain_text("待审核")

    page = enter("党宁")
    page.goto(f"{site}/directives/{sent.directive.pk}/coverage/?show=reviewing")
    page.get_by_label("选择一厂党总支").check()
    page.get_by_role("button", name="通过所选").click()
    page.goto(f"{site}/directives/{sent.directive.pk}/coverage/")
    check(page)
    page.get_by_role("button", name="打印证明").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("集团党组截至")
    check(page)
    answer = page.request.get(f"{site}{page.get_by_role('link', name='打开 PDF').get_attribute('href')}")
    assert answer.body().startswith(b"%PDF-")
    proof = Proof.objects.get()
    assert {name: proof.totals[name] for name in ("issued", "received", "done")} == {
        "issued": 4, "received": 3, "done": 1}  # fmt: skip

    page.goto(f"{site}/directives/{sent.directive.pk}/")
    page.get_by_text("更多").click()
    page.get_by_role("link", name="撤销").click()
    page.get_by_label("原因").fill("以新通知为准")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("alert")).to_contain_text("已撤销")
    page = enter("才让")
    page.goto(f"{site}/directives/?show=all")
    expect(page.locator("#box-rows")).to_contain_text("已撤销")
    page.locator("#box-rows").get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("alert")).to_contain_text("已撤销")
