"""What each urgency proposes; the office may change it on the form."""

from dataclasses import dataclass

from ..models import Urgency


@dataclass(frozen=True)
class Pace:
    """Hours: in which to sign; before a due moment from which it shows blue; after it from which it shows red."""

    sign: int
    soon: int
    red: int


PACES = {
    Urgency.NORMAL: Pace(sign=24, soon=8, red=24),
    Urgency.URGENT: Pace(sign=8, soon=4, red=24),
    Urgency.EXTREME: Pace(sign=2, soon=1, red=4),
}
