from datetime import date

from django.utils.translation import gettext as _

from ..models import Kind, Person, Unit
from .units import why_not_open_from

CELL_LIMIT = 30
"""People in one cell above which the keeper cannot know them all (the grid's own practice, research §1.3)."""


def why_not_here(unit: Unit, *, on: date) -> str | None:
    """Why nobody can belong to `unit` on that day."""
    if unit.line != "operations":
        return _("“%(unit)s”是党组织，人员应编入班组") % {"unit": unit.name}
    return why_not_open_from(unit, on)


def why_not_branch(branch: Unit, *, on: date) -> str | None:
    if branch.kind != Kind.PARTY_BRANCH:
        return _("“%(unit)s”不是党支部") % {"unit": branch.name}
    return why_not_open_from(branch, on)


def why_not_change_from(person: Person, latest: date, *, on: date) -> str | None:
    """Why a change of `person`, whose newest assignment began on `latest`, cannot take effect `on`."""
    if latest > on:
        return _("%(person)s 自 %(day)s 起已有更新的记录，生效日期不能早于这一天") % {
            "person": person.name, "day": latest}  # fmt: skip
    if not person.is_on_roll(on):
        return _("%(person)s 在 %(day)s 不在册") % {"person": person.name, "day": on}
    return None


def why_not_leave(person: Person, latest: date, *, on: date) -> str | None:
    if latest >= on:
        return _("离册日期应晚于 %(day)s（最近一次变动）") % {"day": latest}
    if not person.is_on_roll(on):
        return _("%(person)s 在 %(day)s 不在册") % {"person": person.name, "day": on}
    return None
