"""Events as a file: its columns, its note, and how many rows it may have."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .telling import Line, plain, who

MOST_ROWS = {"csv": 1_000_000, "xlsx": 100_000}
"""A spreadsheet is written as a whole before it is sent: 100,000 rows take some ten seconds."""

HEADER = (
    lazy("时间"), lazy("操作人"), lazy("登录名"), lazy("动作"), lazy("说明"), lazy("对象"), lazy("对象编号"),
    lazy("单位"), lazy("来源"), lazy("变化"), lazy("原因"), lazy("链上位置"), lazy("链上摘要"),
)  # fmt: skip


def row(line: Line) -> Sequence[Any]:
    event, changed = line.event, map(str, line.changes)
    return (
        event.at, who(event), line.actor_code, line.label, plain(line.sentence), event.subject_name,
        line.subject_code, line.unit.name if line.unit else "", event.origin, _("；").join(changed), event.reason,
        event.position, event.digest,
    )  # fmt: skip


def note(name: str, code: str, filters: str, at: datetime) -> str:
    """Who took the file, when, and what was asked for."""
    said = {"name": name, "code": code, "at": date_format(localtime(at), "Y-m-d H:i"), "filters": filters}
    return _("%(name)s（%(code)s）于 %(at)s 导出，筛选：%(filters)s。含个人信息，请勿外传。") % said


def why_not_export(rows: int, kind: str) -> str | None:
    most = MOST_ROWS[kind]
    if rows == 0:
        return _("没有符合条件的日志可导出")
    if rows > most:
        said = _("共 %(rows)s 条，%(kind)s 一次最多导出 %(most)s 条，请缩小时间或单位范围")
        return said % {"rows": f"{rows:,}", "kind": kind.upper(), "most": f"{most:,}"}
    return None
