"""Someone is told, sees the bell ring without reloading, reads, and has an empty list: at a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.kernel.notices.conftest import some_kinds  # noqa: F401
from tests.kernel.notices.telling import ALARM, MISSING, tell
from tests.web.browser import DESKTOP, PHONE, assert_accessible, assert_fits, needs_browser
from wuli.base.clock import now
from wuli.kernel.notices.models import Notice

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_bell_and_the_list(enter, world, window):
    page = enter("诺敏")
    page.set_viewport_size(window)
    page.goto(page.url.rstrip("/") + "/units/")
    bell = page.locator("#bell")
    expect(bell).to_have_attribute("aria-label", "消息 0 条")

    tell(world, "诺敏", kind=MISSING, text="一厂今日零报告未报，请督促", unit="WORKS-1", url="/blind-spots/", at=now())
    tell(world, "诺敏", kind=ALARM, text="野外三组失联超过两小时", url="/units/?q=x", key="alarm", at=now())
    bell.dispatch_event("poll")
    expect(bell).to_have_attribute("aria-label", "消息 2 条")
    assert_fits(page)

    bell.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("有 2 条通知未读")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="野外三组失联超过两小时").click()
    expect(page.locator("#bell")).to_have_attribute("aria-label", "消息 1 条")
    assert page.url.endswith("/units/?q=x")

    page.locator("#bell").click()
    page.get_by_role("button", name="全部设为已读").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("通知都已读过")
    assert not Notice.objects.unread().exists()


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    ("who", "address"),
    [("赵系", "/channels/"), ("赵系", "/channels/new/"), ("诺敏", "/notices/settings/"), ("诺敏", "/notices/sent/")],
)
def test_the_other_pages_fit_and_are_accessible(enter, world, window, who, address):
    tell(world, "林河", kind=MISSING, text="一厂今日零报告未报", unit="WORKS-1", at=now())
    page = enter(who)
    page.set_viewport_size(window)
    page.goto(page.url.rstrip("/") + address)
    assert_accessible(page)
    assert_fits(page)
