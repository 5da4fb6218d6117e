"""An HR officer imports a roster with five bad rows, mends them, and imports again."""

import pytest
from playwright.sync_api import expect

from tests.kernel.orgs.roster.files import line, table, xlsx_bytes
from tests.web.browser import PHONE, assert_accessible, assert_fits, needs_browser
from wuli.kernel.orgs.models import Person

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]

GOOD = [line(f"4000{n}", f"工人{n}", phone="13912345678") for n in range(1, 6)]
BAD = [
    line("40001", "工人1", phone="12345"),
    line("40002", "工人2", "NOWHERE"),
    line("40003", ""),
    line("40004", "工人4", identity="110105194912310021"),
    line("40005", "工人5", on_roll_from="上个月"),
]


def upload(page, site, rows):
    page.goto(f"{site}/roster/imports/new/")
    page.get_by_label("文件", exact=False).first.set_input_files(
        {"name": "花名册.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx_bytes(table(rows))}
    )
    page.get_by_role("button", name="上传并检查").click()


def test_five_bad_rows_are_shown_mended_and_imported(enter, site, world):
    page = enter("欧阳")
    page.get_by_role("link", name="花名册").first.click()
    page.get_by_role("link", name="导入").click()
    assert_accessible(page)

    upload(page, site, [*BAD, line("40006", "工人6")])
    expect(page.locator("h1")).to_contain_text("5 行不能导入")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载不能导入的行").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    assert not Person.objects.filter(number__startswith="4000").exists()

    upload(page, site, [*GOOD, line("40006", "工人6")])
    expect(page.locator("h1")).to_contain_text("将更新 6 人")
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator("main")).to_contain_text("6")
    assert Person.objects.filter(number__startswith="4000", unit=world.unit("W1-T1")).count() == 6

    upload(page, site, [*GOOD, line("40006", "工人6")])
    expect(page.locator("h1")).to_contain_text("没有需要写入的变化")
