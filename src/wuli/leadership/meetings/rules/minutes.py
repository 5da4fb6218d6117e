"""On what minutes can be written."""

from django.utils.translation import gettext as _

from ..models import Meeting
from ..models.minutes import LONGEST
from .agenda import OTHER


def why_not_point(meeting: Meeting, point: str, text: str) -> str | None:
    if point != OTHER and point not in {one["key"] for one in meeting.agenda}:
        return _("这次会议没有这一项议题")
    if len(text) > LONGEST:
        return _("一项议题的纪要最多 %(most)d 字") % {"most": LONGEST}
    return None
