"""Papers and calendars that leave the house."""

from datetime import UTC, datetime, timedelta

import pytest
import weasyprint
from django.template import engines
from django.template.loader import render_to_string
from icalendar import Calendar
from weasyprint.logger import LOGGER

from wuli.web import documents
from wuli.web.calendars import Appointment, calendar

NINE = datetime(2020, 2, 3, 1, 0, tzinfo=UTC)


def test_a_paper_is_a_pdf_that_nobody_keeps():
    answer = documents.paper("通知", "papers/paper.html", {}, note='顾岚 "2020"')

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert "utf-8''%E9%80%9A%E7%9F%A5.pdf" in answer["Content-Disposition"]


def test_the_note_stands_at_the_foot_and_nowhere_else():
    """Words with quotes and brackets too."""
    page = render_to_string("papers/paper.html", {"note": '顾岚 "二月" <b>'})
    (drawn,) = weasyprint.HTML(string=page).render().pages

    words = [box.text for box in drawn._page_box.descendants() if hasattr(box, "text")]
    assert [one for one in words if "顾岚" in one] == ['顾岚 "二月" <b>']


@pytest.mark.parametrize("address", ["http://inside.example/secret.png", "file:///etc/passwd"])
def test_a_paper_fetches_nothing_from_outside(monkeypatch, address):
    page = engines["django"].from_string(f'<img src="{address}">')
    monkeypatch.setattr(documents, "render_to_string", lambda *_args: page.render())
    refused = []
    monkeypatch.setattr(LOGGER, "error", lambda text, *about, **_more: refused.append(text % about))

    assert documents.pdf("any", {}).startswith(b"%PDF-")
    assert ["URI uses disallowed protocol" in one for one in refused] == [True]


def test_an_appointment_keeps_its_place_in_the_calendar_when_it_changes():
    meeting = Appointment("meeting-1@wuli", "疫情例会; 第 7 次", NINE, NINE + timedelta(hours=1), "301", sequence=2)

    (event,) = Calendar.from_ical(calendar("我的日程", [meeting])).events

    assert (event["uid"], event["summary"], event["sequence"]) == ("meeting-1@wuli", "疫情例会; 第 7 次", 2)
    assert event.decoded("dtstart") == NINE
    assert event["status"] == "CONFIRMED"


@pytest.mark.parametrize("given", ["", "a" * 300])
def test_long_words_are_folded_and_empty_ones_left_out(given):
    (event,) = Calendar.from_ical(calendar("x", [Appointment("1", "t", NINE, NINE, text=given)])).events

    assert str(event.get("description", "")) == given
