"""What the next number of an office would be."""

from datetime import date

from wuli.kernel.cascade.models import Call
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
    return written(prefix, year, free_after(prefix, year, used or 0))


def free_after(prefix: str, year: int, last: int) -> int:
    """The next running number that nobody has typed by hand."""
    free = last + 1
    while Call.objects.filter(number=written(prefix, year, free)).exists():
        free += 1
    return free


def owner_of(prefix: str, on: date) -> Unit | None:
    """The unit that used a prefix last, as long as it has not closed: nobody else numbers by it."""
    found = Series.objects.filter(prefix=prefix).select_related("unit").order_by("-year", "-pk").first()
    return found.unit if found and found.unit.closed_on > on else None
