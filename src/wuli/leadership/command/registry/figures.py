"""How well a response is led, in numbers that open into their rows."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.metrics.models import Reading
from wuli.kernel.metrics.rules.metrics import Column, Metric, Rows, Words, share
from wuli.kernel.orgs.models import Line, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..queries import evidence

UNITS = (
    Column(lazy("单位"), "name", link=lambda row: reverse("orgs:unit", args=[row.pk])),
    Column(lazy("单位编码"), "code", minor=True), Column(lazy("类型"), "get_kind_display"),
)  # fmt: skip
PEOPLE = (
    Column(lazy("姓名"), "person__name"), Column(lazy("单位"), "unit__name"), Column(lazy("身份"), "get_why_display"),
    Column(lazy("到岗情况"), "get_status_display"), Column(lazy("预计到岗"), "expected_on", minor=True),
    Column(lazy("应急响应"), "response__title", minor=True),
)  # fmt: skip
DESKS = (
    Column(lazy("单位"), "place_name", link=lambda row: reverse("command:desk", args=[row.pk])),
    Column(lazy("值班电话"), "phone"),
)  # fmt: skip
SHIFTS = (
    Column(lazy("单位"), "place_name", link=lambda row: reverse("command:shift", args=[row.pk])),
    Column(lazy("上岗"), "from_at"), Column(lazy("下岗"), "until_at"),
)  # fmt: skip
BOTH = (Line.OPERATIONS, Line.PARTY)
TOLD: dict[str, Any] = {
    "group": lazy("应急响应"), "owner": Duty.COMMANDER, "perm": Perm.RESPONSE_VIEW, "keeps_past": False,
    "reading": Reading.Source.NIGHTLY,
}  # fmt: skip


def _page(unit: Unit, on: date) -> str:
    return reverse("command:list")


def _duty_page(unit: Unit, on: date) -> str:
    return reverse("command:duty")


def _of_units(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told = TOLD | {"unit": pgettext_lazy("measure", "个"), "columns": UNITS, "seen": evidence.units_seen, "page": _page}
    return Metric(code=code, title=title, counting=counting, rows=rows, meaning=meaning, **told | more)


def _of_people(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told = TOLD | {
        "unit": pgettext_lazy("measure", "人"), "columns": PEOPLE, "seen": evidence.key_people_seen, "page": _page,
        "related": ("person", "unit", "response"), "lines": BOTH,
    }  # fmt: skip
    return Metric(code=code, title=title, counting=counting, rows=rows, meaning=meaning, **told | more)


def _of_desks(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told = TOLD | {
        "group": lazy("值班"),
        "keeps_past": True,
        "better": -1,
        "page": _duty_page,
    }
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
    share(
        "command.group_share", lazy("领导小组成立率"), ("command.with_group", "command.units"),
        lazy("成立领导小组的单位 ÷ 响应范围内的单位。没有响应时不计算。"), lazy("层层有人牵头到了什么程度。"), **TOLD,
    ),
    _of_units(
        "command.with_desk", lazy("设了值班室的单位"), lazy("有应急响应生效、设有值班室的单位；有没有空班另计。"),
        evidence.with_desk, lazy("有多少单位昼夜找得到人。"), better=1, page=_duty_page,
    ),
    _of_units(
        "command.no_desk", lazy("没有值班室的单位"), lazy("有应急响应生效、没有值班室的集团、板块和各级企业。"),
        evidence.without_desk, lazy("哪里夜里找不到人。"), better=-1, page=_duty_page,
    ),
    share(
        "command.desk_share", lazy("值班室覆盖率"), ("command.with_desk", "command.units"),
        lazy("设了值班室的单位 ÷ 响应范围内的单位。没有响应时不计算。"), lazy("二十四小时值班铺开到了什么程度。"),
        **TOLD,
    ),
    _of_people(
        "command.expected", lazy("应到岗人员"),
        lazy("响应范围内企业以上单位的主要负责人、副职、书记、领导小组成员和指定的关键岗位人员，每项响应每人一次。"),
        evidence.expected, lazy("响应期间必须有人的位置有多少，是到岗率的分母。"),
    ),
    _of_people(
        "command.at_post", lazy("在岗人员"), lazy("应到岗人员中最近一次报“在岗”的。远程办公和返岗途中不计。"),
        evidence.at_post, lazy("靠前指挥的有多少人。"), better=1,
    ),
    _of_people(
        "command.unstated", lazy("未报到岗情况的人"), lazy("应到岗人员中还没有人报过到岗情况的。"),
        evidence.unstated, lazy("还不知道在哪里的有多少人：不算在岗，也不算未返岗。"), better=-1,
    ),
    share(
        "command.presence", lazy("到岗率"), ("command.at_post", "command.expected"),
        lazy("在岗人员 ÷ 应到岗人员。没有报的在分母里。"), lazy("领导返岗到了什么程度。"), lines=BOTH, **TOLD,
    ),
    _of_desks(
        "command.unstaffed", lazy("有空班的值班室"),
        lazy("当天开设着、有时段没有人值班的值班室；值班人已离册的班次视为空班。"),
        evidence.unstaffed, lazy("什么地方电话没有人接。"), unit=pgettext_lazy("measure", "个"), columns=DESKS,
        seen=evidence.desks_seen, related=("unit",),
    ),
    _of_desks(
        "command.handovers_missed", lazy("没有交接的班次"),
        lazy("当天下岗、没有交班记录或下一班没有接班的班次；原班人员继续的不计。"),
        evidence.missed, lazy("什么事可能在交接时丢了。"), unit=pgettext_lazy("measure", "次"), columns=SHIFTS,
        seen=evidence.shifts_seen, related=("desk__unit",),
    ),
)  # fmt: skip
