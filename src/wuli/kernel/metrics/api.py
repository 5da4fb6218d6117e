"""Numbers and readings for programs: the same reach as the pages."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Self

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as say
from django.utils.translation import pgettext_lazy
from ninja import Query, Router

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.access import actor, needs
from wuli.kernel.orgs.api import asked
from wuli.kernel.orgs.api.schemas import UnitRef
from wuli.kernel.orgs.models import Kind, Unit
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.units import path_on
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web.api.fields import Day, Filters, Id, Output, Text, given, noted, shown
from wuli.web.api.paging import Page, Paging, page_of
from wuli.web.api.words import as_text
from wuli.web.api.words import words as _
from wuli.web.files import plain

from .actions import exports
from .models import Reading
from .queries import reach, readings, showing
from .queries.showing import Shown
from .rules import dhis2, files
from .rules.metrics import Metric, Rolls, metric_of

router = Router(tags=[as_text(pgettext_lazy("plural", "指标"))])
MOST_DAYS = 31
MOST_VALUES = 50_000


class MetricOut(Output):
    """A question whose answer is rows, and how they become one number."""

    code: str = noted(_("编码"))
    title: str = noted(_("名称"))
    unit: str = noted(_("计量单位"))
    group: str = noted(_("类别"))
    meaning: str = noted(_("用处"))
    counting: str = noted(_("怎样计算"))
    owner: str = noted(_("负责这项数的职责"))
    rolls: Rolls = noted(_("汇总方式：sum 相加，distinct 去重，latest 取最近，ratio 两数相除"))
    parts: list[str] = noted(_("比率的分子、分母"))
    reading: Reading.Source | None = noted(_("读数何时固定；null 表示不固定"))
    keeps_past: bool = noted(_("过去的日子能否重新计数"))

    @classmethod
    def of(cls, metric: Metric) -> Self:
        return cls(
            code=metric.code, title=str(metric.title), unit=str(metric.unit), group=str(metric.group),
            meaning=str(metric.meaning), counting=str(metric.counting), owner=metric.owner.value, rolls=metric.rolls,
            parts=list(metric.parts), reading=metric.reading, keeps_past=metric.keeps_past,
        )  # fmt: skip


class Metrics(Output):
    items: list[MetricOut] = noted(_("各项指标"))


class NumberOut(Output):
    """A number of a unit on a day. null: nothing can be told, which is not 0."""

    unit: UnitRef = noted(_("单位"))
    value: Decimal | None = noted(_("数值；有读数时为读数"))
    counted: Decimal | None = noted(_("按现在的明细重新计数"))
    restated: bool = noted(_("读数后明细是否有变动"))
    source: Reading.Source | None = noted(_("读数的来源；null 表示现在计数"))

    @classmethod
    def of(cls, one: Shown, unit: UnitRef) -> Self:
        source = Reading.Source(one.reading.source) if one.reading else None
        return cls(unit=unit, value=one.value, counted=one.counted, restated=one.restated, source=source)


class MetricDetail(MetricOut):
    on: Day = noted(_("业务日期"))
    number: NumberOut | None = noted(_("单位的数；没有可看的单位时为 null"))
    children: list[NumberOut] = noted(_("当天各下级的数"))


class MetricAsked(Filters):
    unit: Id | None = noted(_("哪个单位，默认为您能看到的最上级"), None)
    on: Day | None = noted(_("业务日期，默认为今天"), None)


class Rows(Page[list[str]]):
    """The rows that a number counts, as the page shows them."""

    columns: list[str] = noted(_("各列的名称"))
    items: list[list[str]] = noted(_("各行（按指标不同，可能含个人信息），与 columns 同序"))


class RowsAsked(Paging):
    unit: Id = noted(_("哪个单位"))
    on: Day | None = noted(_("业务日期，默认为今天"), None)


class ReadingOut(Output):
    metric: str = shown(Reading, "metric")
    unit: UnitRef = shown(Reading, "unit")
    on: Day = shown(Reading, "on")
    value: Decimal | None = shown(Reading, "value", note=_("数值；null 表示没有可计算的基数"))
    source: Reading.Source = shown(Reading, "source")
    taken_at: datetime = shown(Reading, "taken_at")

    @classmethod
    def of(cls, one: Reading) -> Self:
        return cls(
            metric=one.metric, unit=UnitRef.of(one.unit), on=one.on, value=one.value,
            source=Reading.Source(one.source), taken_at=one.taken_at,
        )  # fmt: skip


class Readings(Page[ReadingOut]):
    pass


class ReadingFilters(Paging):
    metric: Text | None = given(Reading, "metric", None)
    unit: Id | None = noted(_("只要这个单位的"), None)
    under: Id | None = noted(_("只要这个单位及其下级的"), None)
    from_date: Day | None = noted(_("从这一天起"), None)
    until_date: Day | None = noted(_("到这一天之前"), None)


class DataValue(Output):
    """One value, in the words of DHIS2."""

    dataElement: str = noted(_("指标编码"))
    period: str = noted(_("业务日期，如 20200305"))
    orgUnit: str = noted(_("单位编码"))
    value: str = noted(_("数值"))


class DataValueSet(Output):
    dataValues: list[DataValue] = noted(_("各个读数"))


class DataValueFilters(Filters):
    from_date: Day = noted(_("从这一天起"))
    until_date: Day = noted(_("到这一天之前，最多 31 天"))
    kind: Kind = noted(_("哪一级单位的读数；只给一级，接收方逐级汇总时才不会重复"), Kind.ENTERPRISE)
    metric: Text | None = given(Reading, "metric", None)
    under: Id | None = noted(_("只要这个单位及其下级的"), None)


@router.get("/metrics", response=Metrics, summary=_("全部指标"), description=_("您能看到数的指标"))
@needs(Perm.UNIT_VIEW)
def metric_list(request: HttpRequest) -> Metrics:
    return Metrics(items=[MetricOut.of(metric) for metric in reach.metrics_for(actor(request))])


@router.get("/metrics/{code}", response=MetricDetail, summary=_("一个指标的数"), description=_("连同各下级的数"))
@needs(Perm.UNIT_VIEW)
def metric(request: HttpRequest, code: str, filters: Query[MetricAsked]) -> MetricDetail:
    user, on = actor(request), _begun(filters.on or today())
    found = reach.metric_for(user, code)
    if filters.unit:
        unit: Unit | None = asked.row(reach.units_for(user, found), filters.unit, "unit")
    else:
        unit = reach.first_unit(user, found, None)
    told = MetricOut.of(found).model_dump()
    if unit is None:
        return MetricDetail(**told, on=on, number=None, children=[])
    number = NumberOut.of(showing.shown(found, unit, on), UnitRef.of(unit))
    return MetricDetail(**told, on=on, number=number, children=_children(request, found, unit, on))


@router.get(
    "/metrics/{code}/rows", response=Rows, summary=_("一个数的明细"),
    description=_("比率没有自己的明细，请看其分子、分母；涉及敏感明细的，查看会留下记录"),
)  # fmt: skip
@needs(Perm.UNIT_VIEW)
def metric_rows(request: HttpRequest, code: str, filters: Query[RowsAsked]) -> Rows:
    user, on = actor(request), _begun(filters.on or today())
    found = reach.metric_for(user, code)
    unit = asked.row(reach.units_for(user, found), filters.unit, "unit")
    part = Part(path_on(unit, on), on)
    if not reach.has_rows(user, found, unit, part):
        raise Http404
    if found.leaves_event:
        exports.note_look(metric=found, unit=unit, on=on, by=user, at=now())
    rows = reach.rows_for(user, found, part, found.rows_need)
    told = page_of(
        request, rows, filters, order=reach.ORDER, show=lambda row: [plain(x) for x in files.row(found, row)]
    )
    return Rows(**told, columns=files.header(found))


@router.get("/readings", response=Readings, summary=_("读数列表"), description=_("按日期、指标、单位的顺序"))
@needs(Perm.UNIT_VIEW)
def reading_list(request: HttpRequest, filters: Query[ReadingFilters]) -> Readings:
    rows = readings.readings_for(actor(request))
    if filters.metric:
        rows = rows.of(metric_of(filters.metric).code)
    if unit := asked.unit(request, filters.unit, "unit"):
        rows = rows.filter(unit=unit)
    if top := asked.unit(request, filters.under, "under"):
        rows = rows.filter(under(top.path, "unit__path"))
    rows = rows.between(filters.from_date or date.min, filters.until_date or date.max)
    return Readings(**page_of(request, rows, filters, order=("on", "metric", "unit_id", "pk"), show=ReadingOut.of))


@router.get(
    "/dataValueSets", response=DataValueSet, summary=_("读数，DHIS2 格式"),
    description=_("可直接导入 DHIS2：dataElementIdScheme=CODE，orgUnitIdScheme=CODE。比率不在内，其分子分母在内"),
)  # fmt: skip
@needs(Perm.UNIT_VIEW)
def data_value_set(request: HttpRequest, filters: Query[DataValueFilters]) -> DataValueSet:
    _refuse_long(filters.from_date, filters.until_date)
    rows = readings.readings_for(actor(request)).between(filters.from_date, filters.until_date)
    rows = dhis2.exportable(rows.filter(unit__kind=filters.kind))
    if filters.metric:
        rows = rows.of(metric_of(filters.metric).code)
    if top := asked.unit(request, filters.under, "under"):
        rows = rows.filter(under(top.path, "unit__path"))
    found = [DataValue(**dhis2.value_of(one)) for one in rows.order_by("on", "metric", "pk")[: MOST_VALUES + 1]]
    if len(found) > MOST_VALUES:
        raise Refused(say("超过 50,000 个读数，请缩短日期或指定指标"), code="too_many_rows", field="until_date")
    return DataValueSet(dataValues=found)


def _children(request: HttpRequest, found: Metric, unit: Unit, on: date) -> list[NumberOut]:
    """Those within reach today, by the names they have today."""
    near = {one.pk: one for one in reach.units_for(actor(request), found).filter(parent=unit)}
    below = showing.below(found, unit, on, near)
    return [NumberOut.of(one, UnitRef.of(near[one.unit])) for one in below.children if one.opens]


def _begun(day: date) -> date:
    if day > today():
        raise Refused(say("这一天还没有到"), code="invalid", field="on")
    return day


def _refuse_long(start: date, until: date) -> None:
    if not timedelta() < until - start <= timedelta(days=MOST_DAYS):
        raise Refused(say("日期应先后相接，最多 31 天"), code="invalid", field="until_date")
