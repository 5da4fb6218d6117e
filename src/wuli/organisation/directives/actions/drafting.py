"""A directive on paper: written, written anew, thrown away. Nobody hears of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.cascade.actions import calls
from wuli.kernel.cascade.models import Call
from wuli.kernel.ledger.actions import evidence
from wuli.kernel.orgs.models import Person, Unit, User

from ..models import Asks, Attachment, Directive, Urgency
from ..models.directive import DRAFTED
from ..queries import copies, numbering
from ..queries.directives import KIND
from ..rules import numbers, states

DAY = 24 * 60


@dataclass(frozen=True)
class Paper:
    """What an office writes. `number` is typed by hand; without one it is given by `prefix` when it is issued."""

    title: str
    issuer: Unit
    targets: Mapping[Unit, Sequence[str]]
    due_on: date
    due_clock: time
    sign_hours: int
    soon_hours: int
    red_hours: int
    text: str = ""
    urgency: str = Urgency.NORMAL
    asks: str = Asks.ACTION
    reviewed: bool = True
    pass_on: bool = False
    needs_evidence: bool = False
    prefix: str = ""
    number: str = ""
    signer: Person | None = None
    parent: Directive | None = None
    files: Sequence[File[Any]] = field(default_factory=tuple)

    @property
    def due(self) -> datetime:
        """By the clock of the issuer; each unit has it by its own."""
        return datetime.combine(self.due_on, self.due_clock, ZoneInfo(self.issuer.zone))


@transaction.atomic
def draft(paper: Paper, *, by: User, at: datetime) -> Directive:
    """Write a directive down. Raises Refused."""
    _refuse(paper, at)
    call = calls.draft(asked(paper, paper.number or f"{DRAFTED}{uuid4().hex[:16]}", at), by=by, at=at)
    level = paper.parent.level + 1 if paper.parent else 0
    directive = Directive(call=call, parent=paper.parent, level=level)
    return _write(directive, paper)


@transaction.atomic
def redraft(*, directive: Directive, paper: Paper, by: User, at: datetime) -> Directive:
    """Write a draft anew; files that came before stay with it. Raises Refused."""
    directive = held(directive)
    _refuse(paper, at)
    number = paper.number or (directive.call.number if not directive.number else f"{DRAFTED}{uuid4().hex[:16]}")
    directive.call = calls.redraft(call=directive.call, new=asked(paper, number, at), by=by, at=at)
    return _write(directive, paper)


@transaction.atomic
def discard(*, directive: Directive, by: User, at: datetime) -> None:
    """Throw a draft away with its files. Raises Refused."""
    directive = held(directive)
    call = directive.call
    if call.status != Call.Status.DRAFT:
        raise Refused(_("“%(call)s”已经签发，只能撤销或替代") % {"call": call.title})
    evidence.discard(directive.attachments.values_list("digest", flat=True), at=at)
    directive.delete()
    calls.discard(call=call, by=by, at=at)


@transaction.atomic
def drop_file(*, directive: Directive, attachment: int, at: datetime) -> None:
    """Take a file out of a draft. Raises Refused."""
    directive = held(directive)
    if not directive.is_draft:
        raise Refused(_("已经签发的文件不能再改附件"))
    dropped = directive.attachments.filter(pk=attachment)
    evidence.discard(dropped.values_list("digest", flat=True), at=at)
    dropped.delete()


def asked(paper: Paper, number: str, at: datetime) -> calls.NewCall:
    """The call of a paper that is issued at a moment: asked once, that day; reminded as its due time comes near."""
    begins = business_date(at, paper.issuer.zone)
    due = (paper.due_on - begins).days * DAY + paper.due_clock.hour * 60 + paper.due_clock.minute
    kinds = {kind for some in paper.targets.values() for kind in some}
    reviewed = paper.reviewed and paper.asks == Asks.ACTION
    return calls.NewCall(
        kind=KIND, number=number, title=paper.title.strip(), text=paper.text.strip(), issuer=paper.issuer,
        targets=paper.targets, hours=dict.fromkeys(kinds, (-DAY, due, due)), starts_on=begins,
        ends_on=begins + timedelta(days=1), cadence=Call.Cadence.ONCE, chasing=[-60 * paper.soon_hours, 0],
        route=Call.Route.REVIEWED if reviewed else Call.Route.STRAIGHT,
    )  # fmt: skip


def held(directive: Directive) -> Directive:
    """Locked with its call, whose state would else be that of before the wait."""
    found = Directive.objects.select_for_update(of=("self", "call"))
    return found.select_related("call__issuer", "parent__call", "signer").get(pk=directive.pk)


def held_both(one: Directive, other: Directive) -> tuple[Directive, Directive]:
    """Always in the same order, so that two who hold the same two never wait for one another."""
    found = {pk: held(Directive(pk=pk)) for pk in sorted({one.pk, other.pk})}
    return found[one.pk], found[other.pk]


def paper_of(directive: Directive) -> Paper:
    """The paper of a draft as it was last written."""
    call = directive.call
    targets = call.targets.select_related("root").order_by("pk")
    return Paper(
        title=call.title, text=call.text, issuer=call.issuer, targets={one.root: one.kinds for one in targets},
        number=directive.number if not directive.prefix else "", reviewed=directive.is_reviewed,
        parent=directive.parent, **{name: getattr(directive, name) for name in _COLUMNS},
    )  # fmt: skip


def refuse_passing_on(paper: Paper) -> None:
    """Raises Refused where its parent may not be passed on, or not to these units."""
    if paper.parent is None:
        return
    slot = copies.copy_at(paper.parent, paper.issuer.pk)
    refuse(states.why_not_pass_on(paper.parent, slot, signed=bool(slot and copies.is_signed(slot))))
    refuse(states.why_not_below(paper.issuer, paper.targets), "root")


_COLUMNS = (
    "urgency", "asks", "prefix", "signer", "due_on", "due_clock", "sign_hours", "soon_hours", "red_hours", "pass_on",
    "needs_evidence",
)  # fmt: skip


def _write(directive: Directive, paper: Paper) -> Directive:
    for name in _COLUMNS:
        setattr(directive, name, getattr(paper, name))
    directive.needs_evidence = paper.needs_evidence and directive.asks_action
    directive.prefix = "" if paper.number else paper.prefix
    directive.save()
    known = set(directive.attachments.values_list("digest", flat=True))
    kept = [one for one in evidence.keep(paper.files) if one.digest not in known]
    Attachment.objects.bulk_create(Attachment(directive=directive, **vars(one)) for one in kept)
    return directive


def _refuse(paper: Paper, at: datetime) -> None:
    if not paper.title.strip():
        raise Refused(_("请写标题"), field="title")
    if not paper.text.strip() and paper.parent is None:
        raise Refused(_("请写正文"), field="text")
    if not any(paper.targets.values()):
        raise Refused(_("还没有选择下发对象"), field="kinds")
    _refuse_number(paper, business_date(at, paper.issuer.zone))
    parent_due = due_at_issuer(paper.parent, paper.issuer) if paper.parent else None
    refuse(states.why_not_due(paper.due, at=at, parent_due=parent_due), "due_on")
    refuse_passing_on(paper)


def _refuse_number(paper: Paper, today: date) -> None:
    if not paper.number:
        if reason := numbers.why_not_prefix(paper.prefix):
            raise Refused(reason, field="agency")
        return
    if reason := numbers.why_not_typed(paper.number):
        raise Refused(reason, field="number")
    refuse_prefix_of_others(paper.issuer, numbers.prefix_of(paper.number), today, field="number")


def refuse_prefix_of_others(unit: Unit, prefix: str, today: date, field: str | None = None) -> None:
    """Nobody issues under the name of another office. Raises Refused."""
    owner = numbering.owner_of(prefix, today) if prefix else None
    if owner and owner != unit:
        said = {"prefix": prefix, "unit": owner.name}
        raise Refused(_("机关代字“%(prefix)s”由%(unit)s使用") % said, field=field)


def due_at_issuer(parent: Directive, issuer: Unit) -> datetime:
    """When the parent is due by the clock of the unit that passes it on."""
    return datetime.combine(parent.due_on, parent.due_clock, ZoneInfo(issuer.zone))
