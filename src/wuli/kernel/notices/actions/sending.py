"""Sending what waits: claimed first, so that two ticks send once; outside any transaction; in parallel.

A process that dies between sending and noting leaves its claim to run out, and the message goes out a second time:
no chat robot or mail server offers a way to ask whether it had arrived, and a notice twice is better than never.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from wuli.base.crypto import Unreadable

from ..models import Channel, Delivery, Notice
from ..models.delivery import Status
from ..models.wishes import QUIET_FROM, QUIET_UNTIL
from ..rules import gathering, kinds, quiet, retry
from ..rules.gathering import Message
from ..rules.outcomes import Outcome
from .outside import post
from .parallel import do_all

CLAIMED = 500
A_CHANNEL = 15
"""Messages to one channel in one tick: the robots of WeCom and DingTalk shut up a group after twenty a minute."""
BUSY_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Parcel:
    """One message on its way. `attempt` tells this try from the next, should this one never report."""

    delivery: int
    attempt: int
    channel: int
    address: str
    message: Message


def send_due(*, at: datetime) -> int:
    """Send everything due; returns how many messages were taken outside."""
    parcels = claim(at=at)
    by_channel = defaultdict(list)
    for parcel in parcels:
        by_channel[parcel.channel].append(parcel)
    taken = 0
    for parcel, outcome in do_all(list(by_channel.values()), lambda one: post(one.address, one.message)):
        settle(parcel=parcel, outcome=Outcome.TIMEOUT if outcome is None else outcome, at=at)
        taken += outcome == Outcome.SENT
    return taken


@transaction.atomic
def claim(*, at: datetime) -> list[Parcel]:
    """Take what is due, so that nobody else does; put off what would disturb, and let be what needs no sending."""
    places = ("channel__unit", "channel__person__unit", "channel__person__notice_wishes")
    due = Delivery.objects.due(at).select_related(*places).prefetch_related("notices__unit").order_by("next_at", "pk")
    deliveries = list(due.select_for_update(of=("self",), skip_locked=True)[:CLAIMED])
    taken: dict[int, int] = defaultdict(int)
    parcels = []
    for delivery in deliveries:
        if taken[delivery.channel_id] == A_CHANNEL:
            delivery.next_at = at + BUSY_AGAIN  # out of the way of other channels' messages
        elif parcel := _take(delivery, at):
            taken[delivery.channel_id] += 1
            parcels.append(parcel)
    Delivery.objects.bulk_update(deliveries, ["status", "attempts", "next_at", "outcome"])
    return parcels


def settle(*, parcel: Parcel, outcome: str, at: datetime) -> None:
    """Note how a try went, unless somebody has taken the message over meanwhile."""
    fields: dict[str, object] = {"outcome": outcome}
    if outcome == Outcome.SENT:
        fields |= {"status": Status.SENT, "sent_at": at, "next_at": None}
    elif outcome == Outcome.BUSY:
        fields |= {"status": Status.FAILED, "attempts": parcel.attempt - 1, "next_at": at + BUSY_AGAIN}
    elif again := retry.next_try(parcel.attempt, at):
        fields |= {"status": Status.FAILED, "next_at": again}
    else:
        fields |= {"status": Status.GIVEN_UP, "next_at": None}
    mine = Delivery.objects.filter(pk=parcel.delivery, status=Status.SENDING, attempts=parcel.attempt)
    mine.update(**fields)


def _take(delivery: Delivery, at: datetime) -> Parcel | None:
    notices = sorted(delivery.notices.all(), key=lambda notice: notice.pk)
    awake = _may_go(delivery, at)
    if reason := _why_spare(delivery.channel, notices):
        delivery.status, delivery.outcome, delivery.next_at = Status.SPARED, reason, None
    elif awake > at:
        delivery.next_at = awake
    elif delivery.attempts > len(retry.PAUSES):
        delivery.status, delivery.outcome, delivery.next_at = Status.GIVEN_UP, Outcome.TIMEOUT, None
    else:
        return _parcel(delivery, notices, at)
    return None


def _parcel(delivery: Delivery, notices: list[Notice], at: datetime) -> Parcel | None:
    delivery.attempts += 1
    try:
        address = delivery.channel.open_address()
    except Unreadable:
        delivery.status, delivery.outcome, delivery.next_at = Status.GIVEN_UP, Outcome.UNREADABLE, None
        return None
    delivery.status, delivery.next_at = Status.SENDING, at + retry.LEASE
    message = gathering.message_of(delivery.kind, notices)
    return Parcel(delivery.pk, delivery.attempts, delivery.channel_id, address, message)


def _why_spare(channel: Channel, notices: Iterable[Notice]) -> Outcome | None:
    """Why the message needs not go out: nothing is left of it, or its one reader has seen it on the page."""
    left = list(notices)
    if not left:
        return Outcome.GONE
    return Outcome.READ if not channel.is_group and all(notice.read_at for notice in left) else None


def _may_go(delivery: Delivery, at: datetime) -> datetime:
    """The moment from which the message may be sent where it is read."""
    if kinds.is_urgent(delivery.kind):
        return at
    channel = delivery.channel
    wishes = getattr(channel.person, "notice_wishes", None)
    since, until = (wishes.quiet_from, wishes.quiet_until) if wishes else (QUIET_FROM, QUIET_UNTIL)
    assert channel.place is not None  # it is a unit's or a person's
    return quiet.awake_at(at, channel.place.zone, since, until)
