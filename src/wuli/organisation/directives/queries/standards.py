"""Which hours hold for what a unit issues: laid down by itself or the nearest unit above it, else what is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import way_to
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Standard, Urgency
from ..rules.urgency import PACES, Pace


@dataclass(frozen=True)
class InForce:
    """The hours of an urgency, and where they were laid down; nowhere if they are those proposed."""

    urgency: Urgency
    pace: Pace
    standard: Standard | None


def in_force(unit: Unit | None, on: date) -> list[InForce]:
    """What holds for each urgency at `unit` that day."""
    found = _nearest(unit, on) if unit else {}
    return [
        InForce(urgency, _pace(found[urgency]) if urgency in found else PACES[urgency], found.get(urgency))
        for urgency in Urgency
    ]  # fmt: skip


def paces_at(unit: Unit | None, on: date) -> dict[Urgency, Pace]:
    return {one.urgency: one.pace for one in in_force(unit, on)}


def laid_down(unit: Unit) -> QuerySet[Standard]:
    """All that a unit has ever laid down, and will hold, the newest first."""
    return Standard.objects.filter(unit=unit).select_related("by").order_by("-from_date", "-pk")


def may_lay_down(user: User) -> QuerySet[Unit]:
    """The units at which `user` may issue, and so say by which hours."""
    return Unit.objects.filter(reach(user, Perm.CALL_ISSUE).units())


def _nearest(unit: Unit, on: date) -> Mapping[str, Standard]:
    """Of each urgency, the newest of the unit furthest down that has laid down anything. A Party body stands under the
    tops of its own line, and these under the unit that they serve."""
    held = Q(unit__path__in=way_to(unit.path))
    if top := _served(unit):
        held |= Q(unit__path__in=way_to(top))
    rows = Standard.objects.filter(held, from_date__lte=on).select_related("unit", "by")
    rank = {unit.line: 1}
    return {
        one.urgency: one
        for one in sorted(
            rows.order_by("from_date", "pk"), key=lambda one: (rank.get(one.unit.line, 0), len(one.unit.path))
        )
    }


def _served(unit: Unit) -> str | None:
    """The path of the unit that the top of a Party body's line serves."""
    return Unit.objects.filter(path=way_to(unit.path)[0]).values_list("serves__path", flat=True).first()


def _pace(standard: Standard) -> Pace:
    return Pace(standard.sign_hours, standard.soon_hours, standard.red_hours)
