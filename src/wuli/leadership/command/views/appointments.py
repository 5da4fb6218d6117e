"""Shifts as appointments of a calendar."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.web.calendars import Appointment

from ..models import Shift
from ..queries.duty import people_of


def appointments(request: HttpRequest, shifts: Iterable[Shift]) -> Iterator[Appointment]:
    for shift in shifts:
        desk, people = shift.desk, people_of(shift)
        names = _("；").join(f"{one.get_role_display()} {one.person.name}" for one in people)
        yield Appointment(
            uid=f"shift-{shift.pk}@{request.get_host()}", title=_("%(unit)s值班") % {"unit": desk.unit.name},
            starts_at=shift.from_at, ends_at=shift.until_at, place=desk.room,
            text=_("%(names)s；值班电话 %(phone)s") % {"names": names, "phone": desk.phone},
            url=request.build_absolute_uri(reverse("command:shift", args=[shift.pk])), sequence=shift.sequence,
        )  # fmt: skip
