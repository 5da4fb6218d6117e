"""Small pieces of markup that many pages repeat, each made once."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=512)
def icon_html(name: str, size: str = "") -> SafeString:
    """A picture from the sprite, silent for screen readers: the word stands beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', f"i {size}".strip(), sprite(), name
    )


def sprite() -> str:
    return static("icons.svg")


class Counted(int):
    """A number that is written with its thousands wherever it is put into a sentence."""

    def __str__(self) -> str:
        return f"{int(self):,}"


def with_thousands(number: Any) -> str:
    """1234567 → 1,234,567. Nothing known is a dash, never a zero."""
    if number is None or number == "":
        return "—"
    return f"{number:,}" if isinstance(number, int | float) else str(number)
