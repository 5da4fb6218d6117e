"""Language and theme: buttons of one small form, so that they work without JavaScript and are made once a language."""

from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

LANGUAGES = (("zh-hans", "zh-Hans", "简"), ("zh-hant", "zh-Hant", "繁"), ("en", "en", "EN"))
THEMES = ("light", "dark", "auto")
THEME_WORDS = {"light": lazy("浅色"), "dark": lazy("深色"), "auto": lazy("跟随系统")}
THEME_COOKIE = "theme"
ON = mark_safe(' class="on" aria-current="true"')


def html_lang(code: str | None = None) -> str:
    """The language of the page as HTML wants it; it decides the shapes of the characters."""
    code = code or get_language() or ""
    return next((tag for one, tag, _mark in LANGUAGES if one == code), "zh-Hans")


def theme_of(cookies: dict[str, str]) -> str:
    chosen = cookies.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def language_switch() -> SafeString:
    return _language_switch(get_language() or "")


def theme_switch(theme: str) -> SafeString:
    return _theme_switch(theme, get_language() or "")


@lru_cache
def _language_switch(language: str) -> SafeString:
    buttons = format_html_join(
        "", '<button form="prefs" formaction="{}" name="language" value="{}" lang="{}"{}>{}</button>',
        ((reverse("set_language"), code, tag, ON if code == language else "", mark) for code, tag, mark in LANGUAGES),
    )  # fmt: skip
    return format_html('<div class="lang" role="group" aria-label="{}">{}</div>', _("语言"), buttons)


@lru_cache
def _theme_switch(theme: str, language: str) -> SafeString:
    buttons = format_html_join(
        "", '<button form="prefs" formaction="{}" name="theme" value="{}"{}>{}</button>',
        ((reverse("theme"), code, ON if code == theme else "", words) for code, words in THEME_WORDS.items()),
    )  # fmt: skip
    return format_html('<div class="seg" role="group" aria-label="{}">{}</div>', _("外观"), buttons)
