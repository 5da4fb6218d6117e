"""Every component in a real browser: quiet console, strict CSP, no accessibility finding, nothing sticks out."""

import pytest
from playwright.sync_api import expect

from .browser import DESKTOP, PHONE, assert_accessible, assert_fits, needs_browser

pytestmark = [*needs_browser, pytest.mark.urls("tests.web.urls"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(watched, live_server, settings, blank_rail):
    settings.DEBUG = True

    def visit(size=DESKTOP, theme="light"):
        watched.set_viewport_size(size)
        watched.context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
        watched.goto(f"{live_server.url}/gallery/")
        return watched

    return visit


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_is_accessible_and_fits(gallery, theme):
    page = gallery(PHONE, theme)
    for size in (PHONE, {"width": 1024, "height": 768}, DESKTOP):
        page.set_viewport_size(size)
        assert_fits(page)
    assert_accessible(page)


def test_without_a_choice_the_theme_follows_the_system(gallery):
    page = gallery(theme="auto")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")

    page.emulate_media(color_scheme="dark")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_theme_is_chosen_in_the_menu_and_kept(gallery):
    page = gallery()
    page.locator(".me summary").click()
    page.get_by_role("button", name="深色").click()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_keys_walk_rows_pick_them_and_fold_them(gallery):
    page = gallery()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.cur")).to_contain_text("一车间")

    page.keyboard.press("x")
    expect(page.locator("[data-bulk]")).to_be_visible()
    expect(page.locator("[data-picked]")).to_have_text("1")

    page.keyboard.press("k")
    page.keyboard.press("e")
    expect(page.locator("[data-path='/a/1/']")).to_be_hidden()


def test_single_keys_can_be_switched_off(gallery):
    page = gallery()
    page.keyboard.press("Shift+?")
    expect(page.locator("#help")).to_be_visible()
    page.get_by_label("使用单个按键的快捷操作").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("j")
    expect(page.locator("tr.cur")).to_have_count(0)


def test_picking_all_picks_every_row(gallery):
    page = gallery()
    page.get_by_label("全选").first.check()
    expect(page.locator("[data-picked]")).to_have_text("5")


def test_a_confirmation_opens_in_place_and_escape_closes_it(gallery):
    page = gallery()
    page.get_by_role("link", name="撤销").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_menu_closes_on_escape_and_on_a_click_elsewhere(gallery):
    page = gallery()
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.locator("h1").click()):
        page.locator(".me summary").click()
        expect(page.get_by_text("我的设置")).to_be_visible()
        leave()
        expect(page.get_by_text("我的设置")).to_be_hidden()


def test_copying_says_so(gallery):
    page = gallery()
    page.get_by_role("button", name="复制编号").click()
    expect(page.locator("#toasts")).to_contain_text("已复制")
