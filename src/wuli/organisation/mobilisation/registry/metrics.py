"""Numbers of mobilisation, each an aggregate of its rows. Names open to those who organise the members."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.metrics.models import Reading
from wuli.kernel.metrics.queries.evidence import people
from wuli.kernel.metrics.queries.evidence.spots import units_seen
from wuli.kernel.metrics.registry.people import PERSON_COLUMNS, PERSON_ROWS, UNIT_COLUMNS
from wuli.kernel.metrics.rules.metrics import Column, Metric, Rows, Words, share
from wuli.kernel.orgs.models import Line, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..queries import evidence

GROUP = lazy("组织动员")
TOLD: dict[str, Any] = {
    "group": GROUP, "owner": Duty.PARTY_OFFICER, "perm": Perm.UNIT_VIEW, "lines": (Line.PARTY,),
    "reading": Reading.Source.NIGHTLY,
}  # fmt: skip


def _bodies_seen(user: User, perm: Perm) -> Q:
    return reach(user, perm).units("body__path")


def _of_members(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told: dict[str, Any] = TOLD | {
        "unit": pgettext_lazy("measure", "人"), "perm_rows": Perm.PARTY_ORGANISE, "perm_export": Perm.ROSTER_EXPORT,
        "seen": people.seen, "of_people": True, "columns": PERSON_COLUMNS, "related": PERSON_ROWS,
    }  # fmt: skip
    return Metric(code=code, title=title, counting=counting, rows=rows, meaning=meaning, **told | more)


def _of_branches(code: str, title: Words, counting: Words, rows: Rows, meaning: Words, **more: Any) -> Metric:
    told: dict[str, Any] = TOLD | {
        "unit": pgettext_lazy("measure", "个"), "perm_rows": Perm.PARTY_ORGANISE, "seen": units_seen,
        "columns": UNIT_COLUMNS, "related": ("unit",),
    }  # fmt: skip
    return Metric(code=code, title=title, counting=counting, rows=rows, meaning=meaning, **told | more)


METRICS = (
    _of_members(
        "mobilisation.asked", lazy("须承诺的党员"),
        lazy("当天在册、所在党支部属于某项进行中承诺范围的党员，每人一次。"), evidence.asked,
        lazy("承诺面向多少党员，是承诺率的分母。"),
    ),
    _of_members(
        "mobilisation.committed", lazy("已承诺的党员"), lazy("须承诺、当天对面向自己的每项承诺都已签且未撤回的党员。"),
        evidence.committed,
        lazy("有多少党员作出了承诺。"), better=1,
    ),
    share(
        "mobilisation.commitment", lazy("党员承诺率"), ("mobilisation.committed", "mobilisation.asked"),
        lazy("已承诺的党员 ÷ 须承诺的党员。没有进行中的承诺时不计算。"), lazy("面向的党员有多少作出了承诺。"), **TOLD,
    ),
    _of_branches(
        "mobilisation.owing", lazy("应开展主题党日的支部"), lazy("当天有党员的党支部。"), evidence.owing,
        lazy("每月应开展主题党日的支部有多少。"),
    ),
    _of_branches(
        "mobilisation.held", lazy("本月已开展主题党日的支部"),
        lazy("当月到当天为止已记录开展、次数达到要求的党支部；联合开展的各计一次，合并前开展的计入并入的支部。"),
        evidence.held,
        lazy("本月按要求开展了主题党日的支部有多少。"), better=1,
    ),
    share(
        "mobilisation.theme_days", lazy("主题党日开展率"), ("mobilisation.held", "mobilisation.owing"),
        lazy("本月已开展主题党日的支部 ÷ 应开展的支部。"), lazy("支部有多少按月开展了主题党日。"), **TOLD,
    ),
    _of_members(
        "mobilisation.members", lazy("在支部的党员"), lazy("当天在册、有党支部的人，按党支部归属。"), evidence.members,
        lazy("能动员的党员有多少，是任务率的分母。"),
    ),
    _of_members(
        "mobilisation.tasked", lazy("有任务的党员"),
        lazy("到当天为止被交办过党员任务（没有撤销）的党员，每人一次。"), evidence.tasked,
        lazy("有多少党员手上有任务。"), better=1, keeps_past=False,
    ),
    share(
        "mobilisation.tasks", lazy("党员任务率"), ("mobilisation.tasked", "mobilisation.members"),
        lazy("有任务的党员 ÷ 在支部的党员。"), lazy("是否人人有任务。"), **TOLD,
    ),
    Metric(
        code="mobilisation.vanguards", title=lazy("先锋岗、责任区和突击队"), unit=pgettext_lazy("measure", "个"),
        rows=evidence.vanguards,
        counting=lazy("当天已批准、没有撤销或到期的先锋岗、责任区和突击队，按党组织归属。"),
        meaning=lazy("党员在哪里冲在前面。"), seen=_bodies_seen, better=1,
        columns=(
            Column(lazy("名称"), "name", link=lambda row: reverse("mobilisation:vanguard", args=[row.pk])),
            Column(lazy("类型"), "get_sort_display"), Column(lazy("党组织"), "place_name"),
            Column(lazy("所在单位"), "unit__name", minor=True),
        ),
        related=("unit",), perm_rows=Perm.PARTY_ORGANISE, **TOLD,
    ),
)  # fmt: skip
