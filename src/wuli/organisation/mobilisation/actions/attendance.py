"""Who was there; pictures and papers of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.ledger.actions import evidence
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Activity, Attachment, Attendance, Host, Result
from ..models.activity import Presence
from ..queries import activities as queries
from ..rules import activities as rules
from ..rules.activities import Mark
from .activities import locked, note_correction, refuse_late
from .turning import refuse_stranger


@transaction.atomic
def attend(
    *, activity: Activity, host: Host, marks: Mapping[int, Mark], step: int, by: User, at: datetime, reason: str = ""
) -> Host:
    """Write down who of a branch was there. Raises Refused.

    `step` is that of the list one looked at: whoever was second is told, and nothing of the first is lost.
    """
    activity = locked(activity)
    host = Host.objects.select_for_update(of=("self",)).select_related("body").get(pk=host.pk)
    if host not in queries.recordable(by, activity):
        refuse_stranger(by, host.body)
    refuse_late(activity, reason, at)
    if host.step != step:
        raise Refused(_("别人刚刚记过“%(branch)s”的到会情况，请核对后再存") % {"branch": host.body.name}, code="stale")
    day = min(activity.on_date, business_date(at, activity.body.zone))
    known = {one.person_id: one for one in activity.attendance.filter(branch=host.body)}
    refuse(rules.why_not_mark(marks, {*queries.roll_of(host, day), *known}))
    _write(activity, host, marks, known, by, at)
    Host.objects.filter(pk=host.pk).update(step=host.step + 1)
    if reason.strip():
        note_correction(activity, reason, at)
        activity.save(update_fields=["corrected_at", "correction"])
    counts = {one.value: [None, sum(mark.presence == one for mark in marks.values())] for one in Presence}
    journal.record("activity.attended", subject=activity, unit=host.body, changes=counts, reason=reason, by=by, at=at)
    return host


@transaction.atomic
def attach(
    *,
    files: Sequence[File[Any]],
    by: User,
    at: datetime,
    activity: Activity | None = None,
    result: Result | None = None,
) -> list[Attachment]:
    """Keep pictures and papers; the same one twice is one. Raises Refused."""
    owner = activity or result
    assert owner is not None
    body = activity.body if activity else owner.vanguard.body  # type: ignore[union-attr]
    refuse_stranger(by, body)
    if activity:
        locked(activity)
    taken = evidence.keep(files)
    kept = set(owner.attachments.values_list("digest", flat=True))
    made = Attachment.objects.bulk_create(
        Attachment(activity=activity, result=result, by=person_of(by), at=at, **vars(one))
        for one in taken if one.digest not in kept
    )  # fmt: skip
    if activity and made:
        changes = {"files": [None, [one.digest for one in made]]}
        journal.record("activity.pictured", subject=activity, unit=body, changes=changes, by=by, at=at)
    return made


@transaction.atomic
def detach(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take a picture or paper of an activity away, for instance because somebody on it asked. Raises Refused.

    The event stays; the file goes for good with the tick, unless something else rests on it.
    """
    activity = attachment.activity
    if activity is None:
        raise Refused(_("成效的佐证不能删除"))
    refuse_stranger(by, activity.body)
    if not Attachment.objects.filter(pk=attachment.pk).delete()[0]:
        return
    evidence.discard([attachment.digest], at=at)
    changes = {"files": [[attachment.digest], None]}
    journal.record("activity.unpictured", subject=activity, unit=activity.body, changes=changes, by=by, at=at)


def _write(
    activity: Activity, host: Host, marks: Mapping[int, Mark], known: Mapping[int, Attendance], by: User, at: datetime
) -> None:
    """Only what is new or has changed; whoever is no longer marked loses theirs."""
    own = person_of(by)
    fresh = []
    for pk, mark in marks.items():
        reason = mark.reason.strip() if mark.presence != Presence.PRESENT else ""
        before = known.get(pk)
        if before is None:
            fresh.append(Attendance(activity=activity, person_id=pk, branch=host.body, presence=mark.presence,
                                    reason=reason, by=own, at=at))  # fmt: skip
        elif (before.presence, before.reason) != (mark.presence, reason):
            Attendance.objects.filter(pk=before.pk).update(presence=mark.presence, reason=reason, by=own, at=at)
    Attendance.objects.bulk_create(fresh)
    gone = [one.pk for pk, one in known.items() if pk not in marks]
    if gone:
        Attendance.objects.filter(pk__in=gone).delete()
