"""Whether meetings are held, and whether what they decide is done."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.metrics.models import Reading
from wuli.kernel.metrics.rules.metrics import Column, Metric, share
from wuli.kernel.orgs.models import Line
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..queries import evidence

TOLD: dict[str, Any] = {
    "group": lazy("例会"), "lines": (Line.OPERATIONS, Line.PARTY), "reading": Reading.Source.NIGHTLY,
}  # fmt: skip
MEETINGS: dict[str, Any] = TOLD | {
    "owner": Duty.COMMANDER, "perm": Perm.MEETING_ARRANGE, "seen": evidence.meetings_seen,
}  # fmt: skip
OF_MEETINGS: dict[str, Any] = MEETINGS | {
    "unit": pgettext_lazy("measure", "次"), "related": ("series__unit",),
    "columns": (
        Column(lazy("会议"), "title", link=lambda row: reverse("meetings:meeting", args=[row.pk])),
        Column(lazy("单位"), "place_name"), Column(lazy("日期"), "on"), Column(lazy("状态"), "get_status_display"),
        Column(lazy("取消原因"), "cancelled_reason", minor=True),
    ),
}  # fmt: skip
ITEMS: dict[str, Any] = TOLD | {"owner": Duty.HEAD, "perm": Perm.ITEM_VIEW, "seen": evidence.items_seen}
OF_ITEMS: dict[str, Any] = ITEMS | {
    "unit": pgettext_lazy("measure", "件"), "related": ("unit", "owner", "decision"),
    "columns": (
        Column(lazy("决定"), "title", link=lambda row: reverse("ledger:item", args=[row.pk])),
        Column(lazy("单位"), "unit__name"), Column(lazy("责任人"), "owner__name"),
        Column(lazy("会议定的期限"), "decision__due_on"), Column(lazy("状态"), "get_status_display"),
        Column(lazy("销号时间"), "closed_at", minor=True),
    ),
}  # fmt: skip
METRICS = (
    Metric(
        code="meetings.planned", title=lazy("应开会议"),
        counting=lazy("当天排定的会议，加开的和取消的都计入；取消的写有原因。"), rows=evidence.planned,
        meaning=lazy("当天该开几次会，是召开率的分母。"), **OF_MEETINGS,
    ),
    Metric(
        code="meetings.held", title=lazy("已开会议"), counting=lazy("当天排定、实际开了的会议，不论纪要是否确认。"),
        rows=evidence.held, meaning=lazy("例会有没有真的开。"), better=1, **OF_MEETINGS,
    ),
    share(
        "meetings.held_rate", lazy("例会召开率"), ("meetings.held", "meetings.planned"),
        lazy("已开 ÷ 应开。当天没有排定会议时不计算。"), lazy("每日调度是否坚持。"), **MEETINGS,
    ),
    Metric(
        code="meetings.decisions_due", title=lazy("到期的会议决定"),
        counting=lazy("近三十天内到期的会议决定，按会上定的期限，事后延期不改；撤回的不计。"), rows=evidence.due,
        meaning=lazy("会上定的事有多少到了期。"), **OF_ITEMS,
    ),
    Metric(
        code="meetings.decisions_in_time", title=lazy("按期销号的会议决定"),
        counting=lazy("到期的会议决定中，在会上定的期限当天或之前经第二人确认销号的。"), rows=evidence.in_time,
        meaning=lazy("会上定的事有多少说到做到。"), better=1, **OF_ITEMS,
    ),
    share(
        "meetings.in_time_rate", lazy("会议决定按期完成率"), ("meetings.decisions_in_time", "meetings.decisions_due"),
        lazy("按期销号 ÷ 到期。近三十天没有到期的决定时不计算。"), lazy("议而有决、决而有行。"), **ITEMS,
    ),
)  # fmt: skip
