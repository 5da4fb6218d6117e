"""A newcomer's first hour: log in, choose a language, find one's own unit, see who is responsible."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import PHONE, assert_accessible, assert_fits, needs_browser

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


def test_a_newcomer_finds_their_unit_and_who_answers_for_it(enter, site):
    page = enter("林河")

    expect(page.get_by_role("heading", name="我在哪里，谁负责")).to_be_visible()
    page.get_by_role("button", name="EN").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="简").click()

    page.keyboard.press("/")
    page.keyboard.type("djeb")
    page.get_by_role("link", name="电解二班").first.click()

    expect(page.get_by_role("heading", name="电解二班")).to_be_visible()
    page.get_by_role("navigation", name="位置").get_by_role("link", name="一厂").click()
    answerable = page.locator("section", has=page.get_by_role("heading", name="谁负责", exact=True))
    expect(answerable).to_contain_text("填报人 林河")
    assert_accessible(page)


def test_a_wrong_password_is_told_without_saying_what_was_wrong(watched, site):
    watched.goto(f"{site}/account/login/")
    watched.get_by_label("登录名").fill("20004")
    watched.get_by_label("密码").fill("not-the-password")
    watched.get_by_role("button", name="登录").click()

    expect(watched.get_by_role("alert")).to_be_visible()
    assert_accessible(watched)


def test_the_first_hour_works_on_a_phone(enter, site):
    page = enter("林河")
    page.set_viewport_size(PHONE)

    tabs = page.get_by_role("navigation", name="底部导航")
    tabs.get_by_role("link", name="菜单").click()
    assert_accessible(page)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="工作日历").click()
    assert_fits(page)
    tabs.get_by_role("link", name="单位").click()
    assert_fits(page)
    page.get_by_role("link", name="同舟集团").first.click()
    expect(page.get_by_role("heading", name="同舟集团")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
