"""Lists of command as files: their columns and rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models import Unit

from ..models import KeyPerson, Shift, Turn

MOST = 100_000
"""Rows: a spreadsheet is written as a whole before it is sent."""
UNITS = (lazy("单位编码"), lazy("单位"), lazy("类型"), lazy("上级单位"))
PRESENCE = (
    lazy("工号"), lazy("姓名"), lazy("单位"), lazy("身份"), lazy("岗位"), lazy("到岗情况"), lazy("原因"),
    lazy("预计到岗"), lazy("填报时间"), lazy("填报人"),
)  # fmt: skip
ROSTER = (
    lazy("单位"), lazy("上岗"), lazy("下岗"), lazy("时区"), lazy("带班领导"), lazy("值班员"), lazy("值班电话"),
    lazy("值班地点"),
)  # fmt: skip


def of_unit(unit: Unit) -> Sequence[Any]:
    return unit.code, unit.name, unit.get_kind_display(), unit.parent.name if unit.parent else ""


def of_key_person(key: KeyPerson) -> Sequence[Any]:
    """Who has not said is neither here nor away: so it stands in the file too."""
    return (
        key.person.number, key.person.name, key.unit.name, key.get_why_display(), key.post,
        key.get_status_display() if key.status else _("未报"), key.reason, key.expected_on, key.said_at,
        key.said_by.name if key.said_by else "",
    )  # fmt: skip


def of_shift(shift: Shift, turns: Sequence[Turn]) -> Sequence[Any]:
    """By the clock of the unit, which need not be that of whoever reads the file; without those who have left."""
    desk = shift.desk

    def who(role: str) -> str:
        return _("、").join(turn.person.name for turn in turns if turn.role == role)

    return (
        desk.unit.name, _local(shift.from_at, desk.unit), _local(shift.until_at, desk.unit), desk.unit.zone,
        who(Turn.Role.LEAD), who(Turn.Role.OFFICER), desk.phone, desk.room,
    )  # fmt: skip


def why_not_export(rows: int) -> str | None:
    if rows == 0:
        return _("没有可导出的内容")
    if rows > MOST:
        return _("共 %(n)s 行，一次最多导出 %(most)s 行，请缩小范围") % {"n": f"{rows:,}", "most": f"{MOST:,}"}
    return None


def _local(moment: datetime, unit: Unit) -> str:
    return f"{moment.astimezone(ZoneInfo(unit.zone)):%Y-%m-%d %H:%M}"
