"""Kinds of calls whose answers have pages of their own. An app registers its kind; others are answered in the form."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

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


def why_not_through(slot: Slot, kind: str) -> str | None:
    """Why a slot is not answered or returned by what came in for `kind`: what is no form is answered at its own place,
    where more is asked than a bare answer."""
    asked = slot.round.call.kind
    return None if asked == kind or kind_of(asked) is None else _("这份不是报表，请在它自己的页面或接口办理")


def codes() -> tuple[str, ...]:
    """The kinds with pages of their own."""
    return tuple(_kinds)
