"""Who is told of a turn of a meeting. Notices are rows of the same transaction; the tick sends them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Person, User

from ..models import Meeting
from ..rules.notices import CALLED, CHANGED, CONFIRM, MINUTES


def tell_called(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    text = _("会议通知：%(what)s，%(when)s，%(place)s") % _words(meeting)
    _tell(everyone(meeting), CALLED, text, meeting, f"meeting:called:{meeting.pk}", by=by, at=at)


def tell_ready(meeting: Meeting, *, at: datetime) -> None:
    """Shortly before: where to go, and that the material is there."""
    text = _("%(what)s %(when)s 开会，%(place)s，会议材料已备好") % _words(meeting)
    _tell(everyone(meeting), CALLED, text, meeting, f"meeting:ready:{meeting.pk}.{meeting.sequence}", by=None, at=at)


def tell_moved(meeting: Meeting, *, by: User, at: datetime) -> None:
    text = _("会议有调整：%(what)s改为 %(when)s，%(place)s") % _words(meeting)
    _tell(everyone(meeting), CHANGED, text, meeting, f"meeting:moved:{meeting.pk}.{meeting.sequence}", by=by, at=at)


def tell_cancelled(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    words = _words(meeting) | {"why": meeting.cancelled_reason}
    text = _("会议取消：%(what)s，原定 %(when)s。原因：%(why)s") % words
    _tell(everyone(meeting), CHANGED, text, meeting, f"meeting:cancelled:{meeting.pk}", by=by, at=at)


def tell_guests(meeting: Meeting, guests: Iterable[Person], *, by: User, at: datetime) -> None:
    text = _("请您参加：%(what)s，%(when)s，%(place)s") % _words(meeting)
    _tell(guests, CALLED, text, meeting, f"meeting:called:{meeting.pk}", by=by, at=at)


def tell_appointed(meeting: Meeting, roles: Collection[str], *, by: User, at: datetime) -> None:
    """Tell who presides now, or keeps the minutes; a new chair also that minutes wait to be confirmed."""
    texts = {
        "chair": _("请您主持：%(what)s，%(when)s，%(place)s"),
        "secretary": _("请您记录：%(what)s，%(when)s，%(place)s"),
    }  # fmt: skip
    for role, text in texts.items():
        if role in roles:
            key = f"meeting:{role}:{meeting.pk}.{at.timestamp():.6f}"
            _tell([getattr(meeting, role)], CALLED, text % _words(meeting), meeting, key, by=by, at=at)
    if "chair" in roles and meeting.status == Meeting.Status.HANDED_IN:
        tell_chair(meeting, by=by, at=at)


def tell_chair(meeting: Meeting, *, by: User, at: datetime) -> None:
    text = _("请确认会议纪要：%(what)s（%(who)s提交）") % (_words(meeting) | {"who": meeting.handed_in_by})
    key = f"meeting:confirm:{meeting.pk}.{at.timestamp():.6f}"
    _tell([meeting.chair], CONFIRM, text, meeting, key, by=by, at=at)


def tell_returned(meeting: Meeting, to: Person, *, by: User, at: datetime) -> None:
    text = _("纪要退回，请修改：%(what)s。原因：%(why)s") % (_words(meeting) | {"why": meeting.returned_reason})
    _tell([to], CONFIRM, text, meeting, f"meeting:returned:{meeting.pk}.{at.timestamp():.6f}", by=by, at=at)


def tell_minutes(meeting: Meeting, *, by: User, at: datetime) -> None:
    """To all who were asked, whether they came or not, and to who came for them."""
    text = _("会议纪要已确认：%(what)s，请阅知") % _words(meeting)
    _tell(everyone(meeting), MINUTES, text, meeting, minutes_key(meeting), by=by, at=at)


def tell_addendum(meeting: Meeting, number: int, *, by: User, at: datetime) -> None:
    text = _("会议纪要有补充说明：%(what)s，请阅知") % _words(meeting)
    _tell(everyone(meeting), MINUTES, text, meeting, f"meeting:addendum:{meeting.pk}.{number}", by=by, at=at)


def minutes_key(meeting: Meeting) -> str:
    return f"meeting:minutes:{meeting.pk}"


def everyone(meeting: Meeting) -> list[Person]:
    asked = list(meeting.attendances.select_related("person", "substitute").order_by("pk"))
    came = [one.substitute for one in asked if one.substitute]
    return [*(one.person for one in asked), *came, meeting.chair, meeting.secretary]


def _words(meeting: Meeting) -> dict[str, object]:
    here = meeting.starts_at.astimezone(ZoneInfo(meeting.unit.zone))
    when = date_format(here, _("n 月 j 日 H:i"))
    return {
        "what": meeting.title,
        "when": when,
        "place": meeting.venue or (_("线上") if meeting.link else _("地点另告")),
    }


def _tell(
    to: Iterable[Person], kind: str, text: str, meeting: Meeting, key: str, *, by: User | None, at: datetime
) -> None:
    others = [person for person in to if by is None or person.pk != by.person_id]
    url = reverse("meetings:meeting", args=[meeting.pk])
    notices.notify(to=others, kind=kind, text=text, url=url, key=key, unit=meeting.unit, by=by, at=at)
