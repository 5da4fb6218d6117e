"""The pack is made when it is due or asked for, and stays as it is once the meeting has opened."""

from datetime import datetime

from django.db import transaction

from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User

from ..models import Meeting, Pack
from ..models.meeting import Status
from ..queries import packs as queries
from ..queries.meetings import NAMES, standing_of
from ..rules import packs as rules
from ..rules import states
from ..rules.times import PACK_BEFORE
from . import inviting, telling
from .turning import locked

AT_ONCE = 40
"""Packs that one tick makes, so that none takes minutes; the next goes on."""


def make_due(*, at: datetime) -> int:
    """Make the packs of meetings that begin within the hour or have begun and are not over, and tell who is asked."""
    soon = Meeting.objects.planned().filter(starts_at__lte=at + PACK_BEFORE, ends_at__gt=at, pack__isnull=True)
    due = list(soon.select_related(*NAMES).order_by("starts_at", "pk")[:AT_ONCE])
    return sum(_make_and_tell(meeting, at) for meeting in due)


@transaction.atomic
def make(*, meeting: Meeting, by: User, at: datetime) -> Pack:
    """Make it now, or anew with the figures of now, until the meeting has opened. Raises Refused."""
    meeting = locked(meeting)
    refuse(states.why_not_run(standing_of(by, meeting)))
    if meeting.status != Status.PLANNED:
        raise Refused(states.why_not_pack())
    return _write(meeting, by=by, at=at)


def make_if_missing(meeting: Meeting, *, at: datetime) -> None:
    """Inside the caller's transaction, with the meeting locked."""
    if not Pack.objects.filter(meeting=meeting).exists():
        _write(meeting, by=None, at=at)


def forget(meeting: Meeting) -> None:
    """The figures were of another day."""
    Pack.objects.filter(meeting=meeting).delete()


@transaction.atomic
def _make_and_tell(meeting: Meeting, at: datetime) -> bool:
    meeting = locked(meeting)
    if meeting.status != Status.PLANNED or Pack.objects.filter(meeting=meeting).exists():
        return False  # another tick was here
    inviting.invite(meeting, at=at)
    _write(meeting, by=None, at=at)
    telling.tell_ready(meeting, at=at)
    return True


def _write(meeting: Meeting, *, by: User | None, at: datetime) -> Pack:
    told = queries.contents(meeting, at)
    on = queries.day_of(meeting)
    pack, _made = Pack.objects.update_or_create(
        meeting=meeting, defaults={"on": on, "made_at": at, "contents": rules.kept(told)}
    )
    figures = sum(len(point.figures) for point in told.points.values())
    changes = {"on": [None, str(on)], "figures": [None, figures]}
    journal.record("meeting.packed", subject=meeting, unit=meeting.unit, changes=changes, by=by, at=at)
    return pack
