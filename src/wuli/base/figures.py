"""Figures that take long to count, kept for a few seconds in the memory of each process."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.cache import caches


def kept[T](key: str, count: Callable[[], T]) -> T:
    """What `count` gives, at most FIGURES_KEPT seconds old. `key` names the figure with all that it depends on."""
    return cast(T, caches["process"].get_or_set(key, count, settings.FIGURES_KEPT))
