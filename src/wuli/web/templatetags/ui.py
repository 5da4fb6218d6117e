"""What templates use of this package: icons, figures, and the pieces of the frame.

Pieces that change with the language or the person only are made once and kept: the frame costs every page.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wuli.base.clock import now

from .. import navigation, switches
from ..marks import Counted, icon_html, with_thousands

register = template.Library()
register.simple_tag(icon_html, name="icon")
register.filter("count", with_thousands)


@register.filter
def counted(number: int) -> Counted:
    """For the number a plural goes by: {% blocktranslate count n=total|counted %}."""
    return Counted(number)


@register.filter
def percent(part: Any, whole: Any) -> str:
    """96.9%; a dash where there is nothing to divide by."""
    return f"{100 * part / whole:.1f}%" if part is not None and whole else "—"


@register.simple_tag
def share(part: float, whole: float, mark: str) -> SafeString:
    """One stretch of a bar, as wide as `part` of `whole`: {% share 17 548 "miss" %}."""
    width = 100 * part / whole if whole else 0
    return format_html('<i class="{}" style="width:{}%"></i>', mark, f"{width:.2f}")


# The frame


@register.simple_tag(takes_context=True)
def rail(context: Context) -> SafeString:
    """The asker's entries; a page may say which one it belongs to with `active` in its context."""
    return navigation.rail_html(context["request"], context.get("active"))


@register.simple_tag(takes_context=True)
def tabs(context: Context) -> SafeString:
    return navigation.tabs_html(context["request"], context.get("active"))


@register.simple_tag
def clock(as_of: datetime | None = None) -> str:
    """The time of the page's figures, or the time now."""
    words = date_format(timezone.localtime(as_of or now()), _("n 月 j 日 H:i"))
    return _("数据截至 %(time)s") % {"time": words} if as_of else words


@register.simple_tag
def kept(template_name: str) -> SafeString:
    """A template of words and addresses only, rendered once for each language."""
    return _kept(template_name, get_language())


@register.simple_tag
def language_switch() -> SafeString:
    """简 繁 EN as buttons of the form `prefs`, which stands at the end of every page."""
    return switches.language_switch()


@register.simple_tag(takes_context=True)
def theme_switch(context: Context) -> SafeString:
    return switches.theme_switch(str(context.get("theme", "auto")))


@register.simple_tag(takes_context=True)
def me_menu(context: Context) -> SafeString:
    """The menu behind the asker's name, from `me` in the context."""
    me = context["me"]
    shown = tuple(str(me.get(part, "")) for part in ("name", "detail", "initial", "url"))
    return _me_menu(shown, str(context.get("theme", "auto")), get_language())


@lru_cache
def _kept(template_name: str, language: str | None) -> SafeString:
    return render_to_string(template_name, {"site_name": settings.SITE_NAME})


@lru_cache(maxsize=1000)
def _me_menu(shown: tuple[str, ...], theme: str, language: str | None) -> SafeString:
    me = dict(zip(("name", "detail", "initial", "url"), shown, strict=True))
    return render_to_string("components/me.html", {"me": me, "theme": theme})
