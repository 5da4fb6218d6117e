from typing import cast

from django.utils.translation import gettext_lazy


def words(text: str) -> str:
    """What the document says in the language of its reader. Lazy, though the library's types speak of `str` only."""
    return cast(str, gettext_lazy(text))
