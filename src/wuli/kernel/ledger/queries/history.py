"""What became of an item, in one list by time: what was said, done and handed over."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wuli.kernel.journal.models import Event

from ..models import Evidence, FollowUp, Handover, Item
from ..rules import telling

TOLD_OTHERWISE = ("item.followed_up", "item.close_asked", "item.handed_over", "item.inherited")
"""Events whose rows tell the same and more."""


@dataclass(frozen=True)
class Moment:
    """One line of the history. `mark` says which sort it is, for its icon."""

    at: datetime
    mark: str
    who: str
    sentence: str | SafeString
    text: str = ""
    evidence: tuple[Evidence, ...] = field(default=())


def history_of(item: Item) -> list[Moment]:
    """The newest first."""
    moments = [*_follow_ups(item), *_handovers(item), *_events(item)]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _follow_ups(item: Item) -> Iterator[Moment]:
    for one in item.follow_ups.select_related("by").prefetch_related("evidence").order_by("-at", "-pk"):
        yield Moment(
            one.at, "asked" if one.asks_to_close else "follow_up", one.by.name, _said(one), one.text,
            tuple(sorted(one.evidence.all(), key=lambda file: file.pk)),
        )  # fmt: skip


def _said(one: FollowUp) -> str:
    if one.asks_to_close:
        return pgettext("event", "申请销号")
    return _("跟进 %(day)s") % {"day": one.for_date}


def _handovers(item: Item) -> Iterator[Moment]:
    for one in item.handovers.select_related("from_person", "to_person", "by").order_by("-at", "-pk"):
        names = {"from": one.from_person.name, "to": one.to_person.name}
        sentence = _("由%(from)s移交%(to)s") % names
        yield Moment(one.at, "handover", _by(one), sentence, one.reason)


def _by(one: Handover) -> str:
    return one.by.name if one.by else _("系统")


def _events(item: Item) -> Iterator[Moment]:
    for event in Event.objects.about(item).exclude(verb__in=TOLD_OTHERWISE).newest_first():
        changes = _("；").join(str(change) for change in telling.changes(event))
        text = _("；").join(word for word in (event.reason, changes) if word)
        yield Moment(event.at, "event", telling.who(event), telling.sentence(event, item.unit.name), text)
