"""Directives within reach: what an office sent, and one of them for whoever sent or was sent it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from wuli.kernel.cascade.models import Call, Round, Slot
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Directive
from .places import own_units

KIND = "directive"
"""The kind of the calls that this app issues."""
ORDER = ("-pk",)
JOINED = ("call__issuer", "call__issued_by__person", "call__superseded_by", "signer", "parent__call__issuer")


@dataclass(frozen=True)
class Sought:
    """Which directives an office looks for. `below`: those of the units under it too."""

    text: str = ""
    status: str = ""
    urgency: str = ""
    below: bool = False


def sent_by(user: User, sought: Sought) -> QuerySet[Directive]:
    """What the units for which `user` issues have sent, drafts included."""
    found = Directive.objects.filter(reach(user, Perm.CALL_ISSUE).units("call__issuer__path"))
    if not sought.below:
        found = found.filter(call__issuer__in=own_units(user, Perm.CALL_ISSUE))
    if sought.status:
        found = found.filter(call__status=sought.status)
    if sought.urgency:
        found = found.filter(urgency=sought.urgency)
    return found.filter(called(sought.text)).select_related(*JOINED)


def called(text: str, to: str = "") -> Q:
    """Directives whose number or title holds `text`; `to` leads from other rows to the call."""
    if not text:
        return Q()
    return Q(**{f"{to}call__number__icontains": text}) | Q(**{f"{to}call__title__icontains": text})


def directives_for(user: User) -> QuerySet[Directive]:
    """Those issued from or sent to the units that `user` watches; drafts only where they may issue."""
    seen = reach(user, Perm.CALL_VIEW)
    asked = Slot.objects.filter(seen.units("unit__path"), round__call=OuterRef("call"))
    drafts = Q(call__status=Call.Status.DRAFT)
    mine = drafts & reach(user, Perm.CALL_ISSUE).units("call__issuer__path")
    sent = ~drafts & (seen.units("call__issuer__path") | Q(Exists(asked)))
    return Directive.objects.filter(mine | sent).select_related(*JOINED)


def directive_for(user: User, pk: int) -> Directive:
    """The directive, if it lies within reach; else the same 404 as for one that does not exist."""
    return get_object_or_404(directives_for(user), pk=pk)


def issued_for(user: User, pk: int, perm: Perm = Perm.CALL_ISSUE) -> Directive:
    """The directive, if `user` may do `perm` where it was issued; else 404."""
    within = Directive.objects.filter(reach(user, perm).units("call__issuer__path")).select_related(*JOINED)
    return get_object_or_404(within, pk=pk)


def round_of(directive: Directive) -> Round:
    """The one round of an issued directive; 404 while it is a draft."""
    found = Round.objects.select_related("call__issuer", "version").filter(call=directive.call_id).first()
    if found is None:
        raise Http404
    return found
