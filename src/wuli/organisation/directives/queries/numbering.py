"""What the next number of an office would be."""

from wuli.kernel.orgs.models import Unit

from ..models import Series
from ..rules.numbers import written


def last_prefix(unit: Unit | None) -> str:
    """The prefix that the office used last; empty before its first."""
    if unit is None:
        return ""
    found = Series.objects.filter(unit=unit).order_by("-year", "-pk").values_list("prefix", flat=True).first()
    return found or ""


def next_number(unit: Unit, prefix: str, year: int) -> str:
    """As it would be now; whoever issues first takes it."""
    used = Series.objects.filter(unit=unit, prefix=prefix, year=year).values_list("last", flat=True).first()
    return written(prefix, year, (used or 0) + 1)
