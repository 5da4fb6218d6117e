"""A page that waits for work: it asks again, stops when all is done, and rests while nobody looks."""

import pytest
from playwright.sync_api import expect

from .browser import needs_browser

pytestmark = [*needs_browser, pytest.mark.urls("tests.web.urls"), pytest.mark.django_db(transaction=True)]
LONG_ENOUGH = 3500
"""Milliseconds in which a page that still asks would have asked."""


@pytest.fixture
def work(watched, live_server):
    """The page of work that takes two more steps, and what it asks for meanwhile."""
    asked = []
    watched.add_init_script("Object.defineProperty(document, 'hidden', {get: () => Boolean(window.nobodyLooks)})")
    watched.goto(f"{live_server.url}/work/2/")
    watched.on(
        "request", lambda request: asked.append(request.url.partition("/work/")[2]) if "/work/" in request.url else None
    )
    return watched, asked


def test_progress_is_asked_for_until_the_work_is_done_and_not_after(work):
    page, asked = work
    expect(page.get_by_text("还有 2 步")).to_be_visible()

    expect(page.get_by_text("完成")).to_be_visible(timeout=10_000)
    page.wait_for_timeout(LONG_ENOUGH)

    assert asked == ["1/", "0/"]
    expect(page.locator("progress")).to_have_attribute("value", "3")


def test_nothing_is_asked_while_nobody_looks(work):
    page, asked = work
    page.evaluate("window.nobodyLooks = true")
    page.wait_for_timeout(LONG_ENOUGH)
    assert asked == []

    page.evaluate("window.nobodyLooks = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("还有 1 步")).to_be_visible(timeout=5000)
