from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from .models import FIRST, Chain, Event
from .rules import chain as links

READ_AT_ONCE = 2000
"""Events held in memory while the chain is checked."""


class Fault(StrEnum):
    """What is wrong at the place where the chain breaks."""

    MISSING = "missing"
    CHANGED = "changed"
    ADDED = "added"
    ENDS = "ends"
    """The chain hangs together, but does not begin or end where this site signed that it does."""


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found. `broken` is the first position that does not hold, if any does not."""

    sealed: int
    """The last position up to which everything holds."""
    unsealed: int
    head: str
    broken: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return self.broken is None


def head() -> tuple[int, str]:
    """Place and digest of the newest sealed event; 0 and what stands before the first one when none is."""
    newest = Event.objects.sealed().last()
    return newest.place if newest else (0, FIRST)


def has_link(digest: str) -> bool:
    """Whether the chain still holds the link that was its head when `digest` was noted."""
    return digest == Chain.objects.current().start_digest or Event.objects.sealed().filter(digest=digest).exists()


def unsealed() -> int:
    return Event.objects.filter(position__isnull=True).count()


def verify_chain(tell: Callable[[int], None] = lambda position: None) -> Verdict:
    """Recompute every link. A changed, removed, added or exchanged event breaks the chain at its place.

    The newest events cannot be cut off, nor the whole be written anew, without the site's key: the ends are
    signed. Events trimmed meanwhile are no fault: then it begins again where the chain now starts.
    """
    chain = Chain.objects.current()
    verdict = _verdict(chain, tell)
    if not verdict.holds and Chain.objects.current().start_position != chain.start_position:
        return verify_chain(tell)
    return verdict


def _verdict(chain: Chain, tell: Callable[[int], None]) -> Verdict:
    position, digest = chain.start_position, chain.start_digest
    if not links.is_signed(chain):
        return _broken(position, digest, Fault.ENDS)
    for event in _sealed_until(chain.head_position):
        found, link = event.place
        if found != position + 1:
            return _broken(position, digest, Fault.MISSING if found > position else Fault.ADDED)
        if link != links.digest_of(event, digest):
            return _broken(position, digest, Fault.CHANGED)
        position, digest = event.place
        tell(position)
    if position < chain.head_position:
        return _broken(position, digest, Fault.MISSING)
    if digest != chain.head_digest:
        return Verdict(position - 1, unsealed(), digest, position, Fault.ENDS)
    if _after_the_head().exists():
        return _broken(position, digest, Fault.ADDED)
    return Verdict(position, unsealed(), digest)


def _sealed_until(last: int) -> Iterator[Event]:
    """Sealed events in the order of the chain, some at a time: the same on both databases, in little memory."""
    position = -1
    while batch := list(Event.objects.sealed().filter(position__gt=position, position__lte=last)[:READ_AT_ONCE]):
        yield from batch
        position, _digest = batch[-1].place


def _after_the_head() -> QuerySet[Event]:
    """One statement, lest an event sealed between two be taken for one that was added."""
    ends = Subquery(Chain.objects.values("head_position")[:1])
    return Event.objects.filter(position__gt=Coalesce(ends, 0))


def _broken(held: int, digest: str, reason: Fault) -> Verdict:
    return Verdict(held, unsealed(), digest, held + 1, reason)
