"""Appointments as iCalendar (RFC 5545), for people's own calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from icalendar import Calendar, Event

from wuli.base.clock import now

ICS = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Appointment:
    """`uid` stays the same for ever; a changed appointment carries a higher `sequence`."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0
    status: Literal["CONFIRMED", "CANCELLED"] = "CONFIRMED"


def page_address(path: str) -> str:
    """The address of a page for calendars, which are kept elsewhere; none where the site does not know its own."""
    return settings.SITE_URL + path if settings.SITE_URL else ""


def calendar_file(name: str, appointments: Iterable[Appointment]) -> HttpResponse:
    """`name`.ics, which calendars open or subscribe to."""
    answer = HttpResponse(calendar(name, appointments), content_type=ICS)
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.ics") or ""
    answer["Cache-Control"] = "no-store"
    return answer


def calendar(name: str, appointments: Iterable[Appointment]) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Wuli//wuli//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for one in appointments:
        made.add_component(_event(one))
    return bytes(made.to_ical())


def _event(one: Appointment) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", now())
    event.add("summary", one.title)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("sequence", one.sequence)
    event.add("status", one.status)
    for name, words in (("location", one.place), ("description", one.text), ("url", one.url)):
        if words:
            event.add(name, words)
    return event
