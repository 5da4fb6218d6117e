"""A structure administrator imports thirty units with four bad lines, mends them, and finds the new team."""

import fastexcel
import pytest
from playwright.sync_api import expect

from tests.kernel.orgs.tree.files import line, table, xlsx_bytes
from tests.web.browser import PHONE, assert_accessible, assert_fits, needs_browser
from wuli.kernel.orgs.models import Unit

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]

TEAMS = [line(f"N{n}-T{m}", f"{n}厂{m}班", parent=f"N{n}") for n in range(1, 7) for m in range(1, 5)]
WORKS = [line(f"N{n}", f"新{n}厂", "企业", "NORTH") for n in range(1, 7)]
GOOD = [*TEAMS, *WORKS]
BAD = {
    "N1-T1": {"kind": "小组"}, "N2-T2": {"parent": "NOWHERE"}, "N3-T3": {"zone": "Asia/Xining"},
    "N4-T4": {"name": ""},
}  # fmt: skip
SENT = [one | BAD.get(one["code"], {}) for one in GOOD]


def upload(page, site, rows):
    page.goto(f"{site}/units/imports/new/")
    page.get_by_label("文件", exact=False).first.set_input_files(
        {"name": "单位表.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx_bytes(rows)}
    )
    page.get_by_role("button", name="上传并检查").click()


def test_four_bad_lines_are_downloaded_mended_and_imported(enter, site, world):
    page = enter("赵系")
    page.get_by_role("link", name="单位").first.click()
    page.get_by_role("link", name="导入单位").click()
    assert_accessible(page)

    upload(page, site, table(SENT))
    expect(page.locator("h1")).to_contain_text("30 行中有 4 行不能导入")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载不能导入的行").click()
    sheet = fastexcel.read_excel(download.value.path()).load_sheet(0, header_row=None, dtypes="string").to_polars()
    heading, *bad = [[cell or "" for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in bad] == list(BAD)
    assert not Unit.objects.filter(code__startswith="N1").exists()

    for row, one in zip(bad, [one for one in GOOD if one["code"] in BAD], strict=True):
        row[:4] = one["code"], one["name"], one["kind"], one["parent"]
        row[4] = ""
    page.get_by_role("button", name="只导入没有问题的 26 行").click()
    expect(page.locator("h1")).to_contain_text("已导入")
    upload(page, site, [heading, *bad])
    expect(page.locator("h1")).to_contain_text("将变更 4 个单位")
    page.set_viewport_size(PHONE)
    assert_fits(page)
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator("h1")).to_contain_text("已导入")

    page.goto(f"{site}/units/{Unit.objects.get(code='N2-T2').pk}/")
    expect(page.locator("h1")).to_contain_text("2厂2班")
    expect(page.locator(".crumbs")).to_contain_text("同舟集团/北方板块/新2厂/2厂2班")
    assert_fits(page)
