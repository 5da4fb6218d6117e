"""What helps with a form: suggestions while one types, and a question before half of it is lost."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import assert_accessible, needs_browser
from tests.world import PASSWORD
from wuli.kernel.orgs.models.posting import Duty, Posting

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def appointing(enter, site):
    """欧阳, about to give somebody a duty."""
    page = enter("欧阳")
    page.goto(f"{site}/duties/new/")
    return page


def posted():
    return Posting.objects.filter(person__name="林河", duty=Duty.TRACKER, unit__code="W1-SHOP").count()


def suggestions(page):
    """Those shown now."""
    return page.locator(".suggestions [role=option]").filter(visible=True)


def test_a_suggestion_is_chosen_by_keyboard(appointing):
    page = appointing
    for name, typed, found in (("person", "linhe", "20004 · 林河"), ("unit", "djcj", "W1-SHOP · 电解车间")):
        field = page.locator(f"[name={name}]")
        field.press_sequentially(typed)
        expect(suggestions(page)).to_have_text(found)
        assert_accessible(page)
        field.press("ArrowDown")
        field.press("Enter")
        expect(field).to_have_value(found)
        expect(suggestions(page)).to_have_count(0)
    page.get_by_label("职责").select_option("tracker")
    page.get_by_role("button", name="任命").click()

    expect(page.get_by_text("林河").first).to_be_visible()
    assert posted() == 1


def test_one_walks_through_suggestions_and_leaves_them(appointing):
    page, marked = appointing, suggestions(appointing).and_(appointing.locator("[aria-selected=true]"))
    field = page.locator("[name=unit]")
    field.press_sequentially("W1")
    expect(suggestions(page)).to_have_count(3)

    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        field.press(key)
        walked.append(marked.inner_text())
        assert field.get_attribute("aria-activedescendant") == marked.get_attribute("id")
    assert len(set(walked[:3])) == 3
    assert walked[3:] == [walked[0], walked[2]]

    field.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    expect(field).to_have_value("W1")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_a_suggestion_is_chosen_with_the_mouse(appointing):
    page = appointing
    page.locator("[name=person]").press_sequentially("lh")
    suggestions(page).filter(has_text="林河").click()
    expect(page.locator("[name=person]")).to_have_value("20004 · 林河")
    expect(page.locator("[name=person]")).to_be_focused()


def test_enter_without_a_choice_sends_the_form(appointing):
    page = appointing
    page.locator("[name=person]").press_sequentially("林河")
    expect(suggestions(page)).to_be_visible()
    page.locator("[name=duty]").select_option("tracker")
    page.locator("[name=unit]").fill("W1-SHOP")
    page.locator("[name=unit]").press("Enter")

    expect(page.get_by_text("林河").first).to_be_visible()
    assert posted() == 1


def test_only_the_last_of_what_was_typed_is_asked_for(appointing, site):
    page, asked = appointing, []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)

    page.locator("[name=person]").press_sequentially("linhe", delay=20)
    expect(suggestions(page)).to_have_text("20004 · 林河")

    assert asked == [f"{site}/suggest/people/?q=linhe"]


def test_the_form_works_without_javascript(browser, site, world):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/account/login/?next=/duties/new/")
    page.get_by_label("登录名").fill(world.person("欧阳").number)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("[name=person]").fill("林河")
    page.locator("[name=unit]").fill("W1-SHOP")
    page.locator("[name=duty]").select_option("tracker")
    page.get_by_role("button", name="任命").click()

    page.wait_for_load_state()
    assert posted() == 1
    context.close()


def leave(page, answer):
    """Click away from the form; returns what the browser asked."""
    asked = []

    def reply(dialog):
        asked.append(dialog.type)
        dialog.accept() if answer == "leave" else dialog.dismiss()

    page.once("dialog", reply)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="单位").click(no_wait_after=True)
    page.wait_for_timeout(500)
    page.remove_listener("dialog", reply) if not asked else None
    return asked


def test_leaving_a_changed_form_asks_first(appointing, site):
    page = appointing
    page.locator("[name=person]").press_sequentially("林")

    assert leave(page, "stay") == ["beforeunload"]
    expect(page).to_have_url(f"{site}/duties/new/")
    expect(page.locator("[name=person]")).to_have_value("林")

    assert leave(page, "leave") == ["beforeunload"]
    expect(page).to_have_url(f"{site}/units/")


def test_leaving_an_untouched_form_does_not_ask(appointing, site):
    page = appointing
    page.locator("[name=person]").click()

    assert leave(page, "stay") == []
    expect(page).to_have_url(f"{site}/units/")


def test_sending_a_changed_form_does_not_ask(appointing):
    page, asked = appointing, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("[name=person]").press_sequentially("20004")
    page.locator("[name=unit]").press_sequentially("W1-SHOP")
    page.locator("[name=duty]").select_option("tracker")
    page.get_by_role("button", name="任命").click()

    page.wait_for_load_state()
    expect(page.get_by_text("林河").first).to_be_visible()
    assert (asked, posted()) == ([], 1)
