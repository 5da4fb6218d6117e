"""A meeting as an appointment in somebody's calendar."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.web.calendars import Appointment, page_address

from ..models import Meeting
from ..models.meeting import Status


def appointment_of(meeting: Meeting) -> Appointment:
    """Its text leads back to the page: what the material says is not for calendars that others may keep."""
    points = "\n".join(f"{n}. {one['title']}" for n, one in enumerate(meeting.agenda, 1))
    text = "\n".join(part for part in (points, meeting.link and _("入会：%(link)s") % {"link": meeting.link}) if part)
    cancelled = meeting.status == Status.CANCELLED
    return Appointment(
        meeting.uid, meeting.title, meeting.starts_at, meeting.ends_at, meeting.venue, text,
        page_address(reverse("meetings:meeting", args=[meeting.pk])) or meeting.link, meeting.sequence,
        "CANCELLED" if cancelled else "CONFIRMED",
    )  # fmt: skip
