"""An address that leads nowhere: one is told so, and goes on from there."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import DESKTOP, PHONE, assert_accessible, assert_fits, needs_browser

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("size", "place"), [pytest.param(DESKTOP, "主导航", id="desktop"), pytest.param(PHONE, "底部导航", id="phone")]
)
def test_whoever_is_signed_in_goes_on_from_the_rail(enter, site, size, place):
    page = enter("林河")
    page.set_viewport_size(size)

    assert page.goto(f"{site}/nothing/").status == 404

    assert_accessible(page)
    assert_fits(page)
    assert [line for line in page.trouble if "404" not in line] == []
    page.trouble.clear()  # Chromium complains of every 404
    page.get_by_role("navigation", name=place).get_by_role("link", name="单位").click()
    expect(page).to_have_url(f"{site}/units/")


def test_whoever_is_not_goes_to_the_log_in(watched, site):
    watched.goto(f"{site}/nothing/")
    watched.trouble.clear()
    watched.get_by_role("link", name="回到首页").click()
    expect(watched.get_by_label("登录名")).to_be_visible()
