"""Shifts among the appointments of whoever has them."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import User
from wuli.web.calendars import Appointment

from ..queries import duty


def shifts_of(user: User, start: datetime, end: datetime) -> Iterator[Appointment]:
    """Without the names of others: somebody's own calendar may be kept by strangers."""
    if user.person is None:
        return
    for shift in duty.mine(user.person, start).filter(from_at__lt=end)[:500]:
        yield Appointment(
            uid=f"shift-{shift.pk}@wuli", title=_("%(unit)s值班") % {"unit": shift.desk.unit.name},
            starts_at=shift.from_at, ends_at=shift.until_at, place=shift.desk.room, sequence=shift.sequence,
        )  # fmt: skip
