"""A directive goes out: it gets its number, its copies, and everyone who receives is told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.cascade.actions import calls, rounds
from wuli.kernel.cascade.models import Round
from wuli.kernel.journal import actions as journal
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Unit, User

from ..models import Directive, Series
from ..queries import audience, numbering, places
from ..rules import notices as kinds
from ..rules import numbers, states
from . import drafting


@transaction.atomic
def issue(*, directive: Directive, by: User, at: datetime) -> Directive:
    """Number a draft, send a copy to every unit it asks, tell whoever receives there. Raises Refused."""
    directive = drafting.held(directive)
    refuse(_why_not(directive, at))
    paper = drafting.paper_of(directive)
    if directive.parent:
        drafting.held(directive.parent)  # whoever takes it back meanwhile waits, and takes this one back with it
    drafting.refuse_passing_on(paper)
    number = directive.number or take_number(paper.issuer, directive.prefix, at)
    call = calls.redraft(call=directive.call, new=drafting.asked(paper, number, at), by=by, at=at)
    directive.call = calls.issue(call=call, by=by, at=at)
    directive.sign_by = states.sign_by(directive, at=at, due=paper.due)
    directive.save(update_fields=["sign_by"])
    _send(directive, rounds.open_round(call=call, on=call.starts_on, at=at), by, at)
    if directive.parent:
        changes = {"parent": [None, directive.parent.call.number]}
        journal.record("directive.passed_on", subject=directive, unit=call.issuer, changes=changes, by=by, at=at)
    return directive


def take_number(unit: Unit, prefix: str, at: datetime) -> str:
    """The next number of a prefix in the issuer's year: two at once wait for one another. Raises Refused."""
    today = business_date(at, unit.zone)
    drafting.refuse_prefix_of_others(unit, prefix, today)
    year = today.year
    series = _series(unit, prefix, year)
    if series.unit_id != unit.pk and series.unit.closed_on > today:
        raise Refused(_("机关代字“%(prefix)s”由%(unit)s使用") % {"prefix": prefix, "unit": series.unit.name})
    series.last = numbering.free_after(prefix, year, series.last)
    series.save(update_fields=["last"])
    return numbers.written(prefix, year, series.last)


def _series(unit: Unit, prefix: str, year: int) -> Series:
    locked = Series.objects.select_for_update(of=("self",)).select_related("unit").filter(prefix=prefix, year=year)
    if (found := locked.first()) is None:
        try:
            with transaction.atomic():
                Series.objects.create(unit=unit, prefix=prefix, year=year)
        except IntegrityError:
            pass  # somebody else began it this very moment
        found = locked.get()
    return found


def _why_not(directive: Directive, at: datetime) -> str | None:
    call = directive.call
    if not directive.is_draft:
        return _("“%(call)s”已经签发") % {"call": call.title}
    paper = drafting.paper_of(directive)
    parent_due = drafting.due_at_issuer(paper.parent, paper.issuer) if paper.parent else None
    if reason := states.why_not_due(paper.due, at=at, parent_due=parent_due):
        return reason
    today = business_date(at, call.issuer.zone)
    if reason := states.why_not_in_name_of(call.issuer, directive.signer, today):
        return reason
    asked = audience.asked_by(call, today)
    if not asked.exists():
        return _("所选范围内没有这些类型的单位")
    return states.why_not_due_there(paper.due_on, paper.due_clock, audience.zones(asked), at)


def _send(directive: Directive, of: Round, by: User, at: datetime) -> None:
    """Tell everyone who receives at one of the asked units, each once whatever the number of their units."""
    units = of.slots.order_by("path").values_list("unit", flat=True)
    told = {person.pk: person for people in places.signers_of(units, of.on).values() for person in people}
    said = {"number": directive.call.number, "title": directive.call.title, "issuer": directive.call.issuer.name}
    text = _("%(issuer)s印发“%(title)s”（%(number)s），请签收") % said
    notices.notify(
        to=told.values(), kind=kinds.ISSUED, text=text, unit=directive.call.issuer, by=by, at=at,
        url=reverse("directives:directive", args=[directive.pk]), key=f"directive:{directive.pk}:issued",
    )  # fmt: skip
