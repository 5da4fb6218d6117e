"""A second way to every number: the rows read one by one and counted in Python, by what they hold themselves."""

from decimal import Decimal

from wuli.kernel.metrics.queries import numbers
from wuli.kernel.metrics.rules.metrics import Rolls, parts_of


def by_hand(metric, part):
    if metric.is_ratio:
        above, below = (by_hand(one, part) for one in parts_of(metric))
        return 100 * above / below if below else None
    rows = list(numbers.rows(metric, part))
    if metric.rolls == Rolls.DISTINCT:
        return Decimal(len({lead(row, metric.key) for row in rows} - {None}))
    if metric.rolls == Rolls.LATEST and not rows:
        return None
    return sum((Decimal(str(lead(row, metric.value) or 0)) if metric.value else 1 for row in rows), Decimal())


def lead(row, field):
    for step in field.split("__"):
        row = getattr(row, step)
    return row
