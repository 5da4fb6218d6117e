"""What may be done to cells and their keepers."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Kind, Person, Unit

from ..models import Cell

CUT_KINDS = frozenset({Kind.TEAM, Kind.WORKSHOP})
"""Units whose own people may be divided into cells: those who work at steps and posts."""


def why_not_cut(unit: Unit, step: str, post: str, others: Iterable[Cell], *, on: date) -> str | None:
    """Why the step, or one post of it, cannot be a cell of `unit`. `others`: its cells from that day on."""
    if unit.kind not in CUT_KINDS:
        return _("只有班组和车间能按工序、岗位划分网格")
    if not unit.is_open(on):
        return _("%(unit)s 在 %(day)s 不是开办中的单位") % {"unit": unit.name, "day": on}
    if not (step or post):
        return _("请选择工序或岗位")
    if other := in_the_way(step, post, others):
        return _("“%(cell)s”已经是一格，一个人只能在一格里") % {"cell": other}
    return None


def in_the_way(step: str, post: str, others: Iterable[Cell]) -> Cell | None:
    """One of `others`, cells of one unit, that holds people of this step or post."""
    return next((one for one in others if one.process_step == step and (not one.post or post in ("", one.post))), None)


def why_not_end(cell: Cell, *, on: date) -> str | None:
    if cell.until_date <= on:
        return _("这一格已于 %(day)s 取消") % {"day": cell.until_date}
    return None


def why_not_keep(person: Person, *, on: date) -> str | None:
    if not person.is_on_roll(on):
        return _("%(person)s 在 %(day)s 不在册，不能任职") % {"person": person.name, "day": on}
    return None


def why_not_pair(keeper: Person | None, deputy: Person | None) -> str | None:
    """Why these two cannot be keeper and deputy of one grid."""
    if keeper is None and deputy is None:
        return _("请填写网格员或副网格员")
    if keeper and deputy and keeper.pk == deputy.pk:
        return _("网格员和副网格员不能是同一个人")
    return None


def why_not_hand_over(person: Person, to: Person, duties: int, *, on: date) -> str | None:
    if person.pk == to.pk:
        return _("不能移交给本人")
    if not duties:
        return _("%(person)s 没有可移交的网格") % {"person": person.name}
    return why_not_keep(to, on=on)
