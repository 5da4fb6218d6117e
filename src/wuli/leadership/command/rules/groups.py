"""Who may lead, where, and what a group still lacks."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Person, Unit

from ..models import Member, Response

ORDER = tuple(Member.Role)
"""Leaders first."""


def why_not_set_up(
    response: Response, unit: Unit, *, may: bool, covered: bool, already: bool, today: date
) -> str | None:
    if not may:
        return _("您不能为“%(unit)s”成立领导小组") % {"unit": unit.name}
    if not response.is_active:
        return _("“%(title)s”已终止") % {"title": response.title}
    if not covered:
        return _("“%(unit)s”不在“%(title)s”的范围内") % {"unit": unit.name, "title": response.title}
    if not unit.is_open(today):
        return _("“%(unit)s”已不是开办中的单位") % {"unit": unit.name}
    if already:
        return _("“%(unit)s”已经成立领导小组") % {"unit": unit.name}
    return None


def why_not_change(response: Response, unit: Unit, *, may: bool, covered: bool) -> str | None:
    if not may:
        return _("您不能调整“%(unit)s”的领导小组") % {"unit": unit.name}
    if not response.is_active:
        return _("“%(title)s”已终止，领导小组随之结束") % {"title": response.title}
    if covered:
        return None
    return _("“%(unit)s”已不在“%(title)s”的范围内，领导小组随之结束") % {"unit": unit.name, "title": response.title}


def why_not_appoint(person: Person, *, from_date: date, today: date, already: bool) -> str | None:
    if not person.is_on_roll(from_date):
        return _("%(person)s 在 %(day)s 不在册") % {"person": person.name, "day": from_date}
    if from_date > today:
        return _("开始日期还没有到")
    return _("%(person)s 已经在这个组里") % {"person": person.name} if already else None


def why_not_relieve(member: Member, *, on: date, today: date, reason: str) -> str | None:
    if not member.holds_on(today):
        return _("%(person)s 已经不在组里") % {"person": member.person.name}
    if not member.from_date < on <= today:
        return _("退出日期应晚于 %(since)s，不晚于今天") % {"since": member.from_date}
    return None if reason.strip() else _("请写明原因")


def sorted_by_role(members: Iterable[Member]) -> list[Member]:
    return sorted(members, key=lambda one: (ORDER.index(Member.Role(one.role)), one.from_date, one.pk))


def lacks_leader(members: Iterable[Member]) -> bool:
    return not any(one.role == Member.Role.LEADER and one.working_group_id is None for one in members)
