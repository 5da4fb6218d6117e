"""Head office designs a small form, sees it as a reporter will, issues it as a daily report, mends it for tomorrow."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.web.browser import DESKTOP, PHONE, assert_accessible, assert_fits, needs_browser
from tests.world import PASSWORD
from wuli.base import clock
from wuli.kernel.cascade.models import Call, Form

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


def add_field(page, label, **said):
    page.get_by_role("link", name="添加字段").first.click()
    editor = page.get_by_role("form", name="添加字段")
    editor.get_by_label(re.compile("^名称")).fill(label)
    for name, value in said.items():
        if value is True:
            editor.get_by_label(name).check()
        elif name == "类型":
            editor.get_by_label(re.compile(f"^{name}")).select_option(label=value)
        else:
            editor.get_by_label(name, exact=True).fill(value)
    editor.get_by_role("button", name="保存").click()
    expect(editor).to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_an_empty_form_to_a_daily_report_and_its_next_version(enter, site, world, size):
    page = enter("顾岚")
    page.set_viewport_size(size)
    page.goto(f"{site}/forms/new/?from=empty")
    page.get_by_label(re.compile("^名称")).fill("体温日报")
    page.get_by_label("编码").fill("temperature")
    page.get_by_label("用途").fill("早发现、早隔离")
    page.get_by_role("button", name="下一步：设计字段").click()

    add_field(page, "在岗", 计量单位="人")
    add_field(page, "体温异常", 计量单位="人", **{"要报告的情况": True})
    page.get_by_role("button", name="上移体温异常").click()
    expect(page.get_by_role("region", name="基本情况").get_by_role("listitem").first).to_contain_text("体温异常")
    preview = page.get_by_role("region", name="预览")
    expect(preview.get_by_label("体温异常（人）")).to_be_disabled()
    expect(preview).to_contain_text("2 个字段")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("link", name="修改在岗").click()
    page.get_by_role("link", name="取消").click()
    expect(page.get_by_role("form", name="修改字段")).to_have_count(0)
    page.get_by_role("link", name="修改在岗").click()
    page.get_by_text("问谁、说明、范围、编码").click()
    page.get_by_label("班组").check()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="保存").click()
    expect(preview).to_contain_text("1 个字段")
    preview.get_by_label("填报人在哪类单位").select_option(label="班组")
    expect(preview).to_contain_text("2 个字段")
    page.get_by_role("link", name="启用…").click()
    assert_fits(page)
    page.get_by_role("button", name="启用").click()
    expect(page.locator("h1")).to_have_text("体温日报")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("link", name="发起日报").click()
    page.get_by_label("范围").fill("NORTH")
    page.get_by_label("班组", exact=True).check()
    expect(page.get_by_role("button", name="签发，每期问 7 个单位")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="签发，每期问 7 个单位").click()
    expect(page.get_by_role("main")).to_contain_text("每期问 7 个单位")
    assert_accessible(page)
    assert_fits(page)
    call = Call.objects.get()
    assert (call.form.code, call.issuer.code, call.starts_on) == (
        "temperature",
        "NORTH",
        clock.today() + timedelta(days=1),
    )

    page.goto(f"{site}/forms/")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="体温日报").click()
    page.get_by_role("button", name="改出新版本").click()
    add_field(page, "需协调", 类型="文字", **{"要报告的情况": True})
    page.get_by_role("link", name="启用…").click()
    expect(page.get_by_role("main")).to_contain_text("新增 需协调")
    page.get_by_role("button", name="启用").click()

    tomorrow = clock.today() + timedelta(days=1)
    expect(page.get_by_role("main")).to_contain_text(f"{tomorrow} 起用新版")
    assert list(Form.objects.get().versions.order_by("number").values_list("from_date", flat=True)) == [
        clock.today(), tomorrow,
    ]  # fmt: skip


def test_the_designer_works_without_javascript(browser, site, world):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/account/login/")
    page.get_by_label("登录名").fill("10001")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto(f"{site}/forms/new/?from=shipped:epidemic")
    page.get_by_role("button", name="下一步：设计字段").click()
    add_field(page, "核酸检测", 计量单位="人")
    page.get_by_role("button", name="上移核酸检测").click()
    page.get_by_role("button", name="删除核酸检测").click()
    page.get_by_role("link", name="启用…").click()
    page.get_by_role("button", name="启用").click()

    expect(page.locator("h1")).to_have_text("疫情日报")
    assert Form.objects.get().code == "epidemic"
    context.close()
