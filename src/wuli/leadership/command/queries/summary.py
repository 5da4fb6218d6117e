"""The numbers of a response up to a moment, counted from rows; fixed when it is stood down."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from wuli.base.clock import business_date
from wuli.kernel.cascade.models import Call, Slot
from wuli.kernel.ledger.models import Item

from ..models import Presence, Response, Shift
from ..rules.summary import days_in_force, share
from .duty import missed_among
from .groups import without_group
from .presence import expected
from .responses import ground_of, units_led

ANSWERED = (Slot.State.ZERO, Slot.State.SOME)


def figures(response: Response, at: datetime) -> dict[str, Any]:
    """By the codes of `rules.summary.FIGURES`. None is not known, never 0."""
    parts = (_response, _groups, _presence, _duty, _calls, _items)
    return {code: value for part in parts for code, value in part(response, at).items()}


def calls_of(response: Response, at: datetime) -> Q:
    """The calls that the unit which activated the response issued while it was in force, drafts left out."""
    return Q(issuer=response.issuer_id, issued_at__gte=response.activated_at, issued_at__lte=at)


def _response(response: Response, at: datetime) -> dict[str, Any]:
    zone = response.issuer.zone
    return {
        "response.days": days_in_force(business_date(response.activated_at, zone), business_date(at, zone)),
        "response.level_changes": response.levels.count() - 1,
        "response.notes": response.notes.count(),
    }


def _groups(response: Response, at: datetime) -> dict[str, Any]:
    today = business_date(at, response.issuer.zone)
    expected = units_led(response, today).count()
    return {"command.units": expected, "command.with_group": expected - without_group(response, today).count()}


def _presence(response: Response, at: datetime) -> dict[str, Any]:
    n = expected(response).aggregate(
        expected=Count("pk"), at_post=Count("pk", filter=Q(status=Presence.AT_POST)),
        unstated=Count("pk", filter=Q(status="")),
    )  # fmt: skip
    return {
        "command.expected": n["expected"], "command.at_post": n["at_post"], "command.unstated": n["unstated"],
        "command.presence": share(n["at_post"], n["expected"]),
    }  # fmt: skip


def _duty(response: Response, at: datetime) -> dict[str, Any]:
    """Shifts that ended at desks of the units in force, by how they were handed over."""
    inside = ground_of(response).units("desk__unit__path")
    ended = Shift.objects.planned().filter(inside, until_at__gt=response.activated_at, until_at__lte=at)
    taken = ended.filter(handover__taken_at__isnull=False).count()
    return {"duty.shifts": ended.count(), "duty.taken": taken, "duty.missed": len(missed_among(ended, at))}


def _calls(response: Response, at: datetime) -> dict[str, Any]:
    calls = Call.objects.filter(calls_of(response, at))
    slots = Slot.objects.filter(round__call__in=calls.values("pk"))
    n = slots.aggregate(
        asked=Count("pk", filter=~Q(state=Slot.State.EXEMPT)), answered=Count("pk", filter=Q(state__in=ANSWERED))
    )  # fmt: skip
    return {
        "call.issued": calls.count(), "cascade.asked": n["asked"], "cascade.answered": n["answered"],
        "cascade.coverage": share(n["answered"], n["asked"]),
    }  # fmt: skip


def _items(response: Response, at: datetime) -> dict[str, Any]:
    during = (response.activated_at, at)
    today = business_date(at, response.issuer.zone)
    n = Item.objects.filter(ground_of(response).units()).aggregate(
        opened=Count("pk", filter=Q(opened_at__range=during)), closed=Count("pk", filter=Q(closed_at__range=during)),
        overdue=Count("pk", filter=Q(status__in=["open", "closing"], due_on__lt=today)),
    )  # fmt: skip
    return {"ledger.opened": n["opened"], "ledger.closed": n["closed"], "ledger.overdue": n["overdue"]}
