"""What must be true of the place where Wuli runs; `wuli check` and `wuli migrate` ask for it."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

SIGNS = ["-", "0", "Z", "a", "~", "一"]
"""In the order in which paths, codes and pages of lists are compared: that of their code points."""


@register(Tags.database)
def texts_sort_by_code_point(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Subtrees are ranges of text (`path >= p and path < p + "~"`), which a language's own order would tear apart."""
    return [
        Error(
            "The database sorts texts by the rules of a language, not by code point: subtrees would lose units.",
            hint="Create it anew: createdb --template=template0 --encoding=UTF8 --locale=C NAME, then migrate.",
            id="wuli.E001",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql" and not _sorts_by_code_point(alias)
    ]


def _sorts_by_code_point(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("select array_agg(sign order by sign) from unnest(%s::text[]) as sign", [SIGNS[::-1]])
        (found,) = cursor.fetchone()
    return bool(found == SIGNS)
