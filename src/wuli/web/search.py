"""One box for everything: apps register what can be found."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

LONGEST = 80


@dataclass(frozen=True)
class Hit:
    title: str
    detail: str
    url: str
    icon: str


@dataclass(frozen=True)
class Found:
    """All hits of one kind."""

    label: str | Promise
    hits: list[Hit]


type Provider = Callable[[HttpRequest, str, int], list[Hit]]
_providers: dict[str, tuple[str | Promise, Provider]] = {}


def register(key: str, label: str | Promise, provider: Provider) -> None:
    """`provider(request, text, limit)` finds only what the asker may open."""
    _providers[key] = (label, provider)


def find(request: HttpRequest, text: str, limit: int) -> list[Found]:
    """The first few of everything that matches, by kind; kinds without any are left out."""
    text = text.replace("\x00", "").strip()[:LONGEST]
    if not text:
        return []
    every = (Found(label, provider(request, text, limit)) for label, provider in _providers.values())
    return [found for found in every if found.hits]
