"""What the frame of every page needs and only this package knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .switches import html_lang, theme_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Cheap, since it runs for parts too: the rail is made by a tag in base.html, where a frame is drawn.

    Others may add `me` {name, detail, initial, url}, `scope` {label, detail, url}, `notices` {count, url};
    a page may set `active` (the key of an entry) and `as_of` (the time of its figures).
    """
    return {
        "site_name": settings.SITE_NAME,
        "theme": theme_of(request.COOKIES),
        "html_lang": html_lang(),
    }
