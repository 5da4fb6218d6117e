"""Nobody moves, so it climbs; then it is followed up with a picture, asked to be closed, and confirmed by another."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.web.browser import PHONE, assert_accessible, assert_fits, needs_browser
from wuli.base import clock
from wuli.kernel.ledger.actions import due, items
from wuli.kernel.ledger.models import Item

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ff56c72f0d0000000049454e44ae426082"
)
"""One point, opaque."""


@pytest.fixture
def ignored(world, settings, tmp_path):
    """Opened three days ago with a word each day, and not a word since."""
    settings.EVIDENCE_DIR = tmp_path
    item = items.open_item(
        title="更换除尘滤袋", unit=world.unit("WORKS-1"), owner=world.person("林河"), by=world.user("顾岚"),
        at=clock.now() - timedelta(days=3), cadence="daily", due_on=clock.today() + timedelta(days=4),
    )  # fmt: skip
    due.escalate_due(at=clock.now())
    return item


def test_an_ignored_item_climbs_and_is_followed_to_closure(enter, site, ignored):
    page = enter("诺敏")
    page.goto(f"{site}/items/")
    expect(page.get_by_role("row", name="更换除尘滤袋")).to_contain_text("升级 1 级")

    page = enter("林河")
    page.set_viewport_size(PHONE)
    page.get_by_role("listitem").filter(has_text="更换除尘滤袋").get_by_role("link", name="去跟进").click()
    expect(page.locator("main")).to_contain_text("缺 2 次")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("情况").fill("滤袋已到，今晚更换")
    page.get_by_label("附件").set_input_files({"name": "滤袋.png", "mimeType": "image/png", "buffer": PICTURE})
    page.get_by_role("button", name="提交跟进").click()
    expect(page.get_by_role("img", name="滤袋.png")).to_be_visible()
    assert page.get_by_role("img", name="滤袋.png").evaluate("one => one.naturalWidth") == 1
    assert_fits(page)

    page.get_by_role("link", name="申请销号").click()
    page.get_by_label("办结情况").fill("已更换，试运行两小时正常")
    page.get_by_role("button", name="申请销号").click()
    expect(page.locator("main")).to_contain_text("待确认")
    expect(page.get_by_role("link", name="确认销号")).to_have_count(0)

    page = enter("诺敏")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("listitem").filter(has_text="请确认销号：更换除尘滤袋").get_by_role("link", name="去确认").click()
    expect(page.locator("main")).to_contain_text("试运行两小时正常")
    assert_accessible(page)
    page.get_by_role("link", name="确认销号").click()
    page.get_by_role("button", name="确认销号").click()

    expect(page.locator("main")).to_contain_text("已销号")
    assert Item.objects.get().closed_by.name == "诺敏"
