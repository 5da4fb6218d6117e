"""Printed pages: what was asked for, of whom and when; nothing to press, no dark ink, no column lost."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import needs_browser

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
A4 = {"width": 688, "height": 1016}
"""What the margins leave of a sheet, in pixels."""
WHITE = "rgb(255, 255, 255)"
PAGES = {
    "unit": "/units/{unit}/", "tree": "/units/", "roster": "/roster/", "blind spots": "/blind-spots/",
    "duties": "/duties/", "what duties may do": "/duties/table/",
}  # fmt: skip


@pytest.fixture
def printed(enter, site, world):
    """A page of 诺敏's, as it comes out on paper."""
    page = enter("诺敏")
    page.set_viewport_size(A4)
    page.emulate_media(media="print")

    def on_paper(name, theme="light"):
        page.context.add_cookies([{"name": "theme", "value": theme, "url": site}])
        page.goto(site + PAGES[name].format(unit=world.unit("WORKS-1").pk))
        return page

    return on_paper


def test_neither_the_rail_nor_buttons_are_printed(printed):
    for name in PAGES:
        page = printed(name)

        expect(page.locator("main")).to_be_visible()
        for gone in (".side", ".tabbar", ".find", ".me", "button", ".btn", "input", "select", ".pager"):
            assert page.locator(gone).filter(visible=True).count() == 0, (name, gone)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_a_roster_says_of_whom_and_when_and_loses_no_column(printed):
    page = printed("roster")
    expect(page.locator(".top")).to_contain_text("北方板块")
    expect(page.locator(".as-of")).to_be_visible()
    expect(page.get_by_role("columnheader")).to_have_text(["姓名", "工号", "班组", "岗位", "手机", "身份"])


def test_paper_is_white_whatever_the_screen_was(printed):
    for name in PAGES:
        page = printed(name, theme="dark")
        for place in ("body", ".p"):
            ground = page.locator(place).first.evaluate("one => getComputedStyle(one).backgroundColor")
            assert ground == WHITE, (name, place)
        ink = page.locator("h1").first.evaluate("one => getComputedStyle(one).color")
        assert max(map(int, ink[4:-1].split(", "))) < 80, name
