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
