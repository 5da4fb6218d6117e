"""One message out of one notice, or out of many."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from ..models import Notice
from . import kinds

NAMED = 20
"""Units that a message to a group names before it only counts them."""


@dataclass(frozen=True)
class Message:
    title: str
    body: str


def batch_of(notice: Notice) -> str:
    """The same for notices that go to a group as one message: of one kind, turn and minute."""
    said = "\0".join((notice.kind, notice.turn, f"{notice.made_at:%Y-%m-%dT%H:%M}"))
    return hashlib.sha256(said.encode()).hexdigest()


def end_of_minute(at: datetime) -> datetime:
    """Until then a group's message gathers what belongs to it."""
    return datetime.fromtimestamp((at.timestamp() // 60 + 1) * 60, tz=at.tzinfo)


def message_of(code: str, notices: Sequence[Notice]) -> Message:
    """What is sent for `notices`, all of kind `code`. A message for many names their units, never people."""
    units = list(dict.fromkeys(notice.unit.name for notice in notices if notice.unit))
    body = notices[0].text if len(units) < 2 else _gathered(code, units)
    return Message(f"{settings.SITE_NAME} · {kinds.label_of(code)}", "\n".join(filter(None, (body, _link(notices)))))


def _gathered(code: str, units: list[str]) -> str:
    names = _("、").join(units[:NAMED])
    if len(units) > NAMED:
        names = _("%(names)s 等") % {"names": names}
    return str(kinds.gathered(code)) % {"n": len(units), "names": names, "label": kinds.label_of(code)}


def _link(notices: Sequence[Notice]) -> str:
    """The page that all of them lead to, if it is one and the site knows its own address."""
    urls = {notice.url for notice in notices}
    return settings.SITE_URL + urls.pop() if settings.SITE_URL and len(urls) == 1 and "" not in urls else ""
