"""A morning meeting turns a decision into an item that escalates when ignored; the next meeting opens with it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.web.browser import PHONE, assert_accessible, assert_fits, needs_browser
from wuli.base import clock
from wuli.kernel.ledger.actions import due
from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.meetings.actions import packs, series
from wuli.leadership.meetings.actions.series import NewSeries, Place, Plan
from wuli.leadership.meetings.models import Meeting, Minute

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def morning(world):
    """North's meeting begins in ten minutes; its pack is made."""
    at = clock.now()
    begins = (at + timedelta(minutes=10)).astimezone(ZoneInfo("Asia/Shanghai"))
    plan = Plan(
        title="北方板块生产运营调度会", cadence="daily", starts_at=begins.time().replace(second=0, microsecond=0),
        minutes=45, chair=world.person("诺敏"), secretary=world.person("欧阳"), starts_on=begins.date(),
        place="301 会议室",
    )  # fmt: skip
    north = world.unit("NORTH")
    places = [Place(duty=Duty.HEAD, unit=north, kind="enterprise")]
    begun = series.begin(NewSeries(north, "dispatch", plan, places=places), by=world.user("诺敏"), at=at)
    packs.make_due(at=at)
    return Meeting.objects.filter(series=begun).order_by("starts_at")[0]


def test_a_decision_escalates_when_ignored_and_opens_the_next_meeting(enter, site, world, morning):
    page = enter("欧阳")
    page.get_by_role("listitem").filter(has_text="北方板块生产运营调度会").get_by_role("link", name="看材料").click()
    expect(page.locator("#people")).to_contain_text("在册人数")
    page.get_by_role("link", name="开会").click()
    page.get_by_role("button", name="开会").click()
    page.get_by_role("button", name="未签到的都到会").click()

    page.locator("#output textarea").press_sequentially("一厂 2 号槽停槽")
    expect(page.locator("#saved-output")).to_contain_text("欧阳")
    assert Minute.objects.get(point="output").text == "一厂 2 号槽停槽"
    assert_accessible(page)
    assert_fits(page)

    page.locator("#decisions").get_by_label("决定").fill("今天恢复 2 号槽")
    page.locator("#decisions").get_by_label("责任单位").fill("WORKS-2")
    page.locator("#decisions").get_by_label("期限").fill(str(morning.on))
    page.get_by_role("button", name="记下并交办").click()
    expect(page.get_by_role("link", name="提交纪要")).to_be_visible()
    page.get_by_role("link", name="提交纪要").click()
    page.get_by_role("button", name="提交纪要").click()
    expect(page.locator("main")).to_contain_text("纪要待确认")

    page = enter("诺敏")
    page.set_viewport_size(PHONE)
    page.get_by_role("listitem").filter(has_text="请确认会议纪要").get_by_role("link", name="去确认").click()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="确认纪要").click()
    page.get_by_role("button", name="确认纪要").click()
    expect(page.locator("main")).to_contain_text("纪要已确认")

    due.escalate_due(at=clock.now() + timedelta(days=2))
    page.goto(f"{site}/items/")
    expect(page.get_by_role("row", name="今天恢复 2 号槽")).to_contain_text("升级 1 级")

    following = Meeting.objects.filter(series=morning.series).order_by("starts_at")[1]
    page.goto(f"{site}/meetings/{following.pk}/")
    expect(page.locator("#earlier")).to_contain_text("今天恢复 2 号槽")
    expect(page.locator("#earlier")).to_contain_text("升级 1 级")


def test_two_secretaries_write_at_once_and_no_word_is_lost(enter, site, world, morning):
    page = enter("欧阳")
    page.goto(f"{site}/meetings/{morning.pk}/")
    page.get_by_role("link", name="开会").click()
    page.get_by_role("button", name="开会").click()
    other = page.context.new_page()
    other.goto(f"{site}/meetings/{morning.pk}/")

    page.locator("#stock textarea").press_sequentially("够七天")
    expect(page.locator("#saved-stock")).to_contain_text("已保存")
    other.locator("#stock textarea").press_sequentially("缺氧化铝")
    expect(other.locator("#saved-stock")).to_contain_text("没有丢失")
    other.get_by_role("link", name="去合并").click()
    other.reload()
    other.get_by_role("button", name="接在纪要后面").click()
    expect(other.locator("#stock textarea")).to_have_value("够七天\n缺氧化铝")
