"""Theme days, lectures, meetings: what may follow what, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Line, Unit

from ..models import Activity
from ..models.activity import Presence

Status = Activity.Status
TRANSITIONS = {
    Status.DRAFT: {Status.PUBLISHED},
    Status.PUBLISHED: {Status.HELD, Status.NOT_HELD},
    Status.HELD: {Status.NOT_HELD},
    Status.NOT_HELD: {Status.HELD},
}
"""From each state, the states that can follow; the last two only put right what was recorded wrongly."""
MOST_BRANCHES = 30


@dataclass(frozen=True)
class Mark:
    """Whether someone was there, and if not, why."""

    presence: str
    reason: str = ""


def why_not_plan(
    *, title: str, body: Unit, hosts: int, starts_at: datetime, ends_at: datetime, on: date
) -> tuple[str, str] | None:
    """Which input is at fault, and why."""
    if not title.strip():
        return "title", _("请写明主题")
    if body.line != Line.PARTY or not body.is_open(on):
        return "body", _("“%(unit)s”在 %(day)s 不是设立着的党组织") % {"unit": body.name, "day": on}
    if not hosts:
        return "body", _("“%(unit)s”没有党支部可参加") % {"unit": body.name}
    if hosts > MOST_BRANCHES:
        said = _("“%(unit)s”有 %(n)d 个党支部，一次最多 %(most)d 个，请由下级党组织分别组织")
        return "body", said % {"unit": body.name, "n": hosts, "most": MOST_BRANCHES}
    if ends_at <= starts_at:
        return "until", _("结束时间应晚于开始时间")
    return None


def why_not_turn(activity: Activity, status: str) -> str | None:
    if status in TRANSITIONS[Status(activity.status)]:
        return None
    return _("“%(title)s”%(status)s，不能这样处理") % {
        "title": activity.title, "status": activity.get_status_display()}  # fmt: skip


def why_not_change(activity: Activity, *, recorded: bool) -> str | None:
    """`recorded`: whether somebody's attendance has been written down."""
    if recorded:
        return _("“%(title)s”已有到会记录，安排不能再改") % {"title": activity.title}
    if activity.status in (Status.DRAFT, Status.PUBLISHED):
        return None
    return _("“%(title)s”%(status)s，安排不能再改") % {
        "title": activity.title, "status": activity.get_status_display()}  # fmt: skip


def why_not_record(activity: Activity, *, reason: str, is_closed: bool, today: date) -> str | None:
    """Why nothing about what happened can be written down today; `reason` is asked once the month is closed."""
    if activity.status == Status.DRAFT:
        return _("“%(title)s”还没有发布") % {"title": activity.title}
    if activity.on_date > today:
        return _("“%(title)s”%(day)s 才开展") % {"title": activity.title, "day": activity.on_date}
    if is_closed and not reason.strip():
        return _("%(month)s月的记录已经截止，更正请写明原因") % {"month": activity.on_date.month}
    return None


def why_not_mark(marks: Mapping[int, Mark], roll: set[int]) -> str | None:
    if not marks.keys() <= roll:
        return _("名单已有变化，请刷新后再记")
    if any(mark.presence == Presence.LEAVE and not mark.reason.strip() for mark in marks.values()):
        return _("请假的党员请写明原因")
    return None


def why_not_hold(activity: Activity, *, present: int) -> str | None:
    if activity.status != Status.HELD and (reason := why_not_turn(activity, Status.HELD)):
        return reason
    return None if present else _("请先记录到会情况：还没有一名到会的党员")
