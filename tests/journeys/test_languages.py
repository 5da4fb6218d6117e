"""Whoever chooses a language reads every page in it: nothing on the page is left in another one but data."""

import html
import re

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from tests.world import PASSWORD
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.models import Person, Posting, Unit
from wuli.kernel.orgs.rules.layouts import layout_of, tables

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
SIMPLIFIED = re.compile(
    "[号请单没码个册录员账这时导职后数责开为变级对证动统验过写应组业页编联条关会记与据还认于项内党选设间里机离备办计经称读须"
    "结处现库给传双试报确头谁审区点态权范围销从启显来负链类则将检锁问岗闭无当织换览长团划协题户断两资输删误么错连务网该调转续"
    "参体刚载随总损坏钥护线构样见进废国属绝车补败块签筛说发档频标话层们径丢语键阅电风险规装执产营详钉树识满门历边扫压图顺让订"
    "学宝凭响担]+"
)
LATIN = re.compile(r"[A-Za-z]{3,}")
FOREIGN = {"zh-hans": [LATIN], "zh-hant": [LATIN, SIMPLIFIED], "en": [CHINESE]}
"""What has no place on a page in a language."""
KEPT = {
    "API", "CSV", "Chrome", "EN", "Enter", "Esc", "Excel", "Google", "JSON", "Linux", "Microsoft", "TOTP",
    "XLSX", "xlsx",
}  # fmt: skip
"""Words of other languages that belong in a Chinese sentence."""

LOST = "/nowhere/"
ANYONE = [LOST, "/account/company/cancelled/"]
PAGES = {
    None: ["/account/login/", *ANYONE],
    "诺敏": [
        "/", "/units/", "/units/{unit}/", "/units/{unit}/?on=2020-01-01", "/units/{unit}/history/", "/roster/",
        "/roster/?q=777", "/people/{person}/", "/people/{own}/", "/duties/", "/duties/?q=777", "/duties/new/",
        "/duties/table/", "/duties/{posting}/delegate/", "/blind-spots/",
        "/blind-spots/no_post/", "/blind-spots/no_head/", "/scope/", "/scope/?q=777", "/me/", "/me/looks/",
        "/settings/", "/settings/tokens/", "/search/?q=w", "/search/?q=777",
        "/account/2fa/", "/account/2fa/totp/activate/", "/account/password/change/", "/account/sessions/",
        "/account/company/", "/account/logout/", "/metrics/", "/metrics/orgs.people/?unit={unit}",
        "/metrics/orgs.people/?unit={unit}&on=2020-02-01", "/metrics/orgs.no_head/", "/metrics/ledger.open/",
        "/metrics/cascade.coverage/", *ANYONE,
    ],
    "欧阳": [
        "/roster/", "/roster/imports/", "/roster/imports/new/", "/roster/export/", "/roster/join/", "/people/{person}/",
        "/people/{person}/transfer/", "/people/{person}/amend/", "/people/{person}/leave/",
    ],
    "钱安": ["/duties/{posting}/end/"],
    "赵系": [
        "/", "/units/{unit}/", "/units/{unit}/open/", "/units/{unit}/amend/", "/units/{unit}/change/rename/",
        "/units/{unit}/change/move/", "/units/{unit}/change/merge/", "/units/{unit}/change/close/", "/accounts/",
        "/accounts/?state=none", "/accounts/?q=777", "/accounts/open/", "/accounts/requests/", "/accounts/{account}/",
        "/accounts/{account}/reset_password/", "/accounts/{admin}/switch_off/", "/units/", "/units/imports/",
        "/units/imports/new/", "/units/export/",
    ],
    "孙审": ["/events/", "/events/?who=777", "/events/{event}/", "/accounts/requests/"],
    "马力": ["/", "/units/"],
}  # fmt: skip
REFUSED = {
    "诺敏": ["/duties/new/", "/settings/tokens/", "/people/{person}/unmask/"],
    "欧阳": ["/roster/join/", "/roster/imports/new/", "/people/{person}/transfer/", "/people/{person}/leave/"],
    "赵系": ["/units/{unit}/open/", "/units/{unit}/change/move/", "/units/imports/new/", "/accounts/open/"],
}
"""Forms sent empty: what is wrong with them is said in the reader's language too."""


@pytest.fixture
def foreign(client, world):
    """What is left of another language on pages, by address, as each person opens them, or sends their forms empty."""
    known = {
        "unit": world.unit("WORKS-1").pk, "person": world.person("才让").pk, "own": world.person("诺敏").pk,
        "posting": Posting.objects.get(person__name="诺敏").pk, "account": world.user("顾岚").pk,
        "admin": world.user("孙审").pk, "event": Event.objects.order_by("pk").first().pk,
    }  # fmt: skip

    def left(language, pages, *, send=False):
        found = {}
        for name, addresses in pages.items():
            client.logout()
            client.cookies["django_language"] = language
            if name:
                client.post("/account/login/", {"login": world.person(name).number, "password": PASSWORD})
            for address in (address.format(**known) for address in addresses):
                answer = client.post(address, {"sent": "empty"}) if send else client.get(address)
                assert answer.status_code == (422 if send else 404 if address == LOST else 200), address
                if words := foreign_words(answer.content.decode(), language):
                    found[address] = words
        return found

    return left


def foreign_words(page, language):
    page = without_data(page)
    text = html.unescape(strip_tags(page))
    words = {word for pattern in FOREIGN[language] for word in pattern.findall(text if pattern is LATIN else page)}
    return words - KEPT


def without_data(page):
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>|<code>[A-Z2-7]{32}</code>", "", page)
    data = {"五力", ">简<", ">繁<", "Asia/Shanghai"}
    data |= set(Unit.objects.values_list("name", flat=True)) | set(Unit.objects.values_list("code", flat=True))
    for name, number in Person.objects.values_list("name", "number"):
        data |= {name, number, f">{name[0]}<"}
    for one in sorted(data, key=len, reverse=True):
        page = page.replace(one, "><" if one.startswith(">") else "") if len(one) > 1 else page
    return page


@pytest.mark.parametrize("language", FOREIGN)
def test_pages_are_in_one_language(foreign, language):
    assert foreign(language, PAGES) == {}


@pytest.mark.parametrize("language", FOREIGN)
def test_refusals_are_in_it_too(foreign, language):
    assert foreign(language, REFUSED, send=True) == {}


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_the_reference_for_programs_is_translated(client, world, language):
    client.cookies["django_language"] = language
    client.force_login(world.user("诺敏"))
    page = without_data(client.get("/api/v1/docs").content.decode())

    assert {word for pattern in FOREIGN[language] if pattern is not LATIN for word in pattern.findall(page)} == set()


@pytest.mark.parametrize("about", tables())
@pytest.mark.parametrize("language", FOREIGN)
def test_the_headings_of_a_template_are_understood_when_it_comes_back(language, about):
    layout = layout_of(about)
    with override(language):
        headings = [str(column.title) for column in layout.columns.values()]

    assert list(layout.places_of(headings)) == list(layout.columns)
