"""What waits for a reviewer, what changed since the day before first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import Scope, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Round, Slot
from ..models.round import SlotQuerySet
from ..rules.form import Field, spec_of
from ..rules.outliers import Change, changes
from .slots import JOINED

AT_ONCE = 200
DAYS_BEFORE = 7


@dataclass(frozen=True)
class Row:
    slot: Slot
    changes: list[Change]
    values: list[Any]
    """Of the fields shown as columns: the matters."""
    is_first: bool
    """Nothing was answered before, so nothing can be compared."""


@dataclass(frozen=True)
class ToReview:
    rows: list[Row]
    more: int
    fields: list[Field]


def to_review(user: User, of: Round) -> ToReview:
    """The answers that wait for `user`, those with something new first; at most `AT_ONCE`, and how many more."""
    waiting = waiting_for_review(user).filter(round=of).order_by("path")
    slots = list(waiting[:AT_ONCE])
    spec = spec_of(of.version)
    past = _past(of, [slot.unit_id for slot in slots])
    columns = [one for one in spec.fields if one.matter]
    rows = [_row(slot, spec.asked_of(slot.kind), columns, past[slot.unit_id]) for slot in slots]
    rows.sort(key=lambda row: (-sum(change.weight for change in row.changes), row.slot.path))
    return ToReview(rows, waiting.count() - len(slots) if len(slots) == AT_ONCE else 0, columns)


def waiting_for_review(user: User) -> QuerySet[Slot]:
    """Answers under the asker's duties of review, never those of the very unit where they hold them."""
    return waiting_within(reach(user, Perm.REPLY_REVIEW)).select_related(*JOINED)


def waiting_within(scope: Scope) -> SlotQuerySet:
    """The same, from where someone's duties of review reach."""
    roots = [root for root, _line in scope.roots]
    waiting = Slot.objects.filter(scope.units("unit__path"), review=Slot.Review.WAITING)
    return waiting.exclude(unit__path__in=roots)


def _past(of: Round, units: list[int]) -> dict[int, list[dict[str, Any]]]:
    rounds = list(of.call.rounds.filter(on__lt=of.on).order_by("-on").values_list("pk", flat=True)[:DAYS_BEFORE])
    rows = Slot.objects.filter(round__in=rounds, unit__in=units, reply__isnull=False).order_by("-round__on")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for unit, values in rows.values_list("unit", "reply__values"):
        found[unit].append(values)
    return found


def _row(slot: Slot, asked: Sequence[Field], columns: list[Field], past: list[dict[str, Any]]) -> Row:
    values = slot.reply.values if slot.reply else {}
    return Row(slot, changes(asked, values, past), [values.get(one.key) for one in columns], not past)


def rounds_waiting(user: User) -> list[tuple[Round, int]]:
    """The rounds under way in which answers wait for `user`, with how many."""
    counts = dict(_counts(scope=reach(user, Perm.REPLY_REVIEW)))
    rounds = Round.objects.filter(pk__in=counts).select_related("call").order_by("on", "pk") if counts else ()
    return [(one, counts[one.pk]) for one in rounds]


@Prepared
def _counts(scope: Scope) -> QuerySet[Slot, tuple[int, int]]:
    under_way = waiting_within(scope).filter(round__closed_at__isnull=True)
    return under_way.order_by().values_list("round").annotate(n=Count("pk"))
