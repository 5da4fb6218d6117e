"""What may be done to a meeting, by whom, and why not."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Person

from ..models import Meeting
from ..models.meeting import Status
from .times import OPENS_AFTER, OPENS_BEFORE

TRANSITIONS = {
    Status.PLANNED: {Status.OPENED, Status.CANCELLED},
    Status.OPENED: {Status.HANDED_IN},
    Status.HANDED_IN: {Status.OPENED, Status.CLOSED},
    Status.CLOSED: set(),
    Status.CANCELLED: set(),
}
"""From each state, the states that can follow."""


@dataclass(frozen=True)
class Standing:
    """How someone stands to a meeting."""

    chairs: bool = False
    keeps: bool = False
    arranges: bool = False
    attends: bool = False
    handed_in: bool = False

    @property
    def runs(self) -> bool:
        """Opens it, calls the roll, writes the minutes, takes down decisions."""
        return self.chairs or self.keeps or self.arranges


def offered(meeting: Meeting, standing: Standing, at: datetime) -> list[str]:
    """The turns that someone of this standing can begin now; the first is the next step."""
    runs, chairs, steers = standing.runs, standing.chairs, standing.chairs or standing.arranges
    by_status = {
        Status.PLANNED: {
            "open": why_not_open(meeting, standing, at) is None, "move": runs and meeting.starts_at > at,
            "guest": runs, "appoint": steers, "cancel": steers,
        },
        Status.OPENED: {"hand-in": runs, "guest": runs, "appoint": steers},
        Status.HANDED_IN: {
            "confirm": chairs and (not standing.handed_in or meeting.secretary_id == meeting.chair_id),
            "return": chairs or standing.handed_in, "appoint": steers,
        },
        Status.CLOSED: {"addendum": runs},
        Status.CANCELLED: {},
    }  # fmt: skip
    return [name for name, may in by_status[Status(meeting.status)].items() if may]


def why_not_turn(meeting: Meeting, status: Status) -> str | None:
    if status in TRANSITIONS[Status(meeting.status)]:
        return None
    return _("“%(meeting)s”%(status)s，不能这样处理") % {
        "meeting": meeting.title, "status": meeting.get_status_display()}  # fmt: skip


def why_not_run(standing: Standing) -> str | None:
    return None if standing.runs else _("只有主持人、记录人和安排会议的人能这样处理")


def why_not_steer(standing: Standing) -> str | None:
    return None if standing.chairs or standing.arranges else _("只有主持人和安排会议的人能这样处理")


def why_not_open(meeting: Meeting, standing: Standing, at: datetime) -> str | None:
    if why_not := why_not_turn(meeting, Status.OPENED) or why_not_run(standing):
        return why_not
    if at < meeting.starts_at - OPENS_BEFORE:
        return _("离开会还早，开始前两小时内才能开会")
    if at > meeting.ends_at + OPENS_AFTER:
        return _("这次会议过去已超过三天，不再补记")
    return None


def why_not_move(meeting: Meeting, standing: Standing, *, starts_at: datetime, at: datetime) -> str | None:
    if meeting.status != Status.PLANNED:
        return why_not_turn(meeting, Status.CANCELLED)
    if why_not := why_not_run(standing):
        return why_not
    return None if starts_at > at else _("新的时间已经过去，请选以后的时间")


def why_not_cancel(meeting: Meeting, standing: Standing, *, reason: str) -> str | None:
    if why_not := why_not_turn(meeting, Status.CANCELLED) or why_not_steer(standing):
        return why_not
    return None if reason.strip() else _("请写明取消的原因")


def why_not_write(meeting: Meeting, standing: Standing) -> str | None:
    """Minutes, attendance and decisions are taken down while the meeting is open."""
    if why_not := why_not_run(standing):
        return why_not
    if meeting.status == Status.OPENED:
        return None
    if meeting.status == Status.PLANNED:
        return _("还没有开会，请先点“开会”")
    if meeting.status == Status.HANDED_IN:
        return _("纪要已提交确认；要改请先退回")
    return _("“%(meeting)s”%(status)s，不能再改；需要更正请写补充说明") % {
        "meeting": meeting.title, "status": meeting.get_status_display()}  # fmt: skip


def why_not_hand_in(
    meeting: Meeting, standing: Standing, *, came: bool, written: bool, asides: int
) -> str | None:  # fmt: skip
    if why_not := why_not_turn(meeting, Status.HANDED_IN) or why_not_run(standing):
        return why_not
    if not came:
        return _("还没有点名：请先记下谁到会")
    if asides:
        return _("还有 %(n)d 段没有合并的文字，请先采用或放弃") % {"n": asides}
    return None if written else _("纪要还是空的：至少写一段纪要，或者记一项决定")


def why_not_confirm(meeting: Meeting, standing: Standing, *, own_record: bool) -> str | None:
    if why_not := why_not_turn(meeting, Status.CLOSED):
        return why_not
    if not standing.chairs:
        return _("纪要由主持人%(chair)s确认") % {"chair": meeting.chair.name}
    if not standing.handed_in:
        return None
    if meeting.secretary_id != meeting.chair_id:
        return _("纪要是您提交的，应由记录人%(who)s提交、您来确认；您自己记录的，请先把记录人改为您本人") % {
            "who": meeting.secretary.name}  # fmt: skip
    return None if own_record else _("请勾选“本人主持并自行记录”")


def why_not_return(meeting: Meeting, standing: Standing, *, reason: str) -> str | None:
    if meeting.status != Status.HANDED_IN:
        return why_not_turn(meeting, Status.HANDED_IN) or _("纪要没有在等确认")
    if not (standing.chairs or standing.handed_in):
        return _("只有主持人能退回，提交人能收回")
    return None if reason.strip() else _("请写明退回的原因")


def why_not_appoint(meeting: Meeting, standing: Standing) -> str | None:
    if why_not := why_not_steer(standing):
        return why_not
    if meeting.status in (Status.PLANNED, Status.OPENED, Status.HANDED_IN):
        return None
    return why_not_turn(meeting, Status.CANCELLED)


def why_not_add(meeting: Meeting, standing: Standing) -> str | None:
    if meeting.status != Status.CLOSED:
        return _("纪要还没有确认，可以直接修改")
    return why_not_run(standing)


def why_not_appointed(person: Person, today: date) -> str | None:
    return None if person.is_on_roll(today) else _("%(person)s已不在册") % {"person": person.name}


def why_not_guests(meeting: Meeting) -> str | None:
    if meeting.status in (Status.PLANNED, Status.OPENED):
        return None
    return why_not_turn(meeting, Status.OPENED) or _("会议已结束，不再增加参会人")


def why_not_pack() -> str:
    return _("会议已经开始，材料不再变动；现在的数在旁边对照")
