"""Who answered what was asked for a business date. Read once every level has told its figure."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.orgs.models import Line
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Reading
from ..queries.evidence import slots
from ..queries.evidence.spots import units_seen
from ..rules.metrics import Column, Metric, Rows, Words, share

COLUMNS = (
    Column(lazy("单位"), "place_name"), Column(lazy("任务"), "round__call__title"),
    Column(lazy("状态"), "get_state_display"), Column(lazy("截止时间"), "due_at", minor=True),
    Column(lazy("首次上报时间"), "replied_at", minor=True), Column(lazy("审核"), "get_review_display", minor=True),
)  # fmt: skip
TOLD: dict[str, Any] = {
    "group": lazy("上报"), "owner": Duty.COMMANDER, "perm": Perm.CALL_VIEW, "lines": (Line.OPERATIONS, Line.PARTY),
    "reading": Reading.Source.FREEZE,
}  # fmt: skip


def _of_slots(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told: dict[str, Any] = TOLD | {
        "unit": pgettext_lazy("measure", "份"), "columns": COLUMNS, "related": ("round__call",),
        "seen": units_seen,
    }  # fmt: skip
    return Metric(code=code, title=title, counting=counting, rows=rows, meaning=meaning, **told | more)


METRICS = (
    _of_slots(
        "cascade.expected", lazy("应报"), lazy("这一业务日期各项任务的应报单位，每项任务每个单位一份，含免报。"),
        slots.expected, lazy("问了多少单位。"),
    ),
    _of_slots(
        "cascade.asked", lazy("须报"), lazy("应报减去免报。"), slots.asked, lazy("必须答复的有多少，是上报率的分母。"),
    ),
    _of_slots(
        "cascade.answered", lazy("已报"), lazy("零报告和有情况的上报，迟报也计。"), slots.answered,
        lazy("有多少单位答复了。"), better=1,
    ),
    _of_slots(
        "cascade.zero", lazy("零报告"), lazy("报了“零”的单位：有人核实过，没有情况。"), slots.zero,
        lazy("确认没有情况的有多少。空白不算零。"),
    ),
    _of_slots(
        "cascade.missing", lazy("未报"), lazy("须报而没有上报的单位。"), slots.missing,
        lazy("还有谁没有声音。"), better=-1,
    ),
    _of_slots(
        "cascade.late", lazy("迟报"), lazy("首次上报晚于本单位当地截止时间的单位。"), slots.late,
        lazy("答复了但晚了的有多少。"), better=-1,
    ),
    share(
        "cascade.coverage", lazy("上报率"), ("cascade.answered", "cascade.asked"),
        lazy("已报 ÷ 须报。没有须报单位时不计算。"), lazy("问到的单位有多少答复了。"), **TOLD,
    ),
)  # fmt: skip
