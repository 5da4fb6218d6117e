"""The rows of a metric as a file: its columns, its note, and how many rows it may have."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.ledger.rules.files import MOST_ROWS

from .metrics import Metric


def header(metric: Metric) -> list[str]:
    return [str(column.label) for column in metric.columns]


def row(metric: Metric, one: Any) -> Sequence[Any]:
    return [column.of(one) for column in metric.columns]


def name(metric: Metric, unit: str, on: date) -> str:
    return _("%(unit)s %(metric)s %(day)s") % {"unit": unit, "metric": metric.title, "day": on}


def said(metric: Metric, unit: str, on: date) -> str:
    """What was asked for, for the note below the rows."""
    return _("，").join((unit, str(metric.title), str(on)))


def refuse_too_many(rows: int, kind: str) -> None:
    """Raises Refused for nothing to take away, and for more than a file holds."""
    most = MOST_ROWS[kind]
    if rows == 0:
        raise Refused(_("没有可导出的明细"))
    if rows > most:
        sentence = _("共 %(rows)s 行，%(kind)s 一次最多导出 %(most)s 行，请选择下级单位")
        raise Refused(sentence % {"rows": f"{rows:,}", "kind": kind.upper(), "most": f"{most:,}"})
