"""Items as a file: its columns, and how many rows it may have."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .files import MOST_ROWS
from .slips import Slip

HEADER = (
    lazy("编号"), lazy("类别"), lazy("事项"), lazy("要求"), lazy("单位编码"), lazy("单位"), lazy("责任人"),
    lazy("责任人工号"), lazy("交办人"), lazy("交办时间"), lazy("期限"), lazy("跟进"), lazy("最近跟进"), lazy("状态"),
    lazy("升级"), lazy("申请销号时间"), lazy("确认人"), lazy("销号时间"), lazy("撤销原因"),
)  # fmt: skip


def row(slip: Slip) -> Sequence[Any]:
    item = slip.item
    return (
        item.pk, str(slip.kind), item.title, item.text, item.unit.code, item.unit.name, item.owner.name,
        item.owner.number, item.opened_by.name if item.opened_by else _("系统"), item.opened_at, item.due_on,
        item.get_cadence_display(), item.followed_to, item.get_status_display(), item.stage or None, item.asked_at,
        item.closed_by.name if item.closed_by else "", item.closed_at, item.withdrawn_reason,
    )  # fmt: skip


def why_not_export(rows: int, kind: str) -> str | None:
    most = MOST_ROWS[kind]
    if rows == 0:
        return _("没有符合条件的事项可导出")
    if rows > most:
        said = _("共 %(rows)s 条，%(kind)s 一次最多导出 %(most)s 条，请缩小范围")
        return said % {"rows": f"{rows:,}", "kind": kind.upper(), "most": f"{most:,}"}
    return None
