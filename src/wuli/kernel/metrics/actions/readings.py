"""Readings are taken by the tick, once the day has ended, in bulk; a stopped machine catches up."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Line, Placement

from ..models import Reading
from ..queries import numbers
from ..queries import readings as queries
from ..rules.metrics import Metric
from ..rules.numbers import fixed

DAYS_AT_ONCE = 4
"""Days that one tick reads, so that a long outage is made up for in a few of them and none takes minutes."""


def take_due(at: datetime) -> int:
    """Take the readings of days that have ended; returns how many. Twice does no harm."""
    return sum(_take(on, metrics, at) for on, metrics in islice(queries.due(at), DAYS_AT_ONCE))


def _take(on: date, metrics: Sequence[Metric], at: datetime) -> int:
    """Count first, then write: nobody waits for the counting."""
    nodes = list(queries.nodes_on(on))
    return _keep(on, [reading for metric in metrics for reading in _readings(metric, on, nodes, at)], nodes, at)


def _readings(metric: Metric, on: date, nodes: Sequence[Placement], at: datetime) -> Iterator[Reading]:
    told = [node for node in nodes if Line(node.unit.line) in metric.lines]
    tops = [node.path for node in told if node.parent_id is None]
    found = numbers.by_node(metric, on, tops, [node.path for node in told])
    assert metric.reading is not None
    for node in told:
        value = fixed(found[node.path])
        yield Reading(metric=metric.code, unit_id=node.unit_id, on=on, value=value, source=metric.reading, taken_at=at)


@transaction.atomic
def _keep(on: date, taken: list[Reading], nodes: Sequence[Placement], at: datetime) -> int:
    Reading.objects.bulk_create(taken, ignore_conflicts=True, batch_size=1000)
    changes = {
        "on": [None, str(on)], "readings": [None, len(taken)], "metrics": [None, len({one.metric for one in taken})],
    }  # fmt: skip
    top = next(node.unit for node in nodes if node.parent_id is None)
    journal.record("reading.taken", unit=top, changes=changes, at=at)
    return len(taken)
