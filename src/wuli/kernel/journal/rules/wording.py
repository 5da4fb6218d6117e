"""Values in the form in which they are kept: such that every database gives back exactly what was written."""

from typing import Any


def plain(value: Any) -> Any:
    """`value` made of texts, whole numbers, yes and no, None, lists and mappings; anything else as its text.

    Fractions, dates and objects become text: PostgreSQL writes numbers its own way, SQLite another.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        return {text(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return text(value)


def text(value: Any, limit: int | None = None) -> str:
    """`value` as text that every database keeps: without NUL and halves of signs, cut at `limit`."""
    kept = str(value).replace("\0", "").encode("utf-8", "ignore").decode()
    return kept[:limit]
