from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched, takewhile
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from wuli.base import rows

from . import origin, queries
from .models import Chain, Event
from .rules import chain as links
from .rules import retention
from .rules.wording import plain, text

WRITE_AT_ONCE = 2000
SEAL_AT_ONCE = 5000
"""Events sealed per transaction, so that a long backlog never holds the database."""
TRIM_AT_ONCE = 20_000


@dataclass(frozen=True)
class Entry:
    """One thing that happened, before it is written down."""

    verb: str
    subject: models.Model | None = None
    unit: models.Model | None = None
    changes: dict[str, Any] | None = None
    reason: str = ""


def record(
    verb: str,
    *,
    at: datetime,
    by: models.Model | None = None,
    subject: models.Model | None = None,
    unit: models.Model | None = None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Write down that `by` (None: the system itself) did `verb`. `changes` maps a field to [before, after].

    Call it inside the transaction of the change, so that both are kept or neither.
    """
    event = Event(**_said(Entry(verb, subject, unit, changes, reason), by=by, at=at))
    event.save()
    return event


def record_all(entries: Iterable[Entry], *, at: datetime, by: models.Model | None = None) -> int:
    """Write down many events at once, some at a time in memory; returns how many."""
    return write((entry, by, at) for entry in entries)


@transaction.atomic(savepoint=False)
def write(happened: Iterable[tuple[Entry, models.Model | None, datetime]]) -> int:
    """Write down what different people did at different times; returns how many events."""
    said = (_said(entry, by=by, at=at) | {"digest": ""} for entry, by, at in happened)
    return sum(len(rows.insert(Event, some)) for some in batched(said, WRITE_AT_ONCE, strict=False))


def seal(*, at: datetime) -> int:
    """Give every unsealed event its place in the chain, in the order they were written; returns how many.

    An event whose transaction ended late gets its place with the next sealing. Two at once wait for one another.
    Raises EndsMoved rather than go on from an end that this site did not sign.
    """
    sealed = 0
    while batch := _seal_some(at):
        sealed += batch
    return sealed


@transaction.atomic
def trim(*, at: datetime) -> int:
    """Remove the oldest events, past their retention, from the front of the chain; returns how many.

    Only sealed events go, and only until the first that must stay; the chain then starts, signed, where they ended.
    Nothing goes from a chain that was found broken: what is left of it is evidence.
    """
    kept_from = retention.kept_from(at, settings.LOG_DAYS)
    chain = _locked()
    if chain.broken_position is not None:
        return 0
    oldest = Event.objects.sealed().filter(position__gt=chain.start_position)[:TRIM_AT_ONCE]
    gone = list(takewhile(lambda event: event.at < kept_from, oldest.only("at", "position", "digest").iterator(500)))
    if not gone:
        return 0
    chain.start_position, chain.start_digest = gone[-1].place
    chain.trimmed_at = at
    _sign(chain)
    with connection.cursor() as cursor:
        cursor.execute(_TRIM, [chain.start_position])
    changes = {"events": [len(gone), 0], "start": [None, chain.start_position], "digest": [None, chain.start_digest]}
    record("events.trimmed", changes=changes, at=at)
    return len(gone)


def check(*, at: datetime, by: models.Model | None = None) -> queries.Verdict:
    """Recompute the whole chain, keep what was found for the auditor to see, and record that it was done."""
    verdict = queries.verify_chain()
    _note(verdict, at=at, by=by)
    return verdict


@transaction.atomic
def claim_check(*, at: datetime, every: timedelta) -> bool:
    """Whether a check should be started now: none was asked for within `every`. Whoever gets True starts it."""
    chain = Chain.objects.locked()
    if not chain.length or (chain.check_asked_at and at - chain.check_asked_at < every):
        return False
    chain.check_asked_at = at
    chain.save()
    return True


_SEAL = """
    update journal_event set position = place.column1, digest = place.column2
    from (values {rows}) as place where journal_event.id = place.column3 and journal_event.position is null
"""
_TRIM = "delete from journal_event where position <= %s"


@transaction.atomic
def _seal_some(at: datetime) -> int:
    chain = _locked()
    places: list[Any] = []
    for event in Event.objects.unsealed()[:SEAL_AT_ONCE]:
        chain.head_position += 1
        chain.head_digest = links.digest_of(event, chain.head_digest)
        places += chain.head_position, chain.head_digest, event.pk
    if not places:
        return 0
    sealed = len(places) // 3
    with connection.cursor() as cursor:
        cursor.execute(_SEAL.format(rows=", ".join(["(%s, %s, %s)"] * sealed)), places)
    chain.sealed_at = at
    _sign(chain)
    return sealed


def _locked() -> Chain:
    """The chain, to be lengthened or shortened by nobody else meanwhile."""
    chain = Chain.objects.locked()
    if not links.is_signed(chain):
        raise links.EndsMoved("the ends of the chain of events were not signed by this site")
    return chain


def _sign(chain: Chain) -> None:
    chain.signature = links.signature_of(chain)
    chain.save()


@transaction.atomic
def _note(verdict: queries.Verdict, *, at: datetime, by: models.Model | None) -> None:
    chain = Chain.objects.locked()
    chain.checked_at, chain.checked_position = at, verdict.sealed
    chain.broken_position, chain.broken_reason = verdict.broken, verdict.reason
    chain.save()
    record("events.checked", changes={"sealed": verdict.sealed, "broken": verdict.broken}, at=at, by=by)


def _said(entry: Entry, *, by: models.Model | None, at: datetime) -> dict[str, Any]:
    """What an event tells, by the columns of its row."""
    subject = entry.subject
    return {
        "at": at,
        "verb": entry.verb,
        "actor_id": by.pk if by else None,
        "actor_name": text(by, 80) if by else "",
        "origin": text(origin.current(), 80),
        "subject_type": subject._meta.label_lower if subject else "",
        "subject_id": subject.pk if subject else None,
        "subject_name": text(subject, 120) if subject else "",
        "unit_id": entry.unit.pk if entry.unit else None,
        "changes": plain(entry.changes) if entry.changes else {},
        "reason": text(entry.reason, 400),
    }
