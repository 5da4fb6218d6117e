"""What every turn of a meeting has in common: it is locked, its rule is asked, it is written."""

from typing import Any

from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.orgs.models import Person, User

from ..models import Meeting
from ..queries.meetings import NAMES


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related(*NAMES).get(pk=meeting.pk)


def person_of(user: User) -> Person:
    """Meetings are people's business. Raises Refused for an account that belongs to nobody."""
    if user.person is None:
        raise Refused(_("这个账号没有对应的在册人员，不能办理会议"))
    return user.person


def write(meeting: Meeting, **values: Any) -> None:
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(values))
