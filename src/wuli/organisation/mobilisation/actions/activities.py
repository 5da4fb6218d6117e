"""A theme day, lecture or meeting is planned, changed, made known; it is held, or not, and what happened is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Activity, Host
from ..models.activity import Sort
from ..queries import activities as queries
from ..queries.monthly import rhythm_on
from ..queries.roll import heir_of
from ..rules import activities as rules
from ..rules.notices import PLANNED
from ..rules.rhythm import is_closed
from .turning import refuse_stranger

Status = Activity.Status


@dataclass(frozen=True)
class Plan:
    """`others`: branches that hold it together with the body."""

    sort: str
    body: Unit
    title: str
    starts_at: datetime
    ends_at: datetime
    responsible: Person
    place: str = ""
    text: str = ""
    others: Sequence[Unit] = field(default_factory=tuple)


@transaction.atomic
def plan(new: Plan, *, by: User, at: datetime) -> Activity:
    """Write down what shall be held; nobody hears of it yet. Raises Refused."""
    refuse_stranger(by, new.body, "body")
    hosts = _hosts(new)
    activity = Activity(made_by=person_of(by), made_at=at)
    _set(activity, new)
    activity.save(force_insert=True)
    Host.objects.bulk_create(Host(activity=activity, body=host) for host in hosts)
    changes = {"on_date": [None, str(activity.on_date)], "hosts": [None, [str(host) for host in hosts]]}
    journal.record("activity.planned", subject=activity, unit=new.body, changes=changes, by=by, at=at)
    return activity


@transaction.atomic
def change(new: Plan, *, activity: Activity, by: User, at: datetime) -> Activity:
    """Change the plan; who had heard of it hears of the change. Raises Refused."""
    activity = locked(activity)
    refuse_stranger(by, activity.body)
    refuse_stranger(by, new.body, "body")
    refuse(rules.why_not_change(activity, recorded=activity.attendance.exists()))
    hosts, before = _hosts(new), str(activity.on_date)
    _set(activity, new)
    activity.sequence += 1
    activity.save()
    activity.hosts.exclude(body__in=hosts).delete()
    kept = set(activity.hosts.values_list("body_id", flat=True))
    Host.objects.bulk_create(Host(activity=activity, body=host) for host in hosts if host.pk not in kept)
    changes = {"on_date": [before, str(activity.on_date)], "hosts": [None, [str(host) for host in hosts]]}
    journal.record("activity.changed", subject=activity, unit=new.body, changes=changes, by=by, at=at)
    if activity.status == Status.PUBLISHED:
        _tell(activity, _("安排有变：%(title)s，%(when)s，%(place)s"), by=by, at=at)
    return activity


@transaction.atomic
def publish(*, activity: Activity, by: User, at: datetime) -> Activity:
    """Make it known to the members of its branches. Raises Refused."""
    activity = locked(activity)
    refuse_stranger(by, activity.body)
    refuse(rules.why_not_turn(activity, Status.PUBLISHED))
    activity.status = Status.PUBLISHED
    activity.save(update_fields=["status"])
    journal.record("activity.published", subject=activity, unit=activity.body, by=by, at=at)
    if activity.ends_at > at:
        _tell(activity, _("请参加：%(title)s，%(when)s，%(place)s"), by=by, at=at)
    return activity


@transaction.atomic
def discard(*, activity: Activity, by: User, at: datetime) -> None:
    """Throw a draft away. Raises Refused."""
    activity = locked(activity)
    refuse_stranger(by, activity.body)
    if activity.status != Status.DRAFT:
        raise Refused(_("只有草稿能放弃；已发布的请记录为未开展"))
    journal.record("activity.discarded", subject=activity, unit=activity.body, by=by, at=at)
    activity.hosts.all().delete()
    activity.delete()


@transaction.atomic
def hold(
    *, activity: Activity, minutes: str, guests: int, by: User, at: datetime, reason: str = ""
) -> Activity:  # fmt: skip
    """Say that it was held, and what was said and done. Raises Refused.

    Once the month is closed this is a correction: it says why, and the reason stays with it.
    """
    activity = locked(activity)
    refuse_stranger(by, activity.body)
    refuse_late(activity, reason, at)
    refuse(rules.why_not_hold(activity, present=queries.present_at(activity)))
    changes = {"status": [activity.status, str(Status.HELD)], "guests": [activity.guests, guests]}
    activity.status, activity.not_held_reason = Status.HELD, ""
    activity.minutes, activity.guests = minutes.strip(), guests
    _note(activity, reason, by, at)
    journal.record("activity.held", subject=activity, unit=activity.body, changes=changes, reason=reason, by=by, at=at)
    return activity


@transaction.atomic
def not_hold(*, activity: Activity, reason: str, by: User, at: datetime) -> Activity:
    """Say that it was not held, and why. Raises Refused."""
    activity = locked(activity)
    refuse_stranger(by, activity.body)
    refuse(rules.why_not_turn(activity, Status.NOT_HELD))
    if not reason.strip():
        raise Refused(_("请写明未开展的原因"), field="reason")
    was_held, changes = activity.status == Status.HELD, {"status": [activity.status, str(Status.NOT_HELD)]}
    refuse_late(activity, reason, at, coming=True)
    activity.status, activity.not_held_reason = Status.NOT_HELD, reason.strip()
    _note(activity, reason if was_held else "", by, at)
    journal.record(
        "activity.not_held", subject=activity, unit=activity.body, changes=changes, reason=reason, by=by, at=at
    )
    if activity.starts_at > at:
        _tell(activity, _("取消：%(title)s，%(when)s"), by=by, at=at)
    return activity


def follow_bodies(*, at: datetime) -> int:
    """Part of the tick: what a merged branch had planned for its last day or later goes to the branch it went into.

    What lies before stays with its own members, and with whoever was marked; only it is now the other body that
    organises it and writes down what happened.
    """
    open_ = Host.objects.filter(activity__status__in=[Status.DRAFT, Status.PUBLISHED], body__merged_into__isnull=False)
    ahead = open_.filter(activity__on_date__gte=F("body__closed_on"), step=1)
    moved = sum(_follow_host(host) for host in ahead.select_related("activity", "body").order_by("pk"))
    bodies = Activity.objects.filter(status__in=[Status.DRAFT, Status.PUBLISHED], body__merged_into__isnull=False)
    return moved + sum(_follow(activity, at) for activity in bodies.order_by("pk"))


def refuse_late(activity: Activity, reason: str, at: datetime, *, coming: bool = False) -> None:
    """Raises Refused where nothing can be recorded, or its reason is missing. `coming`: it may lie ahead."""
    today = business_date(at, activity.body.zone)
    why = rules.why_not_record(activity, reason=reason, is_closed=month_closed(activity, at), today=today)
    if why and not (coming and activity.on_date > today and activity.status == Status.PUBLISHED):
        raise Refused(why, field="reason")


def month_closed(activity: Activity, at: datetime) -> bool:
    rhythm = rhythm_on(Sort.THEME_DAY, activity.on_date)
    return bool(rhythm and is_closed(activity.on_date, rhythm.close_day, business_date(at, activity.body.zone)))


def locked(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).select_related("body").get(pk=activity.pk)


def note_correction(activity: Activity, reason: str, at: datetime) -> None:
    """Keep the reason with what it changed, once the month is closed."""
    if month_closed(activity, at):
        activity.corrected_at, activity.correction = at, reason.strip()


def _note(activity: Activity, reason: str, by: User, at: datetime) -> None:
    activity.recorded_by, activity.recorded_at = person_of(by), at
    if reason.strip():
        note_correction(activity, reason, at)
    activity.save()


def _set(activity: Activity, new: Plan) -> None:
    for name in ("sort", "body", "title", "place", "text", "starts_at", "ends_at", "responsible"):
        setattr(activity, name, getattr(new, name))
    activity.on_date = business_date(new.starts_at, new.body.zone)


def _hosts(new: Plan) -> list[Unit]:
    on = business_date(new.starts_at, new.body.zone)
    hosts = queries.hosts_of(new.body, on, new.others)
    why_not = rules.why_not_plan(
        title=new.title, body=new.body, hosts=len(hosts), starts_at=new.starts_at, ends_at=new.ends_at, on=on
    )
    if why_not:
        raise Refused(why_not[1], field=why_not[0])
    return hosts


def _tell(activity: Activity, sentence: str, *, by: User, at: datetime) -> None:
    """The members of its branches, each once for each state of the plan."""
    when = date_format(localtime(activity.starts_at), _("n 月 j 日 H:i"))
    said = {"title": activity.title, "when": when, "place": activity.place or _("地点另行通知")}
    members = Person.objects.on_roll(business_date(at)).filter(branch__in=activity.hosts.values("body"))
    notices.notify(
        to=members.exclude(pk=person_of(by).pk).only("pk"), kind=PLANNED, text=sentence % said,
        key=f"activity:{activity.pk}:{activity.status}:{activity.sequence}",
        url=reverse("mobilisation:activity", args=[activity.pk]), unit=activity.body, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def _follow_host(host: Host) -> bool:
    heir = heir_of(host.body)
    if host.activity.hosts.filter(body=heir).exists():
        host.delete()
    else:
        Host.objects.filter(pk=host.pk).update(body=heir)
    return True


@transaction.atomic
def _follow(activity: Activity, at: datetime) -> bool:
    activity = locked(activity)
    heir = heir_of(activity.body)
    if heir.pk == activity.body_id:
        return False
    changes = {"body": [activity.body.name, heir.name]}
    activity.body = heir
    activity.save(update_fields=["body"])
    journal.record("activity.changed", subject=activity, unit=heir, changes=changes, at=at)
    return True
