"""A head finds a cell that nobody keeps, gives it a keeper and a deputy, prints the board; then the keeper looks."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import DESKTOP, PHONE, assert_accessible, assert_fits, needs_browser
from wuli.kernel.journal.models import Event

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


def test_a_cell_gets_a_keeper_and_its_board(enter, site, world):
    page = enter("诺敏")
    page.goto(f"{site}/grid/?unit={world.unit('WORKS-1').pk}")
    expect(page.get_by_role("heading", level=1)).to_have_text("一厂有 1 格没有网格员")
    assert_accessible(page)
    page.get_by_role("link", name="没有网格员 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("没有网格员的网格：1")
    assert_accessible(page)
    page.get_by_role("row", name="电解二班").get_by_role("link", name="任命").click()
    page.get_by_label("网格员", exact=True).fill("林河")
    page.get_by_label("副网格员").fill("欧阳")
    page.get_by_label("原因").fill("补齐网格员")
    page.get_by_role("button", name="任命").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("电解二班的 1 格都有网格员")
    assert_accessible(page)

    page.get_by_role("link", name="公示牌").click()
    board = page.get_by_role("article")
    for words in ("电解二班网格公示牌", "林河", "欧阳", "第一责任人", "网格职责"):
        expect(board).to_contain_text(words)
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.set_viewport_size(DESKTOP)
    answer = page.request.post(
        page.locator("form[action$='/paper/']").evaluate("one => one.action"),
        form={"size": "A4", "csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()},
        headers={"Referer": page.url},
    )
    assert answer.body().startswith(b"%PDF-")
    assert Event.objects.filter(verb="grid.boards_printed").count() == 1

    page = enter("林河")
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/grid/find/?q=林河")
    page.get_by_role("main").get_by_role("link", name="林河").click()
    answers = page.locator("section.chain")
    for words in ("谁用工", "一厂", "谁管理", "电解二班", "网格员 林河", "副网格员 欧阳", "谁负责", "诺敏"):
        expect(answers).to_contain_text(words)
    expect(answers.get_by_text("没有主要负责人，应由同舟集团安全管理员钱安任命").first).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
