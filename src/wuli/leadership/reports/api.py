"""What reporting costs, for programs: the same numbers as the page."""

from typing import Self

from django.http import HttpRequest
from ninja import Router

from wuli.base.clock import today
from wuli.kernel.cascade.models import Call
from wuli.kernel.orgs.access import needs
from wuli.kernel.orgs.models import Kind
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Day, Output, noted, shown
from wuli.web.api.words import words as _

from .queries import burdens as queries
from .rules.burden import Asked

router = Router(tags=[_("填报负担")])


class AskedOut(Output):
    """What one call asks of one kind of unit."""

    call: int = noted(_("任务编号"))
    title: str = shown(Call, "title")
    kind: Kind = noted(_("哪类单位"))
    units: int = noted(_("多少单位"))
    typed: int = noted(_("手工填写的项数"))
    prefilled: int = noted(_("台账自动带出的项数"))
    is_timed: bool = noted(_("用时是否来自实际填报；false 表示按项数估计"))
    minutes_a_day: float = noted(_("每个单位每天的分钟数"))

    @classmethod
    def of(cls, one: Asked) -> Self:
        return cls(
            call=one.call.pk, title=one.call.title, kind=Kind(one.kind), units=one.units, typed=one.typed,
            prefilled=one.prefilled, is_timed=one.is_timed, minutes_a_day=round(one.minutes_a_day, 2),
        )  # fmt: skip


class KindBurden(Output):
    kind: Kind = noted(_("哪类单位"))
    minutes_a_day: float = noted(_("这类单位的填报人每天的分钟数，各任务合计"))


class Burden(Output):
    on: Day = noted(_("业务日期"))
    hours_a_day: float = noted(_("全部单位每天的小时数"))
    kinds: list[KindBurden] = noted(_("按单位类型"))
    calls: list[AskedOut] = noted(_("各任务对各类单位，最重的在前"))


@router.get("/reports/burden", response=Burden, summary=_("填报负担"), description=_("填报人每天要花的时间"))
@needs(Perm.FORM_DESIGN)
def burden(request: HttpRequest) -> Burden:
    on = today()
    asked = queries.burdens(queries.calls_asking(on), on)
    by_kind = queries.minutes_by_kind(asked)
    kinds = [KindBurden(kind=Kind(kind), minutes_a_day=round(n, 2)) for kind, n in by_kind.items()]
    hours = round(sum(one.hours_a_day for one in asked), 2)
    return Burden(on=on, hours_a_day=hours, kinds=kinds, calls=[AskedOut.of(one) for one in asked])
