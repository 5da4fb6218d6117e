"""A list of people for a duty over a large subtree costs at most 1.3 times the same list without scope."""

import statistics
import time
from typing import Any

from django.db.models import QuerySet

from wuli.base.clock import today
from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.people import ORDER
from wuli.kernel.orgs.queries.scope import Scope

ROUNDS = 15


def main() -> None:
    everyone = Person.objects.on_roll(today()).select_related("unit", "post").order_by(*ORDER)
    for top in _tops():
        scoped = everyone.filter(Scope(((top.path, "operations"),)).people())
        under_it = Unit.objects.filter(under(top.path), kind="enterprise").count()
        for size in (50, 5000):
            bare, with_scope = _median(everyone[:size]), _median(scoped[:size])
            print(
                f"{under_it} enterprises, {size} rows: bare {bare:.2f} ms, scoped {with_scope:.2f} ms, "
                f"ratio {with_scope / bare:.2f} (goal 1.3)"
            )


def _tops() -> list[Unit]:
    """The group, and its largest segment."""
    segments = Unit.objects.filter(kind="segment", line="operations").order_by("pk")
    return [Unit.objects.get(kind="group"), max(segments, key=lambda unit: Person.objects.under(unit).count())]


def _median(rows: QuerySet[Any]) -> float:
    taken = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        list(rows.all())
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)
