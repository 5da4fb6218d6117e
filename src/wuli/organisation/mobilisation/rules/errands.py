"""Members' tasks: how many at once, and why not."""

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Line, Unit

MOST_AT_ONCE = 300
"""Each member gets an item and a notice of their own; larger bodies let their branches give it."""


def why_not_give(*, title: str, body: Unit, people: int, in_body: bool) -> tuple[str, str] | None:
    """Which input is at fault, and why. `in_body`: whether all are members of its branches today."""
    if not title.strip():
        return "title", _("请写明任务")
    if body.line != Line.PARTY:
        return "body", _("“%(unit)s”不是党组织") % {"unit": body.name}
    if not in_body:
        return "people", _("名单已有变化，请重新选择")
    if not people:
        return "people", _("请选择党员")
    if people > MOST_AT_ONCE:
        said = _("一次最多交给 %(most)d 名党员，这里有 %(n)d 名，请由下级党支部分别交办")
        return "people", said % {"most": MOST_AT_ONCE, "n": people}
    return None
