"""Who sees a number is seen; a stranger sees nothing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.web.browser import assert_accessible, needs_browser

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


def test_the_auditor_and_the_person_find_who_unmasked_a_phone_number(enter, site, world):
    keeper, person = "诺敏", world.person("才让")
    page = enter(keeper)
    page.goto(f"{site}/people/{person.pk}/")
    expect(page.locator("#phone")).to_have_text("138****0003")
    page.get_by_text("查看完整号码").click()
    page.get_by_label("原因").fill("联系本人返岗")
    assert_accessible(page)
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.locator("#phone")).to_have_text(person.phone)

    page = enter("孙审")
    page.get_by_role("link", name="审计日志").first.click()
    expect(page.locator("main")).to_contain_text("联系本人返岗")
    expect(page.locator("main")).to_contain_text(keeper)
    assert_accessible(page)

    page = enter("才让")
    page.goto(f"{site}{reverse('ledger:looks')}")
    expect(page.locator("main")).to_contain_text(keeper)
    expect(page.locator("main")).to_contain_text("联系本人返岗")


def test_a_stranger_from_another_segment_finds_nothing_anywhere(enter, site, world):
    page = enter("石强")

    for text in ["一厂", "才让", "cairang", "20003"]:
        page.goto(f"{site}/search/?q={text}")
        expect(page.locator("main")).to_contain_text("没有找到")
    for address in [f"/units/{world.unit('WORKS-1').pk}/", f"/people/{world.person('才让').pk}/", "/units/999999/"]:
        page.goto(f"{site}{address}")
        expect(page.get_by_role("heading", name="没有找到这个页面")).to_be_visible()
    page.goto(f"{site}/roster/")
    expect(page.locator("main")).not_to_contain_text("才让")
    page.trouble.clear()
