"""What may become of a response, and why not: each function gives None or a sentence."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Unit

from ..models import Level, Response

Status = Response.Status
TRANSITIONS = {Status.ACTIVE: {Status.STOOD_DOWN}, Status.STOOD_DOWN: set()}
"""From each state, the states that can follow: who responds again activates anew, with its own log and summary."""

LATE = timedelta(days=7)
"""How long after the act it may still be entered: the order may have gone out by telephone, on a holiday."""


def why_not_activate(
    *, issuer: Unit, roots: Sequence[Unit], out_of_reach: Collection[Unit], activated_at: datetime, at: datetime,
    today: date,
) -> str | None:  # fmt: skip
    if out_of_reach:
        return _("您不能在“%(unit)s”启动应急响应") % {"unit": next(iter(out_of_reach)).name}
    if not roots:
        return _("请选择响应的范围")
    for unit in (issuer, *roots):
        if not unit.is_open(today):
            return _("“%(unit)s”已不是开办中的单位") % {"unit": unit.name}
    return why_not_moment(activated_at, at)


def why_not_moment(said: datetime, at: datetime) -> str | None:
    """What happened can be entered afterwards, but not before it happens, nor long after."""
    if said > at:
        return _("启动时间还没有到，请到时再启动")
    if said < at - LATE:
        return _("启动时间最多补录七天以内的")
    return None


def why_not_act(response: Response, *, may: bool) -> str | None:
    """Common to everything that the issuer does with a response in force."""
    if not may:
        return _("只有启动单位“%(unit)s”的指挥人员能这样做") % {"unit": response.issuer.name}
    if not response.is_active:
        return _("“%(title)s”已终止，不能再改；需要时请重新启动") % {"title": response.title}
    return None


def why_not_reach(unit: Unit, *, may: bool) -> str | None:
    return None if may else _("“%(unit)s”不在您的指挥范围内") % {"unit": unit.name}


def why_not_cover(response: Response, unit: Unit, *, covered: bool) -> str | None:
    if covered:
        return None
    return _("“%(unit)s”不在“%(title)s”的范围内") % {"unit": unit.name, "title": response.title}


def why_not_level(response: Response, *, level: int, measures: str, reason: str) -> str | None:
    if level == response.level and measures.strip() == response.measures:
        return _("级别和要求都没有变化，现在就是%(level)s") % {"level": response.get_level_display()}
    if level not in Level.values:
        return _("请选择一级至四级")
    return _why_not_silently(reason)


def why_not_note(response: Response, *, happened_at: datetime, text: str, at: datetime) -> str | None:
    if not text.strip():
        return _("请写明情况")
    if happened_at > at:
        return _("还没有发生的事不能记入大事记")
    if happened_at < response.activated_at:
        return _("这件事早于响应启动时间 %(at)s") % {"at": _minute(response.activated_at)}
    if response.stood_down_at and happened_at > response.stood_down_at:
        return _("这件事晚于响应终止时间 %(at)s") % {"at": _minute(response.stood_down_at)}
    return None


def why_not_stand_down(*, reason: str) -> str | None:
    return _why_not_silently(reason)


def _why_not_silently(reason: str) -> str | None:
    return None if reason.strip() else _("请写明原因")


def _minute(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
