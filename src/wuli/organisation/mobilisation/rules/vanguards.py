"""Vanguard posts, responsibility areas, task forces: who may set them up, approve, dissolve, and why not."""

from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Line, Person, Unit

from ..models import Vanguard

Status = Vanguard.Status
TRANSITIONS = {
    Status.PROPOSED: {Status.APPROVED, Status.RETURNED},
    Status.RETURNED: {Status.PROPOSED},
    Status.APPROVED: {Status.DISSOLVED},
    Status.DISSOLVED: set(),
}
"""From each state, the states that can follow."""


def why_not_turn(vanguard: Vanguard, status: str) -> str | None:
    if status in TRANSITIONS[Status(vanguard.status)]:
        return None
    return _("“%(name)s”%(status)s，不能这样处理") % {
        "name": vanguard.name, "status": vanguard.get_status_display()}  # fmt: skip


def why_not_propose(
    *, name: str, body: Unit, unit: Unit, from_date: date, until_date: date, today: date
) -> tuple[str, str] | None:
    """Which input is at fault, and why."""
    if not name.strip():
        return "name", _("请写明名称")
    if body.line != Line.PARTY or not body.is_open(today):
        return "body", _("“%(unit)s”不是设立着的党组织") % {"unit": body.name}
    if unit.line != Line.OPERATIONS or not unit.is_open(today):
        return "unit", _("“%(unit)s”不是开办中的单位") % {"unit": unit.name}
    if until_date <= from_date:
        return "last_day", _("最后一天不能早于开始日期")
    return None


def why_not_decide(vanguard: Vanguard, *, above: bool, own: bool, approve: bool, opinion: str) -> str | None:
    """`above`: whether the asker organises a body above; `own`: whether it was they who proposed it."""
    if reason := why_not_turn(vanguard, Status.APPROVED if approve else Status.RETURNED):
        return reason
    if own:
        return _("申请人不能审批自己的申请")
    if not above:
        return _("由上级党组织审批")
    return None if approve or opinion.strip() else _("请写明退回的原因")


def why_not_join(
    vanguard: Vanguard, person: Person, *, is_member: bool, serves: bool, leads: bool, today: date
) -> str | None:
    """`is_member`: of a branch at or below the vanguard's body; whoever leads must be one."""
    if vanguard.status == Status.DISSOLVED:
        return _("“%(name)s”已撤销") % {"name": vanguard.name}
    if not person.is_on_roll(today):
        return _("%(person)s 在 %(day)s 不在册") % {"person": person.name, "day": today}
    if serves:
        return _("%(person)s已经在“%(name)s”") % {"person": person.name, "name": vanguard.name}
    if leads and not is_member:
        return _("负责人须是“%(body)s”的党员") % {"body": vanguard.body.name}
    return None


def why_not_dissolve(vanguard: Vanguard, *, note: str) -> str | None:
    return why_not_turn(vanguard, Status.DISSOLVED) or (None if note.strip() else _("请写明撤销的原因和成效"))


def why_not_tell(vanguard: Vanguard, *, text: str, on_date: date, today: date) -> str | None:
    if vanguard.status not in (Status.APPROVED, Status.DISSOLVED):
        return _("“%(name)s”还没有批准") % {"name": vanguard.name}
    if not text.strip():
        return _("请写明成效")
    if not vanguard.from_date <= on_date <= today:
        return _("日期应在 %(since)s 至 %(until)s 之间") % {"since": vanguard.from_date, "until": today}
    return None
