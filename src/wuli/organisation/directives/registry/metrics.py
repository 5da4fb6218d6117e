"""Numbers of directives: in time or not, and how many are red. Each is an aggregate of copies."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.metrics.models import Reading
from wuli.kernel.metrics.queries.evidence.spots import units_seen
from wuli.kernel.metrics.rules.metrics import Column, Metric, Rows, Words, share
from wuli.kernel.orgs.models import Line
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..queries import evidence

COLUMNS = (
    Column(lazy("单位"), "place_name", link=lambda row: reverse("directives:copy", args=[row.pk])),
    Column(lazy("文件"), "round__call__title"), Column(lazy("文号"), "round__call__number"),
    Column(lazy("截止时间"), "due_at"), Column(lazy("办结报告时间"), "replied_at", minor=True),
)  # fmt: skip
TOLD: dict[str, Any] = {
    "group": pgettext_lazy("plural", "通知"), "owner": Duty.COMMANDER, "perm": Perm.CALL_VIEW,
    "lines": (Line.OPERATIONS, Line.PARTY), "reading": Reading.Source.NIGHTLY,
}  # fmt: skip


def _of_copies(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told: dict[str, Any] = TOLD | {
        "unit": pgettext_lazy("measure", "份"), "columns": COLUMNS, "related": ("round__call",), "seen": units_seen,
    }  # fmt: skip
    return Metric(code=code, title=title, counting=counting, rows=rows, meaning=meaning, **told | more)


METRICS = (
    _of_copies(
        "directives.to_sign", lazy("应签收"),
        lazy("当天结束前已到签收截止时间的通知，发给的每个单位一份；免办、已撤销和被替代的不计。"),
        evidence.to_sign, lazy("按时签收率的分母。"),
    ),
    _of_copies(
        "directives.signed", lazy("按时签收"), lazy("应签收中在截止时间前签收的。"), evidence.signed_in_time,
        lazy("按时知道的有多少。"), better=1,
    ),
    share(
        "directives.signing", lazy("按时签收率"), ("directives.signed", "directives.to_sign"),
        lazy("按时签收 ÷ 应签收。"), lazy("通知是不是按时到了每个单位。"), **TOLD,
    ),
    _of_copies(
        "directives.to_do", lazy("应办结"),
        lazy("要求落实、当天结束前已到截止时间的通知，每个单位一份；免办、已撤销和被替代的不计。"),
        evidence.to_do, lazy("按时办结率的分母。"),
    ),
    _of_copies(
        "directives.done", lazy("按时办结"), lazy("应办结中首次报告不晚于截止时间、且已通过或无须审核的。"),
        evidence.done_in_time, lazy("按时落实的有多少。"), better=1, keeps_past=False,
    ),
    share(
        "directives.acting", lazy("按时办结率"), ("directives.done", "directives.to_do"),
        lazy("按时办结 ÷ 应办结。"), lazy("通知是不是按时落实了。"), **TOLD,
    ),
    _of_copies(
        "directives.red", lazy("红色通知"), lazy("严重逾期已报上级、至今没有签收或办结的，每个单位一份。"),
        evidence.red, lazy("最该催的有多少。"), better=-1, keeps_past=False,
    ),
)  # fmt: skip
