"""What a decision must say."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.ledger.rules.kinds import ItemKind
from wuli.kernel.orgs.models import Person, Unit

from ..models import Meeting
from .agenda import OTHER

KIND = "meeting.decision"
LONGEST_TITLE = 120
ITEM_KIND = ItemKind(
    KIND, lazy("会议决定"), page=lambda pk: reverse("meetings:meeting", args=[pk]), opener_withdraws=True
)


def title_of(text: str) -> str:
    """The decision in one line, as the title of its item."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def why_not_decide(
    meeting: Meeting, *, text: str, point: str, unit: Unit | None, owner: Person | None
) -> tuple[str, str] | None:
    """The field at fault, and why."""
    if not text.strip():
        return "text", _("请写明决定了什么")
    if unit is None and owner is None:
        return "owner", _("请填责任人或责任单位")
    if unit and not unit.is_under(meeting.unit):
        return "unit", _("%(unit)s不在%(of)s之下") % {"unit": unit.name, "of": meeting.unit.name}
    if point and point != OTHER and point not in {one["key"] for one in meeting.agenda}:
        return "point", _("这次会议没有这一项议题")
    return None
