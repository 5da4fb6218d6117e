from typing import Any

from django import template

from wuli.kernel.metrics.rules.numbers import HUNDRED, ratio, written

register = template.Library()


@register.filter
def of(part: Any, whole: Any) -> str:
    """93.8%; what falls short of the whole never reads as 100."""
    share = ratio(HUNDRED * part / HUNDRED, whole)
    return f"{written(share, 1, most=HUNDRED)}%" if share is not None else written(None)
