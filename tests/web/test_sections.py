"""Apps add parts to a page that has never heard of them."""

from datetime import date

import pytest

from wuli.web import sections
from wuli.web.sections import Section, sections_of

DAY = date(2020, 2, 3)


@pytest.fixture
def page():
    yield "a page"
    for name in ("late", "early", "none"):
        sections.forget("a page", name)


def test_parts_come_in_order_and_those_with_nothing_to_say_are_left_out(page, rf):
    sections.register(page, "late", lambda request, subject, day: Section("late.html", {"of": subject, "on": day}))
    sections.register(page, "none", lambda request, subject, day: None, order=1)
    sections.register(page, "early", lambda request, subject, day: Section("early.html"), order=10)

    found = sections_of(page, rf.get("/"), "someone", DAY)

    assert [one.template for one in found] == ["early.html", "late.html"]
    assert found[1].part == {"of": "someone", "on": DAY}


def test_a_page_that_nobody_adds_to_has_no_parts(rf):
    assert sections_of("another page", rf.get("/"), None, DAY) == []
