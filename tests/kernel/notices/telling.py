"""Telling people something, the short way."""

from datetime import UTC, datetime, timedelta

from wuli.kernel.notices import actions as notices
from wuli.kernel.notices.actions import routing, sending
from wuli.kernel.notices.models import Delivery
from wuli.kernel.notices.rules.kinds import NoticeKind

BEIJING_NOON = datetime(2020, 2, 3, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

MISSING, OVERDUE, ALARM, QUIETLY = "call.missing", "item.overdue", "field.alarm", "item.made"
KINDS = (
    NoticeKind(MISSING, "日报未报", to_groups=True, gathered="%(n)s 个单位未报：%(names)s"),
    NoticeKind(OVERDUE, "事项逾期", a_day=2),
    NoticeKind(ALARM, "野外失联", to_groups=True, urgent=True, a_day=50),
    NoticeKind(QUIETLY, "新的事项"),
)


def tell(world, *names, kind=OVERDUE, text="请办理", url="/people/", key="item:3", unit=None, at=BEIJING_NOON, by=None):
    to = [world.person(name) for name in names]
    place = world.unit(unit) if unit else None
    return notices.notify(to=to, kind=kind, text=text, url=url, key=key, unit=place, at=at, by=by and world.user(by))


def send(at=BEIJING_NOON):
    """What the tick does about notices; returns how many messages got out."""
    routing.route(at=at)
    return sending.send_due(at=at)


def states():
    return list(Delivery.objects.order_by("pk").values_list("status", "attempts", "outcome"))
