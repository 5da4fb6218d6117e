"""How well a response is led, in numbers that open into their rows."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.metrics.models import Reading
from wuli.kernel.metrics.rules.metrics import Column, Metric, Rolls, Rows, Words
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..queries import evidence

UNITS = (
    Column(lazy("单位"), "name", link=lambda row: reverse("orgs:unit", args=[row.pk])),
    Column(lazy("单位编码"), "code", minor=True), Column(lazy("类型"), "get_kind_display"),
)  # fmt: skip
TOLD: dict[str, Any] = {
    "group": lazy("应急响应"), "owner": Duty.COMMANDER, "perm": Perm.RESPONSE_VIEW, "keeps_past": False,
    "reading": Reading.Source.NIGHTLY,
}  # fmt: skip


def _page(unit: Unit, on: date) -> str:
    return reverse("command:list")


def _of_units(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told = TOLD | {"unit": pgettext_lazy("measure", "个"), "columns": UNITS, "seen": evidence.units_seen, "page": _page}
    return Metric(code=code, title=title, counting=counting, rows=rows, meaning=meaning, **told | more)


METRICS = (
    _of_units(
        "command.units", lazy("响应范围内的单位"),
        lazy("有应急响应生效的集团、板块和各级企业，以及直接列为响应范围的单位。一个单位有几项响应只计一次。"),
        evidence.units, lazy("有多少单位应成立领导小组。"),
    ),
    _of_units(
        "command.with_group", lazy("成立领导小组的单位"), lazy("为生效中的每一项响应都成立了领导小组的单位。"),
        evidence.with_group, lazy("有多少单位有人牵头。"), better=1,
    ),
    _of_units(
        "command.no_group", lazy("没有领导小组的单位"), lazy("至少有一项生效中的响应没有领导小组的单位。"),
        evidence.without_group, lazy("哪里没有人牵头。"), better=-1,
    ),
    Metric(
        code="command.group_share", title=lazy("领导小组成立率"), unit="%", rolls=Rolls.RATIO,
        parts=("command.with_group", "command.units"), decimals=1, better=1,
        counting=lazy("成立领导小组的单位 ÷ 响应范围内的单位。没有响应时不计算。"),
        meaning=lazy("层层有人牵头到了什么程度。"), **TOLD,
    ),
)  # fmt: skip
