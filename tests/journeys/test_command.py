"""A response from its first minute to its summary; a night shift handed over on the phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.web.browser import PHONE, assert_accessible, assert_fits, needs_browser
from wuli.base import clock
from wuli.leadership.command.actions import duty
from wuli.leadership.command.models import DutyDesk, Response, Shift, Turn

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


def test_the_commander_activates_leads_and_stands_down(enter, site, world):
    page = enter("顾岚")
    page.goto(f"{site}/command/")
    assert_accessible(page)
    page.get_by_role("link", name="启动应急响应").click()
    page.get_by_label("名称").fill("新冠肺炎疫情防控应急响应")
    page.get_by_label("一级响应").check()
    page.get_by_label("启动依据").fill("国家启动一级响应")
    page.get_by_label("响应要求").fill("每日报告，零报告；领导提前返岗")
    assert_accessible(page)
    page.get_by_role("button", name="启动").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("新冠肺炎疫情防控应急响应")

    page.get_by_role("link", name="去成立").click()
    page.get_by_label("组长", exact=False).first.fill("顾岚")
    page.get_by_label("办公室主任").fill("党宁")
    page.get_by_role("button", name="成立").click()
    expect(page.locator("main")).to_contain_text("办公室主任")
    assert_accessible(page)

    page.goto(f"{site}/duty/new/")
    page.get_by_label("单位").fill("G")
    page.get_by_label("值班电话").fill("010-6666 8888")
    page.get_by_role("button", name="开始值守").click()
    page.get_by_label("值班员", exact=False).first.fill("党宁\n孙审")
    page.get_by_role("button", name="排班").click()
    expect(page.locator("main")).to_contain_text("已排 7 班")
    assert_accessible(page)

    response = Response.objects.get()
    for address in (f"/command/{response.pk}/presence/", f"/command/{response.pk}/groups/", "/duty/"):
        page.goto(site + address)
        assert_accessible(page)
    page.goto(f"{site}/command/{response.pk}/")
    assert_accessible(page)
    page.get_by_role("link", name="终止响应").click()
    page.get_by_label("原因").fill("疫情得到控制")
    page.get_by_label("总结").fill("连续 17 天无新增")
    page.get_by_role("button", name="终止响应").click()
    expect(page.locator("main")).to_contain_text("连续 17 天无新增")
    expect(page.locator("main")).to_contain_text("成立领导小组")
    assert_accessible(page)


@pytest.fixture
def night(world):
    """A shift of 欧阳 at North that ends in a quarter of an hour, and 林河's after it."""
    at = clock.now()
    desk = DutyDesk.objects.create(unit=world.unit("NORTH"), phone="010-6666 8888", opened_at=at - timedelta(days=1))
    change = at + timedelta(minutes=15)
    for name, start in (("欧阳", change - timedelta(hours=12)), ("林河", change)):
        shift = Shift.objects.create(desk=desk, from_at=start, until_at=start + timedelta(hours=12))
        Turn.objects.create(shift=shift, person=world.person(name), role="officer")
    assert duty.amend_desk(desk=desk, phone="010-6666 8888", room="三楼", by=world.user("诺敏"), at=at)


def test_a_shift_is_handed_over_on_the_phone(enter, site, night):
    page = enter("欧阳")
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/")
    page.get_by_role("listitem").filter(has_text="请交班：北方板块").get_by_role("link", name="去交班").click()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("值班情况").fill("21:40 二厂报告一名员工发热，已送医")
    page.get_by_label("未办完的事").fill("等二厂的核酸结果")
    page.get_by_role("button", name="交班").click()
    expect(page.locator("main")).to_contain_text("待接班")

    page = enter("林河")
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/")
    page.get_by_role("listitem").filter(has_text="请接班：北方板块").get_by_role("link", name="去接班").click()
    expect(page.locator("main")).to_contain_text("等二厂的核酸结果")
    assert_fits(page)
    page.get_by_role("button", name="我已了解，接班").click()
    expect(page.locator("main")).to_contain_text("已接班")
    page.goto(f"{site}/duty/")
    assert_fits(page)
    assert_accessible(page)
