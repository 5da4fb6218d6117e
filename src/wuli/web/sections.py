"""Parts that other apps add to a page: each registers what it knows about the page's subject."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Section:
    """One part of a page: a template, drawn with `part` as its context."""

    template: str
    part: Mapping[str, Any] = field(default_factory=dict)


type Provider = Callable[[HttpRequest, Any, date], Section | None]
_providers: dict[str, dict[str, tuple[int, Provider]]] = {}


def register(page: str, name: str, provider: Provider, order: int = 50) -> None:
    """Add to `page` what `provider(request, subject, day)` says of its subject on that day; None leaves it out.

    The page has made sure that the asker may see the subject; what else a part tells is the provider's own care.
    """
    _providers.setdefault(page, {})[name] = (order, provider)


def forget(page: str, name: str) -> None:
    _providers.get(page, {}).pop(name, None)


def sections_of(page: str, request: HttpRequest, subject: Any, day: date) -> list[Section]:
    """What was added to `page`, in order."""
    known = sorted(_providers.get(page, {}).items(), key=lambda one: (one[1][0], one[0]))
    found = [provider(request, subject, day) for _name, (_order, provider) in known]
    return [section for section in found if section is not None]
