"""What may be done to an item, by whom, and why not: each function gives None or a sentence."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Person, Unit

from ..models import Item, Status

TRANSITIONS = {
    Status.OPEN: {Status.CLOSING, Status.WITHDRAWN},
    Status.CLOSING: {Status.OPEN, Status.CLOSED, Status.WITHDRAWN},
    Status.CLOSED: {Status.OPEN},
    Status.WITHDRAWN: set(),
}
"""From each state, the states that can follow."""


@dataclass(frozen=True)
class Standing:
    """How someone stands to an item: theirs, asked by them to be closed, theirs by duty to open or close.

    `opened`: opened by them, where the kind lets them withdraw it for that.
    """

    owns: bool = False
    asked: bool = False
    opens: bool = False
    closes: bool = False
    opened: bool = False

    @property
    def is_second(self) -> bool:
        """Neither the owner nor whoever asked to close it."""
        return not (self.owns or self.asked)


def offered(item: Item, standing: Standing) -> list[str]:
    """The turns that someone of this standing can begin now, as buttons of the page; the first is the next step."""
    has, opens, closes, second = standing.owns or standing.opens, standing.opens, standing.closes, standing.is_second
    withdraws = (opens or standing.opened) and not standing.owns
    by_status = {
        Status.OPEN: {
            "follow-up": has, "ask": has, "hand-over": has, "extend": opens and not standing.owns,
            "withdraw": withdraws,
        },
        Status.CLOSING: {
            "confirm": closes and second, "return": closes or not second, "withdraw": withdraws,
        },
        Status.CLOSED: {"reopen": opens or closes},
        Status.WITHDRAWN: {},
    }  # fmt: skip
    return [name for name, may in by_status[Status(item.status)].items() if may]


def why_not_turn(item: Item, status: Status) -> str | None:
    if status in TRANSITIONS[Status(item.status)]:
        return None
    return _("事项“%(title)s”%(status)s，不能这样处理") % {
        "title": item.title, "status": item.get_status_display()}  # fmt: skip


def why_not_open(*, title: str, unit: Unit, owner: Person, due_on: date | None, may: bool, today: date) -> str | None:
    if not may:
        return _("您不能在“%(unit)s”交办事项") % {"unit": unit.name}
    if not title.strip():
        return _("请写明要办的事项")
    if not unit.is_open(today):
        return _("“%(unit)s”已不是开办中的单位，不能交办") % {"unit": unit.name}
    return why_not_own(owner, today) or why_not_due(due_on, today)


def why_not_second(second: Person | None, owner: Person, today: date) -> str | None:
    if second is None:
        return None
    if second.pk == owner.pk:
        return _("销号须由第二人确认，确认人不能是责任人%(person)s本人") % {"person": owner.name}
    if not second.is_on_roll(today):
        return _("%(person)s 在 %(day)s 不在册，不能做确认人") % {"person": second.name, "day": today}
    return None


def why_not_own(owner: Person, today: date) -> str | None:
    if owner.is_on_roll(today):
        return None
    return _("%(person)s 在 %(day)s 不在册，不能做责任人") % {"person": owner.name, "day": today}


def why_not_due(due_on: date | None, today: date) -> str | None:
    if due_on and due_on < today:
        return _("期限 %(day)s 已经过去，请选今天或以后") % {"day": due_on}
    return None


def why_not_follow_up(
    item: Item, standing: Standing, *, text: str, for_date: date, opened_on: date, today: date
) -> str | None:
    if not (standing.owns or standing.opens):
        return _("只有责任人，或可在该单位交办事项的人，能填写跟进")
    if item.status != Status.OPEN:
        return _("事项“%(title)s”%(status)s，不再填写跟进") % {
            "title": item.title, "status": item.get_status_display()}  # fmt: skip
    if not text.strip():
        return _("请写明跟进情况")
    if not opened_on <= for_date <= today:
        return _("跟进日期应在 %(since)s 至 %(until)s 之间") % {"since": opened_on, "until": today}
    return None


def why_not_ask_to_close(item: Item, standing: Standing, *, text: str) -> str | None:
    if not (standing.owns or standing.opens):
        return _("只有责任人，或可在该单位交办事项的人，能申请销号")
    if reason := why_not_turn(item, Status.CLOSING):
        return reason
    return None if text.strip() else _("请写明办结情况，供第二人核对")


def why_not_close(item: Item, standing: Standing) -> str | None:
    if item.status != Status.CLOSING:
        return _("事项“%(title)s”还没有申请销号") % {"title": item.title}
    if not standing.is_second:
        return _("须由第二人确认：责任人和申请人不能确认自己的销号")
    return None if standing.closes else _("您不能确认这个单位的销号，请找该单位或上级的负责人")


def why_not_return(item: Item, standing: Standing, *, reason: str) -> str | None:
    """Whoever may confirm may return it; the owner and the asker may take the request back."""
    if item.status != Status.CLOSING:
        return _("事项“%(title)s”还没有申请销号") % {"title": item.title}
    if standing.is_second and not standing.closes:
        return _("您不能退回这个单位的销号申请，请找该单位或上级的负责人")
    return _why_not_silently(reason)


def why_not_reopen(item: Item, standing: Standing, *, reason: str, due_on: date | None, today: date) -> str | None:
    if not (standing.opens or standing.closes):
        return _("您不能重新打开这个单位的事项")
    if item.status != Status.CLOSED:
        return _("只有已销号的事项能重新打开")
    return _why_not_silently(reason) or why_not_due(due_on, today)


def why_not_withdraw(item: Item, standing: Standing, *, reason: str) -> str | None:
    if not (standing.opens or standing.opened):
        return _("您不能撤销这个单位的事项")
    if standing.owns:
        return _("责任人不能撤销自己的事项，请交办人或上级撤销")
    return why_not_turn(item, Status.WITHDRAWN) or _why_not_silently(reason)


def why_not_hand_over(item: Item, standing: Standing, *, to: Person, reason: str, today: date) -> str | None:
    if not (standing.owns or standing.opens):
        return _("只有责任人，或可在该单位交办事项的人，能移交")
    if item.status != Status.OPEN:
        return _("只有办理中的事项能移交")
    if to.pk == item.owner_id:
        return _("%(person)s 已经是责任人") % {"person": to.name}
    return why_not_own(to, today) or _why_not_silently(reason)


def why_not_extend(item: Item, standing: Standing, *, due_on: date, reason: str, today: date) -> str | None:
    if not standing.opens:
        return _("您不能调整这个单位的事项的期限")
    if standing.owns:
        return _("责任人不能给自己延期，请交办人或上级延期")
    if item.status != Status.OPEN:
        return _("只有办理中的事项能延期")
    if item.due_on and due_on <= item.due_on:
        return _("新的期限应晚于原来的 %(day)s") % {"day": item.due_on}
    return why_not_due(due_on, today) or _why_not_silently(reason)


def _why_not_silently(reason: str) -> str | None:
    return None if reason.strip() else _("请写明原因")
