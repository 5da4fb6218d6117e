"""A directive is over: done with, revoked, or another stands in its place. Copies say so all the way down."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import calls
from wuli.kernel.cascade.models import Slot
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import User

from ..models import Directive
from ..queries import lineage, places
from ..rules import notices as kinds
from .drafting import held, held_both


@transaction.atomic
def end(*, directive: Directive, reason: str, by: User, at: datetime) -> Directive:
    """File it away: nobody is reminded any more, what is open stays on record as open. Raises Refused."""
    directive = held(directive)
    directive.call = calls.end(call=directive.call, reason=reason, by=by, at=at)
    return directive


@transaction.atomic
def revoke(*, directive: Directive, reason: str, by: User, at: datetime) -> Directive:
    """Take it back, with everything that was made out of it. Raises Refused."""
    directive = held(directive)
    directive.call = calls.revoke(call=directive.call, reason=reason, by=by, at=at)
    said = _("“%(title)s”（%(number)s）已撤销：%(reason)s") % _names(directive, reason)
    _over(directive, said, _("上级文件%(number)s已撤销"), by, at)
    return directive


@transaction.atomic
def supersede(*, directive: Directive, new: Directive, reason: str, by: User, at: datetime) -> Directive:
    """Let another issued directive stand in its place; what was made out of the old one is revoked. Raises Refused."""
    directive, new = held_both(directive, new)
    if new.call.issuer_id != directive.call.issuer_id:
        raise Refused(_("替代它的应是同一单位印发的文件"), field="new")
    directive.call = calls.supersede(call=directive.call, new=new.call, reason=reason, by=by, at=at)
    said = _("“%(title)s”（%(number)s）已由%(new)s替代：%(reason)s") % {
        **_names(directive, reason), "new": new.call.number}  # fmt: skip
    _over(directive, said, _("上级文件%(number)s已被替代"), by, at)
    return directive


def _over(directive: Directive, said: str, why_below: str, by: User, at: datetime) -> None:
    """Revoke what was made out of it, and tell whoever had received any of these."""
    below = [one for level in lineage.made_from(directive) for one in level]
    for one in below:
        if one.is_live:  # by the system: its issuer never took it back
            calls.revoke(call=one.call, reason=why_below % {"number": directive.call.number}, by=None, at=at)
    _tell(directive, [directive, *below], said, by, at)


def _tell(directive: Directive, all_of: Iterable[Directive], said: str, by: User, at: datetime) -> None:
    sent = Slot.objects.filter(round__call__in=[one.call_id for one in all_of])
    units = sent.order_by("unit").values_list("unit", flat=True).distinct()
    on = business_date(at, directive.call.issuer.zone)  # who answers today, for whoever signed then may have left
    told = {person.pk: person for people in places.signers_of(units, on).values() for person in people}
    notices.notify(
        to=told.values(), kind=kinds.WITHDRAWN, text=said, unit=directive.call.issuer, by=by, at=at,
        url=reverse("directives:directive", args=[directive.pk]), key=f"directive:{directive.pk}:over",
    )  # fmt: skip


def _names(directive: Directive, reason: str) -> dict[str, str]:
    return {"title": directive.call.title, "number": directive.call.number, "reason": reason.strip()}
