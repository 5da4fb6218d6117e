"""Which branches have held what they owe each month, and which have not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from wuli.kernel.orgs.models import Assignment, Kind, Placement, Unit
from wuli.kernel.orgs.models.unit import under

from ..models import Activity, Host, Rhythm
from ..models.activity import Sort
from ..rules.rhythm import Month, month_of, shipped_on


def rhythm_on(sort: str, day: date) -> Rhythm | None:
    """What the group has said for that day, else what ships; None where nothing is owed."""
    found = Rhythm.objects.on(day).filter(sort=sort).order_by("pk").first() or shipped_on(sort, day)
    return found if found and found.times else None


def held_in(month: Month, until: date, sort: str = Sort.THEME_DAY) -> QuerySet[Host]:
    """Who held an activity of this sort in a month, up to and with the day `until`."""
    return Host.objects.filter(
        activity__status=Activity.Status.HELD, activity__sort=sort, activity__on_date__gte=month.first,
        activity__on_date__lt=month.until, activity__on_date__lte=until,
    )  # fmt: skip


def held_by(branches: Mapping[int, str], on: date) -> Counter[int]:
    """How often each of these branches held a theme day in the month of `on` so far.

    What a branch held before it was merged counts for the one it went into.
    """
    held = _held(on)
    return Counter({branch: held[branch] for branch in branches if branch in held})


def owing(path: str, on: date) -> QuerySet[Placement]:
    """The branches under `path` that had members that day and have not held their theme day in its month so far."""
    with_members = Assignment.objects.on(on).filter(branch__isnull=False).order_by().values("branch")
    placed = Placement.objects.on(on).filter(under(path), unit__kind=Kind.PARTY_BRANCH, unit__in=with_members)
    if rhythm_on(Sort.THEME_DAY, on) is None:
        return placed.none()
    return placed.exclude(unit__in=enough(on)).select_related("unit")


def enough(on: date) -> list[int]:
    """The branches that have held as many theme days in the month of `on` as they owe."""
    rhythm = rhythm_on(Sort.THEME_DAY, on)
    return [branch for branch, times in _held(on).items() if rhythm is None or times >= rhythm.times]


def owing_among(branches: Sequence[Unit], on: date) -> list[Unit]:
    """Those of a few branches that have not held in the month of `on` what they owe."""
    rhythm = rhythm_on(Sort.THEME_DAY, on)
    if rhythm is None or not branches:
        return []
    keys, heirs = {branch.pk for branch in branches}, _heirs(on)
    own = [*keys, *(one for one, heir in heirs.items() if heir in keys)]
    hosts = held_in(month_of(on), on).filter(body__in=own).values_list("body_id", flat=True)
    held = Counter(heirs.get(host, host) for host in hosts)
    return [branch for branch in branches if held[branch.pk] < rhythm.times]


def _held(on: date) -> Counter[int]:
    heirs = _heirs(on)
    hosts = held_in(month_of(on), on).values_list("body_id", flat=True)
    return Counter(heirs.get(host, host) for host in hosts)


def _heirs(on: date) -> dict[int, int]:
    """For each branch that was merged by that day the one that stood for it then, however often that was merged."""
    merged = Unit.objects.filter(kind=Kind.PARTY_BRANCH, merged_into__isnull=False, closed_on__lte=on)
    into = dict(merged.values_list("pk", "merged_into_id"))
    found = {}
    for branch, heir in into.items():
        while heir in into:
            heir = into[heir]
        found[branch] = heir
    return found
