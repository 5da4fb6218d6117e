from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from wuli.web import navigation
from wuli.web.navigation import Entry

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.usefixtures("blank_rail")]


def request_for(path="/", signed_in=True, allowed=()):
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=signed_in, allowed=allowed)
    request.resolver_match = resolve(path)
    return request


def entry(key, url="things", **more):
    return Entry(key, more.pop("label", key), url, "users", more.pop("group", ""), **more)


def only_for(word):
    return lambda request: word in request.user.allowed


def test_each_sees_their_own_in_order_by_group():
    navigation.register_group("late", "后", 20)
    navigation.register_group("early", "前", 10)
    navigation.register(
        entry("d", group="late"), entry("c", group="early", order=2), entry("b", group="early", order=1), entry("a"),
        entry("hidden", group="late", visible=only_for("more")),
    )  # fmt: skip

    def keys(request):
        return [(group.key, [one.key for one in members]) for group, members in navigation.groups(request)]

    assert keys(request_for()) == [("", ["a"]), ("early", ["b", "c"]), ("late", ["d"])]
    assert keys(request_for(allowed=["more"]))[-1] == ("late", ["d", "hidden"])
    assert keys(request_for(signed_in=False)) == []


def test_nobody_is_asked_about_someone_not_signed_in():
    navigation.register(entry("a", visible=lambda request: pytest.fail("asked")))
    assert navigation.rail_html(request_for(signed_in=False)) == ""


@pytest.mark.parametrize(
    ("path", "on"),
    [("/", "home"), ("/things/", "things"), ("/things/3/", "things"), ("/other/", "elsewhere"), ("/gallery/", "")],
)
def test_the_entry_of_this_page_is_lit(path, on):
    navigation.register(entry("home", "home"), entry("things"), entry("elsewhere", "theme", under=("other",)))
    request = request_for(path)

    assert navigation.active_key(request) == on
    assert navigation.rail_html(request).count('aria-current="page"') == (1 if on else 0)


def test_a_page_may_name_its_entry():
    navigation.register(entry("home", "home"), entry("things"))
    assert 'class="on"' in navigation.rail_html(request_for("/gallery/"), "things").split("</a>")[1]


def test_counts_are_of_this_request_though_the_markup_is_kept():
    waiting = {"n": 5}
    navigation.register(entry("a", count=lambda request: waiting["n"], tab=True))
    assert '<span class="n num">5</span>' in navigation.rail_html(request_for())

    waiting["n"] = 1234
    assert ">1,234<" in navigation.rail_html(request_for())
    assert ">1,234<" in navigation.tabs_html(request_for())

    waiting["n"] = 0
    assert '<span class="n num"></span>' in navigation.rail_html(request_for())


def test_each_count_is_asked_once_a_request():
    asked = []
    navigation.register(entry("a", count=lambda request: asked.append(1) or 1, tab=True))
    request = request_for()
    navigation.rail_html(request)
    navigation.tabs_html(request)
    assert asked == [1]


def test_only_tabs_stand_below_and_at_most_four():
    navigation.register(*(entry(f"t{n}", tab=True, order=n) for n in range(7)), entry("rail only", order=-1))
    html = navigation.tabs_html(request_for())
    assert html.count("<a ") == 4
    assert "rail only" not in html


def test_labels_are_escaped_and_follow_the_language():
    from django.utils.translation import gettext_lazy

    navigation.register(entry("a", label="<b>"), entry("b", label=gettext_lazy("Monday")))
    assert "&lt;b&gt;" in navigation.rail_html(request_for())
    with translation.override("en"):
        assert "Monday" in navigation.rail_html(request_for())
    with translation.override("zh-hans"):
        assert "星期一" in navigation.rail_html(request_for())


def test_an_entry_registered_later_appears():
    navigation.register(entry("a"))
    navigation.rail_html(request_for())
    navigation.register(entry("b"))
    assert navigation.rail_html(request_for()).count("<a ") == 2
