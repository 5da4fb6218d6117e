"""What a directive came from, what was made of it and by whom, and what stands in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from wuli.kernel.cascade.models import Call, Round, Slot
from wuli.kernel.orgs.models import Unit, User

from ..models import Attachment, Directive
from ..rules.states import LEVELS
from .directives import directives_for

DEEPEST = 20


@dataclass(frozen=True)
class Warning:
    """What everyone who opens an old copy must see first."""

    directive: Directive
    is_own: bool
    """Not so where a directive from which this one was made is no longer in force."""
    instead: Directive | None
    """What stands in its place today."""
    may_open: bool
    """Whether the reader was sent that too."""


def parents_of(directive: Directive) -> list[Directive]:
    """From the first directive down to the one that this one passes on, with their files."""
    found: list[Directive] = []
    above = directive.parent_id
    while above and len(found) < DEEPEST:
        parents = Directive.objects.select_related("call__issuer", "call__superseded_by", "signer")
        parent = parents.prefetch_related("attachments").get(pk=above)
        found.insert(0, parent)
        above = parent.parent_id
    return found


def warning_of(directive: Directive, parents: Iterable[Directive], user: User) -> Warning | None:
    """Whether this copy, or one it was made from, has been revoked or superseded; the highest one tells why."""
    for one in (*parents, directive):
        if one.call.status in (Call.Status.REVOKED, Call.Status.SUPERSEDED):
            instead = newest_of(one)
            known = bool(instead and directives_for(user).filter(pk=instead.pk).exists())
            return Warning(one, one == directive, instead, known)
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


def made_from(directive: Directive, seen: Q | None = None) -> list[list[Directive]]:
    """What was made out of it, one list a level; drafts left out, and what was not issued from units `seen`."""
    levels: list[list[Directive]] = []
    above = [directive.pk]
    while above and len(levels) < DEEPEST:
        below = Directive.objects.filter(parent__in=above).exclude(call__status=Call.Status.DRAFT)
        level = list(below.select_related("call__issuer").order_by("call__issuer__path", "pk"))
        above = [one.pk for one in level]
        if known := level if seen is None else _within(level, seen):
            levels.append(known)
    return levels


def _within(some: list[Directive], seen: Q) -> list[Directive]:
    known = set(Directive.objects.filter(seen, pk__in=[one.pk for one in some]).values_list("pk", flat=True))
    return [one for one in some if one.pk in known]


def attachment_for(user: User, pk: int) -> Attachment:
    """A file of a directive within reach, or of one that was passed on with one within reach; else 404."""
    found = get_object_or_404(Attachment.objects.select_related("directive"), pk=pk)
    keys = [found.directive_id, *(one.pk for level in made_from(found.directive) for one in level)]
    if directives_for(user).filter(pk__in=keys).exists():
        return found
    raise Http404


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
