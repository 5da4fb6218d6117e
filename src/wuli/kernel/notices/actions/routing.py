"""Working out where outside each notice goes: to the groups that hear of its unit, and to the person's own channels."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from wuli.base.clock import business_date

from ..models import Channel, Delivery, Notice
from ..models.delivery import Status
from ..rules import gathering, kinds
from ..rules.kinds import NoticeKind
from ..rules.outcomes import Outcome

AT_ONCE = 1000
DAY = timedelta(days=1)


def route(*, at: datetime) -> int:
    """Leave a delivery for everything that goes out; returns how many notices were looked at."""
    looked_at = 0
    while some := _route_some(at):
        looked_at += some
    return looked_at


@transaction.atomic
def _route_some(at: datetime) -> int:
    """Two at once each take others' notices, never the same."""
    waiting = Notice.objects.unrouted().select_related("person__unit", "unit").order_by("made_at", "pk")
    notices = list(waiting.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    if notices:
        ways = _ways_for(notices, at)
        for notice in notices:
            _send_off(notice, ways, at)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(routed_at=at)
    return len(notices)


@dataclass
class Ways:
    """The channels there are, whose wishes close them, and what already went out today to each person and kind."""

    groups: list[Channel] = field(default_factory=list)
    own: dict[int, list[Channel]] = field(default_factory=lambda: defaultdict(list))
    sent: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))


def _ways_for(notices: list[Notice], at: datetime) -> Ways:
    ways = Ways()
    people = {notice.person_id for notice in notices}
    channels = Channel.objects.active().select_related("unit", "person__unit", "person__notice_wishes").order_by("pk")
    for channel in channels:
        if channel.person_id is None:
            ways.groups.append(channel)
        elif channel.person_id in people:
            ways.own[channel.person_id].append(channel)
    for person_id, kind, notice_id in _sent_today(ways.own, at):
        ways.sent[person_id, kind].add(notice_id)
    return ways


def _sent_today(own: dict[int, list[Channel]], at: datetime) -> Iterable[tuple[int, str, int]]:
    """Who was told of what kind by which notice, since their own midnight."""
    zones = {person_id: channels[0].person.unit.zone for person_id, channels in own.items() if channels[0].person}
    recent = Delivery.objects.filter(channel__person__in=list(own), made_at__gt=at - DAY).exclude(status=Status.SPARED)
    rows = recent.values_list("channel__person", "kind", "notices", "made_at")
    for person_id, kind, notice_id, made_at in rows:
        zone = zones[person_id]
        if notice_id and business_date(made_at, zone) == business_date(at, zone):
            yield person_id, kind, notice_id


def _send_off(notice: Notice, ways: Ways, at: datetime) -> None:
    try:
        kind = kinds.kind_of(notice.kind)
    except kinds.UnknownKind:
        return  # its app was taken out: the page still shows it
    for channel in ways.groups:
        if _is_for_group(notice, kind, channel):
            _gather(notice, channel, at)
    _tell_in_person(notice, kind, ways, at)


def _is_for_group(notice: Notice, kind: NoticeKind, channel: Channel) -> bool:
    if not (kind.to_groups and notice.unit and channel.unit):
        return False
    return channel.carries(notice.kind) and notice.unit.is_under(channel.unit)


def _gather(notice: Notice, channel: Channel, at: datetime) -> None:
    """Put `notice` to the others of its turn and minute, while their message has not gone out."""
    fresh = {"kind": notice.kind, "made_at": at, "next_at": gathering.end_of_minute(notice.made_at)}
    delivery, _made = Delivery.objects.select_for_update().get_or_create(
        channel=channel, batch=gathering.batch_of(notice), status=Status.WAITING, defaults=fresh
    )
    delivery.notices.add(notice)


def _tell_in_person(notice: Notice, kind: NoticeKind, ways: Ways, at: datetime) -> None:
    """To the person's own channels; what is over the day's number, or was read by now, stays on the page."""
    if notice.read_at or not notice.person.is_on_roll(business_date(at)):
        return
    open_to = [channel for channel in ways.own.get(notice.person_id, ()) if _is_open(channel, kind)]
    told = ways.sent[notice.person_id, notice.kind]
    over = len(told) >= kind.a_day
    for channel in open_to:
        _leave(notice, channel, at, over=over)
    if open_to and not over:
        told.add(notice.pk)


def _is_open(channel: Channel, kind: NoticeKind) -> bool:
    wishes = getattr(channel.person, "notice_wishes", None)
    muted = not kind.urgent and wishes is not None and kind.code in wishes.muted
    return channel.carries(kind.code) and not muted


def _leave(notice: Notice, channel: Channel, at: datetime, *, over: bool) -> None:
    state = {"status": Status.SPARED, "outcome": Outcome.CAP} if over else {"next_at": at}
    delivery = Delivery.objects.create(
        channel=channel, kind=notice.kind, batch=f"notice {notice.pk}", made_at=at, **state
    )
    delivery.notices.add(notice)
