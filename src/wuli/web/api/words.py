from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


def words(text: str) -> str:
    """What the document says in the language of its reader."""
    return as_text(gettext_lazy(text))


def as_text(text: Promise) -> str:
    """Lazy words, though the library's types speak of `str` only."""
    return cast(str, text)
