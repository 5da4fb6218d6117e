"""What a metric is. Apps register theirs; everything that shows numbers works for metrics it has never heard of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.base.errors import Refused
from wuli.kernel.cascade.rules import sources
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models import Line, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..models import PLACES, Reading
from .numbers import DASH, HUNDRED, Change, Number, signed, written

type Words = str | Promise
type Rows = Callable[[Part], QuerySet[Any]]
"""The rows of a part on its day, each with `place`: the path at which it counts, in the tree of that day."""


class Rolls(StrEnum):
    """How rows become one number: added up, each key once, the newest of each key added up, one sum of another."""

    SUM = "sum"
    DISTINCT = "distinct"
    LATEST = "latest"
    RATIO = "ratio"


ROLLS: dict[Rolls, Words] = {
    Rolls.SUM: lazy("下级相加等于上级"),
    Rolls.DISTINCT: lazy("去重计数，下级相加可以大于上级"),
    Rolls.LATEST: lazy("各单位取最近一次，再相加"),
    Rolls.RATIO: lazy("两数相除，从不相加"),
}
TAKEN: dict[Reading.Source | None, Words] = {
    Reading.Source.NIGHTLY: lazy("每日结束后固定"),
    Reading.Source.FREEZE: lazy("各级定数且当日结束后固定"),
    None: lazy("不固定，看时计数"),
}


@dataclass(frozen=True)
class Column:
    """What is shown of a row: the attribute that `field` leads to ("person__name"), as `show` puts it."""

    label: Words
    field: str
    show: Callable[[Any], Any] | None = None
    link: Callable[[Any], str] | None = None
    """The address of the page of the thing itself, from the row."""
    minor: bool = False
    """Whether a narrow screen goes without it."""

    def of(self, row: Any) -> Any:
        value = row
        for step in self.field.split("__"):
            value = getattr(value, step, None)
        value = value() if callable(value) else value
        return self.show(value) if self.show and value is not None else value


def _nothing(user: User, perm: Perm) -> Q:
    return Q(pk__in=[])


@dataclass(frozen=True)
class Metric:
    """A question about a part of the tree on a day.

    `meaning` says what it is good for, `counting` how it is counted, `owner` which duty answers for it. `key` is what
    counts once (distinct) or has one newest row, by `newest` (latest); a key lies at one place. `parts` are the codes
    of the two metrics that a ratio divides. Whoever may do `perm` over the whole unit sees the number, `perm_rows` the
    rows that `seen` leaves them, `perm_export` takes them away.
    """

    code: str
    title: Words
    unit: Words
    group: Words
    meaning: Words
    counting: Words
    owner: Duty
    perm: Perm
    rolls: Rolls = Rolls.SUM
    rows: Rows | None = None
    value: str = ""
    """The column that is added up; without one, rows are counted."""
    key: str = ""
    newest: str = ""
    parts: tuple[str, ...] = ()
    columns: Sequence[Column] = ()
    related: tuple[str, ...] = ()
    """Rows that `columns` and `link` reach through."""
    perm_rows: Perm | None = None
    perm_export: Perm | None = None
    seen: Callable[[User, Perm], Q] = _nothing
    of_people: bool = False
    """Whether the rows are people: taking them away is a look that they can read of."""
    leaves_event: bool = False
    """Whether opening the rows is an event too."""
    page: Callable[[Unit, date], str] | None = None
    lines: tuple[Line, ...] = (Line.OPERATIONS,)
    keeps_past: bool = True
    """Whether the rows of any past day can be counted anew. If not, the past is what readings fixed."""
    reading: Reading.Source | None = None
    """When its readings are taken, if any are."""
    decimals: int = 0
    better: int = 0
    """1: more is better; -1: less is; 0: neither."""

    @property
    def rows_need(self) -> Perm:
        return self.perm_rows or self.perm

    @property
    def export_needs(self) -> Perm:
        return self.perm_export or self.rows_need

    @property
    def is_ratio(self) -> bool:
        return self.rolls == Rolls.RATIO

    def words(self, value: Number) -> str:
        """The number as it is shown, without its unit. A share that is not whole never reads as 100."""
        return written(value, self.decimals, most=HUNDRED if self.is_ratio else None)

    def change_words(self, change: Change) -> str:
        """+3（+1.2%）; of a share in points. Without an earlier number, or one of 0, there is no per cent."""
        if change.by is None:
            return ""
        by = signed(change.by, self.decimals)
        if self.is_ratio:
            return _("%(n)s 个百分点") % {"n": by}
        percent = DASH if change.percent is None else f"{signed(change.percent, 1)}%"
        words = _("%(by)s（%(percent)s，基数为负）") if change.negative_base else _("%(by)s（%(percent)s）")
        return words % {"by": by, "percent": percent}


_known: dict[str, Metric] = {}


def register(*metrics: Metric) -> None:
    """Make metrics known. Raises ValueError for one that could not be counted, a mistake in the program.

    A ratio keeps a past if both its parts do.
    """
    for metric in metrics:
        if mistake := _mistake(metric):
            raise ValueError(f"{metric.code}: {mistake}")
        keeps_past = metric.keeps_past and all(_known[code].keeps_past for code in metric.parts)
        _known[metric.code] = replace(metric, keeps_past=keeps_past)


def forget(*codes: str) -> None:
    for code in codes:
        _known.pop(code, None)
        sources.forget(code)


def known() -> dict[str, Metric]:
    """All metrics by code, in the order in which they were registered."""
    return dict(_known)


def metric_of(code: str) -> Metric:
    """The metric with this code. Raises Refused."""
    if code not in _known:
        raise Refused(_("没有编码为“%(code)s”的指标") % {"code": code}, code="unknown", field="metric")
    return _known[code]


def parts_of(metric: Metric) -> tuple[Metric, Metric]:
    """What a ratio divides by what."""
    above, below = (metric_of(code) for code in metric.parts)
    return above, below


def _mistake(metric: Metric) -> str:
    if metric.is_ratio:
        unknown = [code for code in metric.parts if code not in _known]
        return "a ratio divides two metrics known before it" if len(metric.parts) != 2 or unknown else ""
    if metric.rows is None or metric.parts:
        return "it is counted from rows"
    if metric.rolls == Rolls.DISTINCT and (not metric.key or metric.value):
        return "distinct counts a key"
    if metric.rolls == Rolls.LATEST and not (metric.key and metric.newest):
        return "latest needs a key and what is newest"
    return f"readings keep {PLACES} decimals" if metric.decimals > PLACES else ""


def share(code: str, title: Words, parts: tuple[str, str], counting: Words, meaning: Words, **told: Any) -> Metric:
    """How much of one metric another makes up, in percent: the more, the better."""
    return Metric(
        code=code, title=title, unit="%", rolls=Rolls.RATIO, parts=parts, counting=counting, meaning=meaning,
        decimals=1, better=1, **told,
    )  # fmt: skip
