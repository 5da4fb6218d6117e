"""The Party office issues the four commitments; a member signs on the phone in one tap, the secretary records two on
paper, the office sees the branch's participation and opens the list of those missing."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import DESKTOP, PHONE, assert_accessible, assert_fits, needs_browser
from tests.world import DAY_ONE, START
from wuli.kernel.orgs.actions import people, postings
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models.posting import Duty
from wuli.organisation.mobilisation.models import Commitment

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def branch(world):
    """电解支部 with four more members who have no account; 诺敏 is its secretary."""
    unit = world.unit("P-W1-A")
    postings.post(
        person=world.person("诺敏"), duty=Duty.PARTY_SECRETARY, unit=unit, from_date=DAY_ONE, by=None, at=START
    )
    for n, name in enumerate(("老郭", "老马", "老秦", "老徐")):
        place = Place(world.unit("W1-T1"), world.unit("WORKS-1"), branch=unit)
        people.join(number=f"4000{n}", name=name, place=place, on=DAY_ONE, by=None, at=START)
    return unit


def test_the_four_commitments_reach_everyone(enter, site, branch):
    page = enter("党宁")
    page.goto(f"{site}/commitments/")
    page.get_by_role("link", name="发起承诺").first.click()
    expect(page.get_by_label("承诺事项")).to_have_value(
        "带头贯彻中央要求\n带头落实防控措施\n带头发挥先锋作用\n带头维护员工利益"
    )
    page.get_by_label("标题").fill("四个带头")
    assert_accessible(page)
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("四个带头")

    page = enter("才让")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="去承诺").click()
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="我承诺").click()
    expect(page.get_by_text("您已承诺“四个带头”")).to_be_visible()

    page = enter("诺敏")
    page.set_viewport_size(DESKTOP)
    page.get_by_role("link", name="去承诺").click()
    page.get_by_label("选择老郭").check()
    page.get_by_label("选择老马").check()
    assert_accessible(page)
    page.get_by_role("button", name="代录所选").click()
    expect(page.get_by_text("已代录 2 名党员")).to_be_visible()

    page = enter("党宁")
    page.goto(f"{site}/party/")
    assert_accessible(page)
    row = page.get_by_role("row", name="北方板块党委")
    expect(row).to_contain_text("3/7")
    page.goto(f"{site}/commitments/")
    page.get_by_role("link", name="四个带头").click()
    for body in ("北方板块党委", "一厂党总支", "电解支部"):
        page.get_by_role("table").get_by_role("link", name=body).click()
    expect(page.get_by_text("3 / 6 名党员")).to_be_visible()
    names = page.get_by_role("table", name="支部党员")
    expect(names).to_contain_text("老秦")
    expect(names).not_to_contain_text("才让")
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_fits(page)
    assert sorted(Commitment.objects.values_list("way", flat=True)) == ["own", "paper", "paper"]


def test_a_theme_day_is_planned_held_and_shown(enter, site, branch):
    page = enter("诺敏")
    page.goto(f"{site}/activities/new/?sort=theme_day")
    page.get_by_label("主题", exact=False).first.fill("重温入党誓词")
    page.get_by_label("日期").fill(page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})"))
    page.get_by_label("开始时间").fill("00:00")
    page.get_by_label("结束时间").fill("00:30")
    assert_accessible(page)
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_role("link", name="发布").click()
    page.get_by_role("button", name="发布").click()
    page.get_by_role("link", name="记录到会").click()
    assert_accessible(page)
    page.get_by_role("group", name="老徐").get_by_label("请假").check()
    page.get_by_label("老徐的原因").fill("病假")
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.get_by_role("button", name="保存到会情况").click()
    page.get_by_role("link", name="记录开展情况").click()
    page.get_by_label("记录").fill("逐人发言")
    page.get_by_role("button", name="记为已开展").click()
    expect(page.get_by_text("已开展").first).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.goto(f"{site}/activities/owing/")
    expect(page.get_by_text("没有欠开展的支部")).to_be_visible()
