"""Every page of the house, on a desk and on a phone, by day and in the dark: reachable by all, nothing cut off."""

import pytest

from tests.web.browser import PHONE, assert_accessible, assert_fits, needs_browser

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "诺敏": [
        "/", "/units/", "/units/{unit}/", "/units/{unit}/history/", "/roster/", "/people/{person}/", "/duties/",
        "/duties/new/", "/duties/table/", "/blind-spots/", "/blind-spots/no_post/", "/scope/", "/me/", "/settings/",
        "/search/?q=电", "/settings/tokens/", "/items/", "/items/new/",
        "/grid/?unit={unit}", "/grid/cells/?unit={unit}", "/grid/find/?q=才让", "/grid/{unit}/board/",
        "/grid/{unit}/board/edit/", "/grid/{unit}/boards/", "/grid/hand-over/",
        "/reports/", "/layouts/", "/command/", "/command/new/", "/duty/", "/duty/new/",
        "/metrics/", "/metrics/orgs.people/?unit={unit}", "/metrics/cascade.coverage/",
    ],
    "欧阳": [
        "/roster/imports/", "/roster/imports/new/", "/roster/export/", "/roster/join/", "/people/{person}/transfer/",
        "/people/{person}/leave/",
    ],
    "赵系": [
        "/accounts/", "/units/{unit}/open/", "/units/{unit}/amend/", "/units/{unit}/change/merge/",
        "/units/imports/", "/units/imports/new/", "/units/export/", "/calendar/", "/calendar/new/",
    ],
    "孙审": ["/events/"],
}  # fmt: skip


IN_THE_DARK = 6
"""Every so many pages once more in the dark: its colours are the same everywhere."""


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_and_fit(enter, site, world, name):
    page = enter(name)
    known = {"unit": world.unit("WORKS-1").pk, "person": world.person("才让").pk}
    for n, address in enumerate(PAGES[name]):
        page.goto(site + address.format(**known))
        assert page.locator("h1").count() == 1, address
        assert_accessible(page)
        if n % IN_THE_DARK == 0:
            page.context.add_cookies([{"name": "theme", "value": "dark", "url": site}])
            page.reload()
            assert_accessible(page)
            page.context.add_cookies([{"name": "theme", "value": "light", "url": site}])
        page.set_viewport_size(PHONE)
        assert_fits(page)
        page.set_viewport_size({"width": 1440, "height": 900})


def test_pages_work_without_javascript(browser, site, world):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/account/login/")
    page.get_by_label("登录名").fill("20001")
    page.get_by_label("密码").fill("Tong-zhou-2020")
    page.get_by_role("button", name="登录").click()

    page.get_by_role("navigation", name="主导航").get_by_role("link", name="单位").click()
    page.get_by_role("link", name="展开北方板块").click()
    page.get_by_role("link", name="一厂", exact=True).click()
    page.goto(f"{site}/roster/?q=cairang")
    page.get_by_role("link", name="才让").click()
    page.get_by_text("查看完整号码").click()
    page.get_by_label("原因").fill("联系本人返岗")
    page.get_by_role("button", name="查看", exact=True).click()

    assert page.locator("#phone").inner_text() == world.person("才让").phone
    context.close()
