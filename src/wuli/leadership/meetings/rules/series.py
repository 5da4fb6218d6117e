"""Why a series cannot be as somebody wants it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Person, Unit

from ..models import Series


def why_not_series(
    *, unit: Unit, today: date, starts_anew: bool, cadence: str, weekdays: Sequence[int], starts_on: date,
    ends_on: date, chair: Person, secretary: Person, link: str, minutes: int,
) -> tuple[str, str] | None:  # fmt: skip
    """The field at fault, and why."""
    if not unit.is_open(today):
        return "unit", _("“%(unit)s”已不是开办中的单位") % {"unit": unit.name}
    if cadence == Series.Cadence.WEEKLY and not weekdays:
        return "weekdays", _("请选每周哪几天开会")
    if not set(weekdays) <= set(range(7)):
        return "weekdays", _("星期只有七天")
    if starts_anew and starts_on < today:
        return "starts_on", _("首次日期最早为今天")
    if ends_on <= starts_on:
        return "ends_on", _("末次日期不能早于首次日期")
    if not 5 <= minutes <= 720:
        return "minutes", _("时长应在 5 分钟到 12 小时之间")
    for field, person in (("chair", chair), ("secretary", secretary)):
        if not person.is_on_roll(today):
            return field, _("%(person)s已不在册") % {"person": person.name}
    return why_not_link(link)


def why_not_extra(series: Series, on: date, today: date) -> str | None:
    if series.unit.is_open(on):
        return why_not_end(series, today)
    return _("“%(unit)s”那天已不是开办中的单位") % {"unit": series.unit.name}


def why_not_end(series: Series, today: date) -> str | None:
    return None if series.ends_on > today else _("“%(title)s”已经结束") % {"title": series.title}


def why_not_over(series: Series, seen: int | None) -> str | None:
    """Two people change one series: the later is told what the earlier did, and undoes nothing unseen."""
    if seen is None or seen == series.edition:
        return None
    return _("“%(title)s”刚刚被%(who)s改过，请重新打开再改") % {
        "title": series.title,
        "who": series.changed_by or _("系统"),
    }


def why_not_link(link: str) -> tuple[str, str] | None:
    if link and not link.startswith("https://"):
        return "link", _("入会链接应以 https:// 开头")
    return None
