"""Kinds of items. An app registers its own; each says who sees them, and what happens when nobody moves."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.rules.duties import Perm

from ..models import Cadence

type Words = str | Promise


@dataclass(frozen=True)
class EscalationPlan:
    """How an item climbs while nobody moves: to the first head of the line at once, then one further every some days.

    `every`: days from one stage to the next. `confirm_within`: days in which a request to close should be answered;
    after that it climbs too, since a request that nobody reads is a matter that nobody finishes.
    """

    every: int = 2
    confirm_within: int = 3


@dataclass(frozen=True)
class ItemKind:
    """`page` gives the address of the noun beside an item, by its key. `by_hand`: people may open it in the form."""

    code: str
    label: Words
    plan: EscalationPlan = EscalationPlan()
    cadence: Cadence = Cadence.NONE
    sees: Perm = Perm.ITEM_VIEW
    opens: Perm = Perm.ITEM_OPEN
    closes: Perm = Perm.ITEM_CLOSE
    page: Callable[[int], str] | None = None
    by_hand: bool = False
    opener_withdraws: bool = False
    """Whether whoever opened one may withdraw it without a duty there: a slip of the pen can be put right."""

    def asks(self, perm: Perm) -> Perm:
        """The permission that this kind asks for where others ask for `perm`."""
        return {Perm.ITEM_VIEW: self.sees, Perm.ITEM_OPEN: self.opens, Perm.ITEM_CLOSE: self.closes}[perm]


TASK = ItemKind("task", _("一般事项"), by_hand=True)
"""What fits no other kind: somebody asks somebody to finish something."""

_kinds: dict[str, ItemKind] = {}


def register(kind: ItemKind) -> None:
    _kinds[kind.code] = kind


def forget(code: str) -> None:
    _kinds.pop(code, None)


def kinds() -> list[ItemKind]:
    return list(_kinds.values())


def kind_of(code: str) -> ItemKind:
    """The kind; for items of an app that is no longer installed, one that behaves as any other."""
    return _kinds.get(code) or ItemKind(code, code)


def is_known(code: str) -> bool:
    return code in _kinds
