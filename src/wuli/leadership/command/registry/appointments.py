"""A shift as an appointment: the same one wherever somebody takes it from."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Person, User
from wuli.web.calendars import Appointment, page_address

from ..models import Shift
from ..queries import duty

MOST = 500


def shifts_of(user: User, start: datetime, end: datetime) -> Iterator[Appointment]:
    """Those of `user`; cancelled ones, and those that another took over, say so."""
    if user.person is None:
        return
    for shift in duty.in_calendar(user.person, start, end)[:MOST]:
        yield _appointment(shift, of=user.person)


def roster_of(shifts: Iterable[Shift]) -> Iterator[Appointment]:
    """The roster of a desk, with the names of those on duty."""
    for shift in shifts:
        people = duty.people_of(shift)
        names = _("；").join(f"{one.get_role_display()} {one.person.name}" for one in people)
        yield _appointment(shift, names=names)


def _appointment(shift: Shift, *, of: Person | None = None, names: str = "") -> Appointment:
    """Without the names of others in somebody's own calendar: strangers may keep it."""
    desk, gone = shift.desk, shift.cancelled_at is not None or (of is not None and not duty.is_on(shift, of))
    phone = _("值班电话 %(phone)s") % {"phone": desk.phone}
    return Appointment(
        uid=f"shift-{shift.pk}@wuli", title=_("%(unit)s值班") % {"unit": desk.unit.name}, starts_at=shift.from_at,
        ends_at=shift.until_at, place=desk.room, text=_("；").join(one for one in (names, phone) if one),
        url=page_address(reverse("command:shift", args=[shift.pk])), sequence=shift.sequence,
        status="CANCELLED" if gone else "CONFIRMED",
    )  # fmt: skip
