"""What each urgency proposes where nobody has laid down anything else; the office may change it on the form."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..models import Urgency

LONGEST = 720
"""Hours: a month."""


@dataclass(frozen=True)
class Pace:
    """Hours: in which to sign; before a due moment from which it shows blue; after it from which it shows red."""

    sign: int
    soon: int
    red: int


def why_not_standard(pace: Pace, from_date: date, *, reason: str, today: date) -> str | None:
    """Why hours cannot be laid down from a day on: what is past stays as it was."""
    if from_date < today:
        return _("时限标准只能从今天或以后起改，过去的不变")
    if not all(1 <= hours <= LONGEST for hours in (pace.sign, pace.soon, pace.red)):
        return _("小时数应在 1 到 %(most)d 之间") % {"most": LONGEST}
    return None if reason.strip() else _("请写明原因")


PACES = {
    Urgency.NORMAL: Pace(sign=24, soon=8, red=24),
    Urgency.URGENT: Pace(sign=8, soon=4, red=24),
    Urgency.EXTREME: Pace(sign=2, soon=1, red=4),
}
