"""Readings as DHIS2 takes them in: a data value set, with codes for data elements and organisation units."""

from ..models import Reading, ReadingQuerySet
from .metrics import known


def exportable(rows: ReadingQuerySet) -> ReadingQuerySet:
    """Ratios stay out, for the other side would add them up; and so does what is not known."""
    ratios = [metric.code for metric in known().values() if metric.is_ratio]
    return rows.exclude(metric__in=ratios).filter(value__isnull=False)


def value_of(reading: Reading) -> dict[str, str]:
    assert reading.value is not None
    return {
        "dataElement": reading.metric, "period": f"{reading.on:%Y%m%d}", "orgUnit": reading.unit.code,
        "value": f"{reading.value.normalize():f}",
    }  # fmt: skip
