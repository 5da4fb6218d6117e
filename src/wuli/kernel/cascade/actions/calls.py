from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Call, Form, Slot, Target
from ..rules import states
from . import sparing
from .forms import why_not_ask


@dataclass(frozen=True)
class NewCall:
    """What is needed to draft a call. `targets` maps the root of each subtree to the kinds asked there; `hours` each
    kind to its opening, due and freeze minute of the business date."""

    kind: str
    number: str
    title: str
    issuer: Unit
    targets: Mapping[Unit, Sequence[str]]
    hours: Mapping[str, tuple[int, int, int]]
    starts_on: date
    cadence: str = Call.Cadence.DAILY
    days: Sequence[int] = field(default_factory=tuple)
    ends_on: date = FOREVER
    route: str = Call.Route.LAYERED
    form: Form | None = None
    text: str = ""
    chasing: Sequence[int] = field(default_factory=tuple)


@transaction.atomic
def draft(new: NewCall, *, by: User | None, at: datetime) -> Call:
    """Write a call down; nobody is asked before it is issued. Raises Refused."""
    return _write(Call(), new, by=by, at=at)


@transaction.atomic
def redraft(*, call: Call, new: NewCall, by: User | None, at: datetime) -> Call:
    """Write a draft anew. What is issued stays as it was said. Raises Refused."""
    return _write(_held_draft(call), new, by=by, at=at)


@transaction.atomic
def discard(*, call: Call, by: User | None, at: datetime) -> None:
    """Throw a draft away. Raises Refused."""
    call = _held_draft(call)
    _refuse_beyond_reach(by, [call.issuer])
    journal.record("call.discarded", unit=call.issuer, changes={"title": [call.title, None]}, by=by, at=at)
    call.delete()


@transaction.atomic
def issue(*, call: Call, by: User | None, at: datetime) -> Call:
    """Begin to ask: the tick opens its rounds from now on. Raises Refused."""
    call = _held(call)
    _refuse_beyond_reach(by, [call.issuer])
    refuse(states.why_not_issue(call))
    call.status, call.issued_by, call.issued_at = Call.Status.ISSUED, by, at
    call.save(update_fields=["status", "issued_by", "issued_at"])
    journal.record("call.issued", subject=call, unit=call.issuer, by=by, at=at)
    return call


def end(*, call: Call, reason: str, by: User | None, at: datetime) -> Call:
    """Ask no more; rounds under way are still answered. Raises Refused."""
    return _become(call, Call.Status.ENDED, "call.ended", reason, by=by, at=at)


def revoke(*, call: Call, reason: str, by: User | None, at: datetime) -> Call:
    """Take the call back: nobody need answer, and every copy says so. Raises Refused."""
    return _become(call, Call.Status.REVOKED, "call.revoked", reason, by=by, at=at)


def supersede(*, call: Call, new: Call, reason: str, by: User | None, at: datetime) -> Call:
    """Let another call stand in its place; every copy names it. Raises Refused."""
    if new.status != Call.Status.ISSUED or new.pk == call.pk:
        raise Refused(_("替代它的应是另一份已经签发的文件"), field="new")
    return _become(call, Call.Status.SUPERSEDED, "call.superseded", reason, by=by, at=at, new=new)


@transaction.atomic
def _become(
    call: Call, status: Call.Status, verb: str, reason: str, *, by: User | None, at: datetime, new: Call | None = None
) -> Call:
    call = _held(call)
    _refuse_beyond_reach(by, [call.issuer])
    refuse(states.why_not_become(call, status))
    if not reason.strip():
        raise Refused(_("请写明原因"), field="reason")
    call.status, call.superseded_by = status, new
    call.save(update_fields=["status", "superseded_by"])
    if status != Call.Status.ENDED:
        _spare(call, at)
    call.rounds.filter(closed_at__isnull=True, version__isnull=True).update(closed_at=at)
    changes: dict[str, Any] = {"new": [None, new.number]} if new else {}
    journal.record(verb, subject=call, unit=call.issuer, reason=reason, changes=changes, by=by, at=at)
    return call


def _write(call: Call, new: NewCall, *, by: User | None, at: datetime) -> Call:
    if Call.objects.filter(number=new.number).exclude(pk=call.pk).exists():
        raise _used(new.number)
    if new.form and (why_not := why_not_ask(Form.objects.get(pk=new.form.pk), new.starts_on)):
        raise Refused(why_not, field="form")
    _refuse_beyond_reach(by, [new.issuer, *new.targets])
    call.kind, call.number, call.title, call.text = new.kind, new.number, new.title, new.text
    call.issuer, call.form, call.cadence, call.route = new.issuer, new.form, new.cadence, new.route
    call.starts_on, call.ends_on, call.chasing = new.starts_on, new.ends_on, list(new.chasing)
    call.days = sorted(set(new.days))
    call.hours = {kind: list(minutes) for kind, minutes in new.hours.items()}
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError as taken:  # by somebody at this very moment
        raise _used(new.number) from taken
    call.targets.all().delete()
    Target.objects.bulk_create(Target(call=call, root=root, kinds=list(kinds)) for root, kinds in new.targets.items())
    journal.record("call.drafted", subject=call, unit=call.issuer, by=by, at=at)
    return call


def _used(number: str) -> Refused:
    return Refused(_("编号 %(number)s 已被使用") % {"number": number}, field="number")


def _spare(call: Call, at: datetime) -> None:
    """Nobody owes an answer to what was taken back; rounds that were fixed stay as they are."""
    under_way = Slot.objects.filter(round__call=call, round__closed_at__isnull=True)
    sparing.spare(under_way, str(call.get_status_display()), at)


def _held(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("issuer", "form").get(pk=call.pk)


def _held_draft(call: Call) -> Call:
    call = _held(call)
    if call.status != Call.Status.DRAFT:
        raise Refused(_("“%(call)s”已经签发，不能再改") % {"call": call.title})
    return call


def _refuse_beyond_reach(by: User | None, units: Iterable[Unit]) -> None:
    """The system itself (None) may ask everyone; a person whoever their duties reach."""
    for unit in units:
        if by is not None and not may(by, Perm.CALL_ISSUE, unit):
            raise Refused(_("您没有向%(unit)s下发的职责") % {"unit": unit.name}, code="beyond_reach")
