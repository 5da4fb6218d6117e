"""What a directive came from, what was made of it and by whom, and what stands in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from wuli.kernel.cascade.models import Call, Round, Slot
from wuli.kernel.orgs.models import Unit

from ..models import Directive
from ..rules.states import LEVELS

DEEPEST = 20


@dataclass(frozen=True)
class Warning:
    """What everyone who opens an old copy must see first."""

    directive: Directive
    is_own: bool
    """Not so where a directive from which this one was made is no longer in force."""
    instead: Directive | None
    """What stands in its place today."""


def parents_of(directive: Directive) -> list[Directive]:
    """From the first directive down to the one that this one passes on."""
    found: list[Directive] = []
    above = directive.parent_id
    while above and len(found) < DEEPEST:
        parent = Directive.objects.select_related("call__issuer", "call__superseded_by", "signer").get(pk=above)
        found.insert(0, parent)
        above = parent.parent_id
    return found


def warning_of(directive: Directive, parents: Iterable[Directive]) -> Warning | None:
    """Whether this copy, or one it was made from, has been revoked or superseded; the highest one tells why."""
    for one in (*parents, directive):
        if one.call.status in (Call.Status.REVOKED, Call.Status.SUPERSEDED):
            return Warning(one, one == directive, newest_of(one))
    return None


def newest_of(directive: Directive) -> Directive | None:
    """The end of the chain of those that stand in its place; None if nothing does."""
    found, call = None, directive.call.superseded_by_id
    for _step in range(DEEPEST):
        if call is None:
            break
        found = Directive.objects.select_related("call").get(call=call)
        call = found.call.superseded_by_id
    return found


def replaced_by(directive: Directive) -> list[Directive]:
    """The older ones that `directive` stands in place of, the newest first."""
    found: list[Directive] = []
    calls = [directive.call_id]
    while calls and len(found) < DEEPEST:
        some = list(Directive.objects.filter(call__superseded_by__in=calls).select_related("call").order_by("-pk"))
        found += some
        calls = [one.call_id for one in some]
    return found


def made_from(directive: Directive) -> list[list[Directive]]:
    """What was made out of it, one list a level; drafts left out."""
    levels: list[list[Directive]] = []
    above = [directive.pk]
    while above and len(levels) < DEEPEST:
        below = Directive.objects.filter(parent__in=above).exclude(call__status=Call.Status.DRAFT)
        level = list(below.select_related("call__issuer").order_by("call__issuer__path", "pk"))
        if level:
            levels.append(level)
        above = [one.pk for one in level]
    return levels


def must_pass_on(of: Round, path: str) -> QuerySet[Any]:
    """The copies under `path` at units that have others below them, each told whether it has been `passed_on`."""
    below = Unit.objects.filter(parent=OuterRef("unit"), line=OuterRef("unit__line"), closed_on__gt=of.on)
    made = Directive.objects.filter(
        parent__call=of.call_id, call__issuer=OuterRef("unit"), call__status__in=[Call.Status.ISSUED, Call.Status.ENDED]
    )
    found = of.slots.under(path).filter(Exists(below), kind__in=LEVELS).exclude(state=Slot.State.EXEMPT)
    return found.annotate(passed_on=Exists(made)).select_related("unit")


def made_at(directive: Directive, unit: Unit) -> QuerySet[Directive]:
    """What one unit has made out of it, drafts too."""
    made = Directive.objects.filter(parent=directive, call__issuer=unit)
    return made.select_related("call").order_by("pk")
