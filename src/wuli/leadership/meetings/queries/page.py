"""All that a page or paper of one meeting shows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wuli.kernel.orgs.models import User
from wuli.leadership.command.queries import responses

from ..models import Aside, Attendance, Meeting, Minute, Pack
from ..models.meeting import HELD, Status
from ..rules import agenda
from ..rules import packs as rules
from ..rules.agenda import Point
from ..rules.packs import Contents, Fixed, Told
from . import decisions, meetings, packs
from .decisions import Action


@dataclass(frozen=True)
class Section:
    """One point of the agenda with what the pack tells, what was said, and what was decided."""

    point: Point
    told: Told
    minute: Minute | None
    asides: list[Aside] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


@dataclass(frozen=True)
class Earlier:
    """An action of an earlier meeting: as the pack fixed it, and as it stands now."""

    fixed: Fixed | None
    action: Action | None


def page_of(meeting: Meeting, user: User, at: datetime, *, compares: bool = False) -> dict[str, Any]:
    pack = Pack.objects.filter(meeting=meeting).first()
    told = _contents(pack, meeting, compares)
    decided = decisions.shown(decisions.decisions_of(meeting), user, at)
    attendances = meetings.attendances_of(meeting)
    return {
        "meeting": meeting, "pack": pack, "told": told, "at": at, "compares": compares,
        "sections": _sections(meeting, told, decided), "decided": decided,
        "earlier": _earlier(meeting, pack, told, user, at), "opens": packs.open_to(user, told, meeting.unit),
        "attendances": attendances, "last": meetings.before(meeting),
        "addenda": list(meeting.addenda.select_related("by").order_by("at", "pk")),
        "responses": responses.active_at(meeting.unit, meeting.on), "was_held": meeting.status in HELD,
        "unsigned": [one.person.name for one in attendances if one.state == Attendance.State.EXPECTED],
        "is_missed": meeting.status == Status.PLANNED and meeting.ends_at <= at,
    }  # fmt: skip


def _contents(pack: Pack | None, meeting: Meeting, compares: bool) -> Contents:
    if pack is None:
        return Contents()
    told = rules.read(pack.contents)
    return rules.read(pack.contents, packs.now(told, meeting.unit)) if compares else told


def _sections(meeting: Meeting, told: Contents, decided: list[Action]) -> list[Section]:
    minutes = {one.point: one for one in meeting.minutes.select_related("by").order_by("pk")}
    asides = list(meeting.asides.filter(settled_at__isnull=True).select_related("by").order_by("at", "pk"))
    points = agenda.with_other(agenda.read(meeting.agenda))
    keys = {point.key for point in points}

    def under(one: Action) -> str:
        return one.decision.point if one.decision.point in keys else agenda.OTHER

    return [
        Section(
            point, told.points.get(point.key, Told()), minutes.get(point.key),
            [one for one in asides if one.point == point.key],
            [one for one in decided if under(one) == point.key],
        )
        for point in points
    ]  # fmt: skip


def _earlier(meeting: Meeting, pack: Pack | None, told: Contents, user: User, at: datetime) -> list[Earlier]:
    """Before the meeting has opened as they are; afterwards those that the pack fixed, each with how it stands now."""
    if pack is None or meeting.status == Status.PLANNED:
        return [Earlier(None, one) for one in decisions.shown(decisions.open_of(meeting.series, but=meeting), user, at)]
    now = {
        one.decision.pk: one for one in decisions.shown(decisions.of_keys(f.decision for f in told.actions), user, at)
    }
    return [Earlier(fixed, now.get(fixed.decision)) for fixed in told.actions]
