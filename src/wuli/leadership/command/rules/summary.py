"""What a stand-down counts, in the order in which it is told. The numbers are kept by code, the words are here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

type Words = str | Promise


@dataclass(frozen=True)
class Figure:
    """A number that rows add up to; of a share `of` are the rows that are divided by, a span of days has none."""

    code: str
    label: Words
    unit: Words
    of: str = ""

    @property
    def rows(self) -> str:
        return "" if self.code == "response.days" else self.of or self.code


DAYS, TIMES, UNITS = pgettext_lazy("measure", "天"), pgettext_lazy("measure", "次"), pgettext_lazy("measure", "个")
PEOPLE = pgettext_lazy("measure", "人")
SHARE = "%"
FIGURES: tuple[tuple[Words, tuple[Figure, ...]], ...] = (
    (_("响应"), (
        Figure("response.days", _("响应天数"), DAYS),
        Figure("response.level_changes", _("级别或要求调整"), TIMES),
        Figure("response.notes", _("大事记"), pgettext_lazy("measure", "条")),
    )),
    (_("指挥"), (
        Figure("command.units", _("范围内的单位"), UNITS),
        Figure("command.with_group", _("成立领导小组"), UNITS),
    )),
    (_("到岗"), (
        Figure("command.expected", _("应到岗"), PEOPLE),
        Figure("command.at_post", _("终止时在岗"), PEOPLE),
        Figure("command.unstated", _("没有报"), PEOPLE),
        Figure("command.presence", _("到岗率"), SHARE, "command.expected"),
    )),
    (_("值班"), (
        Figure("command.with_desk", _("设了值班室"), UNITS),
        Figure("duty.shifts", _("值班班次"), TIMES),
        Figure("duty.taken", _("完成交接班"), TIMES),
        Figure("duty.missed", _("没有交接班"), TIMES),
    )),
    (_("上报"), (
        Figure("call.issued", _("发起的任务"), pgettext_lazy("measure", "项")),
        Figure("cascade.asked", _("须报"), pgettext_lazy("measure", "份")),
        Figure("cascade.answered", _("已报"), pgettext_lazy("measure", "份")),
        Figure("cascade.coverage", _("上报率"), SHARE, "cascade.asked"),
    )),
    (_("督办"), (
        Figure("ledger.opened", _("交办的事项"), pgettext_lazy("measure", "件")),
        Figure("ledger.closed", _("已销号"), pgettext_lazy("measure", "件")),
        Figure("ledger.overdue", _("终止时逾期"), pgettext_lazy("measure", "件")),
    )),
)  # fmt: skip


def days_in_force(first: date, last: date) -> int:
    """Both counted: activated and stood down on one day is one day."""
    return (last - first).days + 1


def share(part: int, whole: int) -> str | None:
    """One decimal; never 100.0 of what is not whole; None where there is nothing to divide by."""
    if not whole:
        return None
    found = round(100 * part / whole, 1)
    return f"{min(found, 99.9) if part < whole else found:.1f}"


def figure_of(rows: str) -> Figure | None:
    """The number that rows of this name add up to."""
    return next((one for _label, figures in FIGURES for one in figures if one.code == rows == one.rows), None)


def told(summary: dict[str, Any]) -> list[tuple[Words, list[tuple[Figure, Any]]]]:
    """The kept numbers with their words. What this version does not know any more is left out."""
    values = summary["figures"]
    return [
        (label, [(one, values[one.code]) for one in figures if one.code in values]) for label, figures in FIGURES
    ]  # fmt: skip
