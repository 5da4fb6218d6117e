"""What every turn of a meeting has in common: it is locked, its rule is asked, it is written."""

from typing import Any

from ..models import Meeting
from ..queries.meetings import NAMES


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).select_related(*NAMES).get(pk=meeting.pk)


def write(meeting: Meeting, **values: Any) -> None:
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(values))
