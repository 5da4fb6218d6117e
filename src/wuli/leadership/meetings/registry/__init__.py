"""What this app adds to the house: its chores, the rail entry, what waits for someone, metrics, appointments, words."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.base import ticking
from wuli.base.clock import now
from wuli.kernel.journal.rules import verbs
from wuli.kernel.ledger.rules import kinds
from wuli.kernel.metrics import registry as metrics
from wuli.kernel.notices.rules import kinds as notices
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import agenda, day, navigation, search
from wuli.web.calendars import Appointment
from wuli.web.day import Task, When
from wuli.web.search import Hit

from ..actions import packs, planning
from ..queries import meetings
from ..rules.decisions import ITEM_KIND
from ..rules.notices import KINDS
from ..rules.verbs import GROUPS
from .appointments import appointment_of
from .numbers import METRICS

FEW = 10


def register() -> None:
    kinds.register(ITEM_KIND)
    notices.register(*KINDS)
    for group in GROUPS:
        verbs.register(group)
    metrics.add(*METRICS)
    ticking.register("meetings.plan", lambda at: planning.make_due(at=at))
    ticking.register("meetings.packs", lambda at: packs.make_due(at=at))
    search.register("meetings", pgettext_lazy("plural", "会议"), _find)
    day.register("meetings.today", _today)
    day.register("meetings.confirm", _to_confirm)
    agenda.register("meetings", _appointments)
    navigation.register_group("command", lazy("指挥"), order=10)
    navigation.register(
        navigation.Entry(
            "meetings", lazy("例会"), "meetings:meetings", "calendar", "command", order=30, visible=_may_see,
            under=("meetings:",),
        )
    )  # fmt: skip


def _may_see(request: HttpRequest) -> bool:
    """Whoever is on the roll may be asked to one; who arranges them sees them anyway."""
    return actor(request).person_id is not None or may(actor(request), Perm.MEETING_ARRANGE)


def _find(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    return [
        Hit(one.title, f"{one.on} · {one.unit.name}", reverse("meetings:meeting", args=[one.pk]), "calendar")
        for one in meetings.search(actor(request), text, limit, now())
    ]


def _today(request: HttpRequest) -> Iterator[Task]:
    """Today's meetings; of those that are open and one keeps, the minutes to write."""
    person, at = actor(request).person, now()
    if person is None:
        return
    for meeting in meetings.today_of(person, at)[:FEW]:
        here = meeting.starts_at.astimezone(ZoneInfo(meeting.unit.zone))
        keeps = meeting.secretary_id == person.pk
        is_open = meeting.status == meeting.Status.OPENED
        yield Task(
            title=meeting.title, detail=_("，").join(one for one in (meeting.unit.name, meeting.venue) if one),
            url=reverse("meetings:meeting", args=[meeting.pk]), icon="calendar",
            verb=_("写纪要") if keeps and is_open else _("看材料"), due=meeting.starts_at,
            when=When.NOW if meeting.starts_at <= at else When.TODAY,
            due_words=_("会议中") if is_open else f"{here:%H:%M}",
        )  # fmt: skip


def _to_confirm(request: HttpRequest) -> Iterable[Task]:
    """Minutes that wait for me as the chair."""
    person = actor(request).person
    if person is None:
        return
    for meeting in meetings.to_confirm(person)[:FEW]:
        yield Task(
            title=_("请确认会议纪要：%(title)s") % {"title": meeting.title}, icon="checkbox", verb=_("去确认"),
            detail=_("%(day)s，%(who)s提交") % {"day": meeting.on, "who": meeting.handed_in_by},
            url=reverse("meetings:meeting", args=[meeting.pk]), when=When.NOW,
        )  # fmt: skip


def _appointments(user: User, start: datetime, end: datetime) -> Iterable[Appointment]:
    if user.person is None:
        return []
    found = meetings.between(meetings.of_person(user.person), start, end)
    return [appointment_of(meeting) for meeting in found[:500]]
