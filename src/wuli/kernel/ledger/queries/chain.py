from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from wuli.kernel.journal.models import Chain, Event
from wuli.kernel.journal.rules.chain import digest_of

from ..rules.soundness import Judgement, judgement


def judged(at: datetime) -> Judgement:
    """The state of the chain in a sentence, from what the last sealing and the last check left behind."""
    waiting = Event.objects.filter(position=None).aggregate(count=Count("pk"), oldest=Min("at"))
    return judgement(Chain.objects.current(), waiting=waiting["count"], oldest_waiting=waiting["oldest"], at=at)


@dataclass(frozen=True)
class Link:
    """Whether a sealed event fits the one before it."""

    holds: bool


def link_of(event: Event) -> Link | None:
    """The event's own link, recomputed; None while it waits to be sealed."""
    if event.position is None:
        return None
    before = Event.objects.filter(position=event.position - 1).first()
    chain = Chain.objects.current()
    starts_here = event.position - 1 == chain.start_position
    digest = before.digest if before else chain.start_digest if starts_here else ""
    return Link(digest_of(event, digest) == event.digest)
