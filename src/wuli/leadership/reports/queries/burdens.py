"""Whom the reports cost how much: the calls that ask now, by kind of unit."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q

from wuli.kernel.cascade.models import Call, Form, FormVersion, Reply, Target
from wuli.kernel.cascade.rules.form import Spec, spec_of
from wuli.kernel.cascade.rules.sources import known
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.unit import Kind, under

from ..rules import burden
from ..rules.burden import Asked, Twin

DAYS_TIMED = 7
MOST_TIMED = 20_000
TIMED = "seconds"
"""The field of a reply that tells how long it took, where replies have one."""


def calls_asking(on: date) -> list[Call]:
    """Whoever issued them: what a reporter bears does not end where a duty does."""
    targets = Prefetch("targets", Target.objects.select_related("root").order_by("pk"))
    versions = Prefetch("form__versions", FormVersion.objects.order_by("from_date", "number"))
    found = Call.objects.asking().filter(ends_on__gt=on, form__ends_on__gt=on, cadence__in=burden.DAYS_BETWEEN)
    return list(found.select_related("form", "issuer").prefetch_related(targets, versions).order_by("pk"))


def burdens(calls: list[Call], on: date) -> list[Asked]:
    """For each call and kind what it asks of how many, the heaviest first."""
    units, timed, registers = _units(calls, on), _timed(calls, on), known()
    found = []
    for call in calls:
        for kind in kinds_of(call):
            typed, filled = burden.counted(spec_on(call.form, on).asked_of(kind), registers)
            found.append(Asked(call, kind, units[call.pk, kind], typed, filled, tuple(timed[call.pk, kind])))
    return sorted(found, key=lambda one: (-one.minutes_a_day, one.call.pk, one.kind))


def minutes_by_kind(asked: Iterable[Asked]) -> dict[str, float]:
    """What one who answers for a unit of each kind has to do a day, over all reports; from the top down."""
    found: dict[str, float] = defaultdict(float)
    for one in asked:
        found[one.kind] += one.minutes_a_day
    return {kind: found[kind] for kind in Kind.values if kind in found}


def twins_of(calls: list[Call], on: date) -> list[Twin]:
    asks: dict[int, frozenset[str]] = defaultdict(frozenset)
    specs: dict[Form, Spec] = {}
    for call in calls:
        if call.form:
            specs[call.form] = spec_on(call.form, on)
            asks[call.form.pk] |= frozenset(kinds_of(call))
    return burden.twins(specs, asks)


def spec_on(form: Form | None, on: date) -> Spec:
    begun = [one for one in form.versions.all() if one.from_date <= on] if form else []
    return spec_of(begun[-1] if begun else None)


def kinds_of(call: Call) -> list[str]:
    asked = {kind for target in call.targets.all() for kind in target.kinds}
    return [kind for kind in Kind.values if kind in asked]


def _units(calls: list[Call], on: date) -> dict[tuple[int, str], int]:
    """How many units each call asks of each kind, in one query."""
    asked = [(call, target, kind) for call in calls for target in call.targets.all() for kind in target.kinds]
    counts = {
        f"n{place}": Count("pk", filter=under(target.root.path) & Q(kind=kind))
        for place, (_call, target, kind) in enumerate(asked)
    }
    row = Unit.objects.open(on).aggregate(**counts) if counts else {}
    found: dict[tuple[int, str], int] = defaultdict(int)
    for place, (call, _target, kind) in enumerate(asked):
        found[call.pk, kind] += row[f"n{place}"]
    return found


def _timed(calls: list[Call], on: date) -> dict[tuple[int, str], list[int]]:
    """Seconds between opening the page and filing, of the newest answers: where they are known."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    if not any(field.name == TIMED for field in Reply._meta.fields):
        return found
    newest = Reply.objects.filter(slot__round__call__in=calls, slot__round__on__gte=on - timedelta(days=DAYS_TIMED))
    rows: Any = newest.exclude(**{TIMED: None}).order_by("-pk")
    for call, kind, seconds in rows.values_list("slot__round__call", "slot__kind", TIMED)[:MOST_TIMED]:
        found[call, kind].append(seconds)
    return found
