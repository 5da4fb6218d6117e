"""How far the grid reaches: people whose cell has a keeper, cells inside units and what is wrong with them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.kernel.metrics.models import Reading
from wuli.kernel.metrics.registry.people import of_people, of_units
from wuli.kernel.metrics.rules.metrics import Column, share
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..queries import evidence

GRID = lazy("网格")
OF_CELLS = {
    "unit": pgettext_lazy("measure", "格"), "group": GRID, "owner": Duty.HEAD, "perm": Perm.POSTING_VIEW,
    "seen": evidence.inner_seen, "related": ("unit",),
    "columns": (
        Column(lazy("网格"), "label", link=lambda row: reverse("grid:cell", args=[row.pk])),
        Column(lazy("单位"), "place_name"), Column(lazy("工序"), "process_step"), Column(lazy("岗位"), "post"),
    ),
}  # fmt: skip

METRICS = (
    of_people(
        "grid.kept", lazy("有网格员的人数"),
        lazy("当天在册、所在的格当天有网格员的人：编入工序、岗位网格的看那一格，其余看班组。"), evidence.kept_people,
        group=GRID, meaning=lazy("出了事有人管的人有多少。"), owner=Duty.HEAD, better=1,
    ),
    share(
        "grid.kept_share", lazy("网格覆盖率"), ("grid.kept", "orgs.people"), lazy("有网格员的人数除以在册人数。"),
        lazy("是不是人人都有网格员管；应为 100%。"), group=GRID, owner=Duty.HEAD, perm=Perm.UNIT_VIEW,
        reading=Reading.Source.NIGHTLY,
    ),
    of_units(
        "grid.inner", lazy("工序、岗位网格数"), lazy("当天有效的、班组或车间内按工序或岗位划分的格。"), evidence.inner,
        meaning=lazy("网格在班组以下划得有多细。"), **OF_CELLS,
    ),
    of_units(
        "grid.inner_no_keeper", lazy("没有网格员的工序、岗位网格"), lazy("当天有效、没有人任网格员的工序、岗位网格。"),
        evidence.inner_unkept, meaning=lazy("划了格却没有人管的地方；每一个都应补上。"), better=-1, **OF_CELLS,
    ),
    of_units(
        "grid.inner_too_large", lazy("超过 30 人的工序、岗位网格"),
        lazy("当天有效、格内在册超过 30 人的工序、岗位网格。"),
        evidence.inner_crowded, meaning=lazy("网格员认不全每个人的格；应再划分。"), better=-1, **OF_CELLS,
    ),
)  # fmt: skip
