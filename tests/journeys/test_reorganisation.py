"""The head office moves an enterprise to another segment, and what was stays what it was."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import assert_accessible, needs_browser

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


def heads_of(page, site, unit, day=""):
    """The head count on a unit's page, today or on an earlier day chosen in the page."""
    page.goto(f"{site}/units/{unit.pk}/")
    if day:
        page.get_by_label("看哪一天").fill(day)
        page.get_by_role("button", name="看这一天").click()
    return page.locator(".kpis a", has_text="在册人数").locator(".v").inner_text()


def test_a_segment_is_reorganised_and_the_old_figures_stay(enter, site, world):
    north, south, works = world.unit("NORTH"), world.unit("SOUTH"), world.unit("WORKS-1")
    page = enter("赵系")

    page.goto(f"{site}/units/{works.pk}/")
    page.get_by_text("变更", exact=True).click()
    page.get_by_role("link", name="划转").click()
    page.get_by_label("划入哪个单位之下").fill("SOUTH")
    page.get_by_label("生效日期").fill("2020-06-01")
    assert_accessible(page)
    page.get_by_role("button", name="划转").click()

    expect(page.get_by_role("cell", name="南方板块")).to_be_visible()
    page = enter("顾岚")
    assert (heads_of(page, site, north), heads_of(page, site, south)) == ("1", "6")
    assert (heads_of(page, site, north, "2020-05-31"), heads_of(page, site, south, "2020-05-31")) == ("5", "2")


def test_a_move_under_itself_is_refused_in_the_form_and_nothing_typed_is_lost(enter, site, world):
    page = enter("赵系")
    page.goto(f"{site}/units/{world.unit('NORTH').pk}/change/move/")
    page.get_by_label("划入哪个单位之下").fill("WORKS-1")
    page.get_by_label("生效日期").fill("2020-06-01")

    # The browser notes on its console that the answer was a refusal (422).
    page.get_by_role("button", name="划转").click()

    expect(page.get_by_role("alert")).to_contain_text("它自己或它的下级")
    expect(page.get_by_label("生效日期")).to_have_value("2020-06-01")
    page.trouble.clear()
