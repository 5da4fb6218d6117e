from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, day_before
from wuli.base.masking import mask_phone

register = template.Library()
register.filter("masked_phone", mask_phone)


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    return mapping.get(key, ())


@register.filter
def period(dated: Any) -> str:
    """2020-02-01 起, or 2020-02-01 至 2020-02-14 with the last day included, as people say it."""
    start = date_format(dated.from_date, "Y-m-d")
    if dated.until_date == FOREVER:
        return _("%(start)s 起") % {"start": start}
    return _("%(start)s 至 %(end)s") % {"start": start, "end": date_format(day_before(dated.until_date), "Y-m-d")}


@register.filter
def forever(day: Any) -> bool:
    return bool(day == FOREVER)


@register.filter
def nth(sequence: Any, place: int) -> Any:
    return sequence[place]
