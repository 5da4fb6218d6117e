"""Kinds of calls whose answers have pages of their own. An app registers its kind; others are answered in the form."""

from collections.abc import Callable
from dataclasses import dataclass

from ..models import Slot


@dataclass(frozen=True)
class CallKind:
    """`page` is where a unit answers, `owing` the sentence that reminds it. Its app tells "my day" what waits."""

    code: str
    page: Callable[[Slot], str]
    owing: Callable[[Slot], str]


_kinds: dict[str, CallKind] = {}


def register(kind: CallKind) -> None:
    _kinds[kind.code] = kind


def kind_of(code: str) -> CallKind | None:
    return _kinds.get(code)


def codes() -> tuple[str, ...]:
    """The kinds with pages of their own."""
    return tuple(_kinds)
