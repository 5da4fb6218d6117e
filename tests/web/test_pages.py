"""The frame, the switches, search, errors: through the door, as a browser comes in."""

from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import get_resolver

from wuli.web import errors, search, views
from wuli.web.pages import page_or_part
from wuli.web.search import Hit

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.usefixtures("blank_rail", "blank_search")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def calm(client):
    """A client to whom errors are pages."""
    client.raise_request_exception = False
    return client


def asking(path="/", **headers):
    request = RequestFactory().get(path, headers=headers)
    request.user = AnonymousUser()
    request.resolver_match = None
    return request


# The frame


@pytest.mark.django_db
def test_the_gallery_is_for_those_who_build(client, settings):
    assert client.get("/gallery/").status_code == 404
    settings.DEBUG = True
    assert client.get("/gallery/").status_code == 200


@pytest.mark.django_db
def test_no_page_has_inline_script_or_style(client, settings):
    settings.DEBUG = True
    page = client.get("/gallery/").content.decode()
    assert "<style" not in page
    assert "onclick" not in page
    assert page.count("<script") == page.count("<script src") + page.count('<script type="module" src')


def test_every_door_says_who_may_use_it():
    named = {"theme", "set_language", "gallery"}
    views_of = {
        one.name: one.callback
        for include in get_resolver().url_patterns
        if hasattr(include, "url_patterns")
        for one in include.url_patterns
    }
    assert {name: views_of[name].needs for name in named} == {
        "theme": "open",
        "set_language": "open",
        "gallery": "debug",
    }
    assert views.search.needs == "signed_in"


# Whole page or part


@pytest.mark.parametrize(
    ("headers", "whole"), [({}, True), (HTMX, False), ({**HTMX, "HX-History-Restore-Request": "true"}, True)]
)
def test_htmx_gets_the_part_except_when_it_goes_back(headers, whole):
    answer = page_or_part(asking(**headers), "search.html", "hits", {"q": "x", "found": []})
    assert ("<html" in answer.content.decode()) is whole
    assert "HX-Request" in answer["Vary"]


# Theme and language


def test_the_theme_is_kept_in_a_cookie(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "/things/"})
    assert (answer.status_code, answer.url) == (302, "/things/")
    assert client.cookies["theme"].value == "dark"

    client.post("/theme/", {"theme": "pink"})
    assert client.cookies["theme"].value == "auto"


@pytest.mark.parametrize("door", ["/theme/", "/language/"])
def test_switches_never_lead_to_another_site(client, door):
    assert client.post(door, {"next": "https://elsewhere.example/", "language": "en"}).url == "/"
    assert client.get(door).status_code == 405


def test_the_language_decides_words_and_lang(client):
    client.post("/language/", {"language": "zh-hant"})
    assert '<html lang="zh-Hant"' in client.get("/nothing/").content.decode()


def test_a_theme_made_up_in_the_cookie_is_not_written_into_the_page(client):
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get("/nothing/").content.decode()


# Search


def find(path, **headers):
    return views.search(asking(path, **headers)).content.decode()


def test_hits_stand_under_their_kind_and_limits_differ():
    search.register(
        "things",
        "东西",
        lambda request, text, limit: [Hit(f"{text}{n}", "详", f"/things/{n}/", "user") for n in range(limit)],
    )
    search.register("none", "没有", lambda request, text, limit: [])

    part = find("/search/?q=车", **HTMX)
    assert part.count("<li>") == 5
    assert "东西" in part
    assert "没有</h2>" not in part
    assert find("/search/?q=车").count("<li><a") == 30


def test_nothing_typed_asks_nobody():
    search.register("things", "东西", lambda *_: pytest.fail("asked"))
    assert "<li>" not in find("/search/?q=%20%20", **HTMX)
    assert "<li>" not in find("/search/?q=%00", **HTMX)


def test_what_was_typed_is_escaped_and_cut():
    page = find("/search/?q=" + "<" * 200)
    assert "&lt;" * 80 in page
    assert "&lt;" * 81 not in page
    assert "没有找到" in page


def test_search_is_for_those_signed_in(client):
    assert client.get("/search/?q=x").status_code == 302


# Errors


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nothing/", 404, "not_found"),
        ("/forbidden/", 403, "forbidden"),
        ("/bad/", 400, "bad_request"),
        ("/broken/", 500, "broken"),
    ],
)
def test_errors_say_what_why_and_what_next(calm, path, status, code):
    answer = calm.get(path)
    page = answer.content.decode()
    assert answer.status_code == status
    assert "回到首页" in page
    assert "secret" not in page
    assert "Traceback" not in page

    told = calm.get(path, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert "secret" not in told.content.decode()

    part = calm.get(path, headers=HTMX)
    assert part.status_code == status
    assert "<html" not in part.content.decode()
    assert "。" in unquote(part["X-Sentence"])


def test_programs_always_get_json(calm):
    assert calm.get("/api/nothing/").json()["code"] == "not_found"
    assert calm.get("/api/broken/").json() == {
        "code": "broken",
        "message": "系统出错了：这是系统的问题，不是您的操作有误。错误已经记录。",
    }


def test_a_stale_page_is_told_kindly():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_the_broken_page_needs_no_database_and_no_template(monkeypatch, django_assert_num_queries):
    assert errors.broken(asking()).status_code == 500

    def fail(*_args):
        raise RuntimeError("no templates either")

    monkeypatch.setattr(errors, "render_to_string", fail)
    answer = errors.broken(asking())
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()


# Tags


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{{ 1234567|count }}", "1,234,567"),
        ("{{ 0|count }}", "0"),
        ("{{ None|count }}", "—"),
        ("{{ 3|percent:4 }}", "75.0%"),
        ("{{ 3|percent:0 }}", "—"),
        ('{% share 1 4 "ok" %}', '<i class="ok" style="width:25.00%"></i>'),
        ('{% share 1 0 "ok" %}', '<i class="ok" style="width:0.00%"></i>'),
    ],
)
def test_figures_in_templates(source, html):
    assert Template("{% load ui %}" + source).render(Context()) == html


def test_an_icon_is_silent():
    html = Template('{% load ui %}{% icon "users" "i-s" %}').render(Context())
    assert 'class="i i-s" aria-hidden="true"' in html
    assert html.endswith('icons.svg#users"></use></svg>')
