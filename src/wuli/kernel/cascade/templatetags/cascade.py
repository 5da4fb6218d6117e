from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from wuli.web.marks import with_thousands

from ..rules.form import Field, told
from ..rules.times import rhythm

register = template.Library()
register.filter("rhythm", rhythm)


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    return mapping.get(key, "")


@register.filter
def value(values: Mapping[str, Any] | None, field: Field) -> str:
    """An answer, or a level's sum of answers, as it is read: thousands separated, yes in words, nothing as a dash."""
    found = (values or {}).get(field.key)
    if found is None or found == "":
        return "—"
    if isinstance(found, bool):
        return _("是") if found else _("否")
    if isinstance(found, dict):
        return str(told(found))
    return str(with_thousands(found) if isinstance(found, int) else found)


@register.filter
def spell(minutes: int) -> str:
    """135 → 2 小时 15 分."""
    hours, rest = divmod(minutes, 60)
    said = [_("%(n)d 小时") % {"n": hours}] if hours else []
    return " ".join([*said, _("%(n)d 分") % {"n": rest}] if rest or not hours else said)


@register.filter
def lead(minutes: int | None) -> str:
    """Minutes from a moment to an answer, as people say it: before it is early."""
    if minutes is None:
        return ""
    if minutes == 0:
        return _("准点")
    words = _("早 %(time)s") if minutes < 0 else _("晚 %(time)s")
    return words % {"time": spell(abs(minutes))}
