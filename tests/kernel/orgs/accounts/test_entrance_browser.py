"""The pages of coming in and of accounts in a real browser: accessible, nothing cut off, the policy kept."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from playwright.sync_api import expect

from tests.kernel.orgs.accounts import company
from tests.kernel.orgs.accounts.test_second_factor import code_of
from tests.web.browser import (  # noqa: F401
    DESKTOP,
    PHONE,
    assert_accessible,
    assert_fits,
    browser_context_args,
    browser_type_launch_args,
    needs_browser,
    watched,
)
from tests.world import PASSWORD
from wuli.config import company_login

pytestmark = [*needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server, world, settings):
    settings.SOCIALACCOUNT_PROVIDERS = company_login.providers(company.WECOM | company.DINGTALK | company.OIDC)
    return live_server.url


@pytest.fixture
def visitor(watched, site):  # noqa: F811
    def log_in(number):
        watched.goto(f"{site}/account/login/")
        watched.get_by_label("登录名").fill(number)
        watched.get_by_label("密码").fill(PASSWORD)
        watched.get_by_role("button", name="登录", exact=True).click()
        return watched

    return log_in


SETTLED = 300
"""Milliseconds after which colours have stopped changing."""


def look(page):
    """On a desk and a phone, by day and in the dark."""
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
        page.wait_for_timeout(SETTLED)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert_accessible(page)
            assert_fits(page)


def test_the_way_in(watched, site):  # noqa: F811
    watched.goto(f"{site}/units/")
    look(watched)

    watched.get_by_label("登录名").fill("20001")
    watched.get_by_label("密码").fill("Wrong-2020-wrong")
    watched.get_by_role("button", name="登录", exact=True).click()

    expect(watched.get_by_role("alert")).to_contain_text("登录名或密码不对")
    look(watched)


def test_ones_own_pages(visitor, site):
    page = visitor("20001")
    for address in (
        "/settings/",
        "/account/password/change/",
        "/account/sessions/",
        "/account/2fa/",
        "/account/company/",
    ):
        page.goto(site + address)
        look(page)


def test_a_forgotten_device_is_signed_out(visitor, site, world, client):
    client.force_login(world.user("诺敏"))
    client.get("/")
    UserSession.objects.create(
        user=world.user("诺敏"), session_key=client.session.session_key, ip="10.1.2.3", user_agent="wxwork Android"
    )
    page = visitor("20001")
    page.goto(f"{site}/settings/")

    page.get_by_role("button", name=re.compile("退出.*10.1.2.3")).click()

    expect(page.get_by_text("已退出所选的登录")).to_be_visible()
    assert client.get("/").status_code == 302


def test_the_second_factor_from_the_code_to_the_next_log_in(visitor, site):
    page = visitor("20001")
    page.goto(f"{site}/account/2fa/totp/activate/")
    look(page)
    secret = page.locator(".qr code").inner_text()
    assert page.locator(".qr img").evaluate("image => image.naturalWidth") > 0
    page.get_by_label("动态口令").fill(code_of(secret))
    page.get_by_role("button", name="启用").click()

    expect(page.locator(".codes li")).to_have_count(10)
    look(page)
    page.goto(f"{site}/account/logout/")
    look(page)
    page.get_by_role("button", name="退出").click()
    cache.clear()
    visitor("20001")
    look(page)
    page.get_by_label("动态口令").fill(code_of(secret))
    page.get_by_role("button", name="登录", exact=True).click()

    expect(page.get_by_role("heading", name="我的一天")).to_be_attached()


def test_administration(visitor, site, world):
    page = visitor("10002")
    auditor = world.user("孙审").pk
    for address in ("/accounts/", f"/accounts/{auditor}/", "/accounts/open/", f"/accounts/{auditor}/reset_password/"):
        page.goto(site + address)
        look(page)
    page.get_by_label("原因").fill("本人来电")
    page.get_by_role("button", name="重置密码").click()
    expect(page.get_by_text("已提出")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{visitor('10003').url}accounts/requests/")
    look(page)
    page.get_by_role("button", name="通过").click()

    expect(page.get_by_role("heading", name="请现在打印或抄写")).to_be_visible()
    look(page)


def test_a_company_log_in_leaves_the_site_though_its_policy_keeps_forms_at_home(watched, site):  # noqa: F811
    arrived = "https://login.work.weixin.qq.com/**"
    watched.route(arrived, lambda route: route.fulfill(body="scan", content_type="text/plain"))
    watched.goto(f"{site}/account/login/")

    watched.get_by_role("button", name="企业微信").click()

    watched.wait_for_url(arrived)
