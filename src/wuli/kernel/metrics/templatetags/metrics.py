"""A number on any page: it opens into its rows, says its unit, and whether its rows have changed since it was read."""

from datetime import date

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wuli.base.clock import today
from wuli.kernel.orgs.models import Unit, User

from ..queries import reach, showing
from ..queries.showing import Shown
from ..rules.metrics import Metric, metric_of
from ..rules.numbers import DASH, Number

register = template.Library()


@register.simple_tag(takes_context=True)
def figure(context: Context, code: str, unit: Unit, on: date | None = None) -> SafeString:
    """{% figure "orgs.people" unit %}: the number of a unit, today or on a day; a dash for whoever may not see it.

    It counts for itself. Tables make their numbers all at once and show each with `number`.
    """
    metric, user = metric_of(code), getattr(context.get("request"), "user", None)
    if not isinstance(user, User) or not reach.may_at(user, metric.perm, unit):
        return SafeString(DASH)
    return number(showing.shown(metric, unit, on or today()))


@register.simple_tag
def number(shown: Shown) -> SafeString:
    """A number that is there already: {% number child %}."""
    value = format_html("{}<small>{}</small>", shown.words, shown.metric.unit) if shown.value is not None else DASH
    return _linked(shown, value) + _mark(shown)


@register.simple_tag
def words(metric: Metric, value: Number) -> str:
    """The bare number as this metric writes it."""
    return metric.words(value)


def _linked(shown: Shown, value: str) -> SafeString:
    if not shown.url:
        return format_html('<span class="figure num">{}</span>', value)
    return format_html('<a class="figure num" href="{}">{}</a>', shown.url, value)


def _mark(shown: Shown) -> SafeString:
    if not shown.restated:
        return SafeString("")
    told = _("读数后明细有变动，现在计数为 %(now)s") % {"now": shown.counted_words}
    return format_html(' <span class="tag late" title="{}">{}</span>', told, _("有变动"))
