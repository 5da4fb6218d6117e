"""Decisions of a meeting, and those of earlier ones that are still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from wuli.base.clock import business_date
from wuli.kernel.ledger.models import FollowUp
from wuli.kernel.ledger.models.item import ACTIVE
from wuli.kernel.ledger.queries.items import items_for
from wuli.kernel.ledger.rules.slips import Slip
from wuli.kernel.orgs.models import Person, Posting, Unit, User
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.units import enterprise_of

from ..models import Decision, Meeting, Series
from .meetings import before

LEADS = ("head", "deputy", "party_secretary")


@dataclass(frozen=True)
class Action:
    """A decision with its item as it stands now."""

    decision: Decision
    slip: Slip
    opens: bool
    """Whether the reader may open the item."""
    followed_at: datetime | None = None
    followed: str = ""


def decisions_of(meeting: Meeting) -> QuerySet[Decision]:
    return _with_names(meeting.decisions.order_by("made_at", "pk"))


def decision_for(meeting: Meeting, pk: int) -> Decision:
    return get_object_or_404(decisions_of(meeting), pk=pk)


def open_of(series: Series, *, but: Meeting | None = None) -> QuerySet[Decision]:
    """What the series decided and nobody has finished, the soonest due first; not what `but` decides itself."""
    found = Decision.objects.filter(meeting__series=series, item__status__in=ACTIVE)
    if but:
        found = found.exclude(meeting=but)
    return _with_names(found).order_by("item__due_on", "pk")


def of_keys(keys: Iterable[int]) -> QuerySet[Decision]:
    return _with_names(Decision.objects.filter(pk__in=list(keys)).order_by("pk"))


def closed_since(meeting: Meeting) -> int:
    """How many actions of the series were closed since the meeting before."""
    last = before(meeting)
    since = last.starts_at if last else None
    found = Decision.objects.filter(meeting__series=meeting.series_id, item__status="closed")
    return found.filter(item__closed_at__gte=since).count() if since else 0


def shown(decisions: QuerySet[Decision], user: User, at: datetime) -> list[Action]:
    """With what was said last, and which of them `user` may open: in two queries."""
    rows = list(with_last(decisions))
    open_to = set(items_for(user).filter(pk__in=[one.item_id for one in rows]).values_list("pk", flat=True))
    return [
        Action(
            one, Slip(one.item, business_date(at, one.item.unit.zone)), one.item_id in open_to, one.followed_at,
            one.followed or "",
        )
        for one in rows
    ]  # fmt: skip


def with_last(decisions: QuerySet[Decision]) -> QuerySet[Any]:
    """With `followed_at` and `followed`: when somebody last said how far it has come, and what."""
    last = FollowUp.objects.filter(item=OuterRef("item")).order_by("-at", "-pk")
    return decisions.annotate(followed_at=Subquery(last.values("at")[:1]), followed=Subquery(last.values("text")[:1]))


def place_of(owner: Person, within: Unit, on: date) -> Unit:
    """Where a decision that names only a person is followed: the highest unit they lead, else their enterprise."""
    held = Posting.objects.on(on).filter(under(within.path, "unit__path"), person=owner, duty__in=LEADS)
    leads = held.select_related("unit").order_by("unit__depth", "pk").first()
    return leads.unit if leads else enterprise_of(owner.unit) or owner.unit


def _with_names(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    return decisions.select_related("item__owner", "item__second", "item__unit", "owner", "unit", "meeting", "made_by")
