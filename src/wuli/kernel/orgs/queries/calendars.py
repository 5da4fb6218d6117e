"""Who works on which day: by the place of each unit, with the house's own exceptions.

To ask for one unit: `why_rests(unit, day)` tells the holiday (or None: it works), `next_working_day(unit, day)` the
first working day from `day` on. To ask for many: `WorkCalendar(first, last)` reads what it needs once, then
`calendar.why_rests(path, day)` for any path of either line costs no query.
"""

from datetime import date, timedelta
from functools import cached_property

from django.db.models import QuerySet

from ..models import CalendarException, Placement, Region, Unit, User
from ..models.unit import STEP, way_to
from ..rules.calendars import why_usually_rests, wider
from ..rules.duties import Perm
from .scope import reach
from .units import path_on

ONE_DAY = timedelta(days=1)
LONGEST_REST = 60
"""Days after which looking for a working day is given up: a place that is closed for good has none."""


class Places:
    """Where units stood on a day: as noted at the unit, else at the nearest above it; else, for a Party body, where
    the unit that it serves stands."""

    def __init__(self, on: date) -> None:
        self.on = on

    def region(self, path: str) -> str:
        """The code of the place; "" where nothing is noted."""
        if found := _nearest(self._noted, path):
            return found
        served = _nearest(self._served, path) if self._is_party(path) else ""
        return self.region(served) if served else ""

    @cached_property
    def _noted(self) -> dict[str, str]:
        noted = Placement.objects.on(self.on).filter(unit__region__isnull=False)
        return dict(noted.values_list("path", "unit__region_id").order_by())

    @cached_property
    def _served(self) -> dict[str, str]:
        bodies = Placement.objects.on(self.on).filter(unit__serves__isnull=False)
        serves = dict(bodies.values_list("path", "unit__serves").order_by())
        served = Placement.objects.on(self.on).filter(unit__party_bodies__isnull=False)
        places = dict(served.values_list("unit", "path").order_by())
        return {path: places[unit] for path, unit in serves.items() if unit in places}

    @cached_property
    def _party_roots(self) -> tuple[str, ...]:
        roots = Placement.objects.on(self.on).filter(parent__isnull=True, unit__line="party")
        return tuple(roots.values_list("path", flat=True).order_by("path"))

    def _is_party(self, path: str) -> bool:
        return path.startswith(self._party_roots)


def _nearest(known: dict[str, str], path: str) -> str:
    """What is known at `path` or at the nearest place above it, "" if nothing is; remembered in `known`."""
    if path not in known:
        known[path] = _nearest(known, path[:-STEP]) if path else ""
    return known[path]


class WorkCalendar:
    """Working days from `first` to `last` (the same, if it is left out), on the tree of the last."""

    def __init__(self, first: date, last: date | None = None) -> None:
        self.first, self.last = first, last or first
        self.places = Places(self.last)
        self._usual: dict[tuple[str, date], str | None] = {}

    def why_rests(self, path: str, on: date) -> str | None:
        """Why the unit at `path` does not work that day; None if it does. The nearest word counts: an exception of
        the unit or one above it, of its place or a wider one, else the public holidays of its country."""
        for step in reversed(way_to(path)):
            for one in self._of_units.get(step, ()):
                if one.holds_on(on):
                    return None if one.works else one.reason
        return self._why_place_rests(self.places.region(path), on)

    def _why_place_rests(self, region: str, on: date) -> str | None:
        if (region, on) not in self._usual:
            said = (one for code in wider(region) for one in self._of_regions.get(code, ()) if one.holds_on(on))
            if one := next(said, None):
                self._usual[region, on] = None if one.works else one.reason
            else:
                self._usual[region, on] = why_usually_rests(region, on)
        return self._usual[region, on]

    @cached_property
    def _exceptions(self) -> list[CalendarException]:
        return list(CalendarException.objects.in_force(self.first, self.last).order_by("-pk"))

    @cached_property
    def _of_regions(self) -> dict[str, list[CalendarException]]:
        """By place, the newest first."""
        found: dict[str, list[CalendarException]] = {}
        for one in self._exceptions:
            if one.region_id:
                found.setdefault(one.region_id, []).append(one)
        return found

    @cached_property
    def _of_units(self) -> dict[str, list[CalendarException]]:
        """By the path where the unit hung on the last day, the newest first."""
        units = [one.unit_id for one in self._exceptions if one.unit_id]
        placed = Placement.objects.on(self.last).filter(unit__in=units) if units else Placement.objects.none()
        paths = dict(placed.values_list("unit", "path").order_by())
        found: dict[str, list[CalendarException]] = {}
        for one in self._exceptions:
            if one.unit_id in paths:
                found.setdefault(paths[one.unit_id], []).append(one)
        return found


def why_rests(unit: Unit, on: date) -> str | None:
    """Why `unit` does not work on a day: the name of the holiday, the weekend, or what the house has said. None: it
    works. A unit that was not open that day is asked where it stands now."""
    return WorkCalendar(on).why_rests(path_on(unit, on) or unit.path, on)


def next_working_day(unit: Unit, on: date) -> date:
    """The first day from `on` (included) that `unit` works; `on` itself if there is none for two months."""
    calendar = WorkCalendar(on, on + timedelta(days=LONGEST_REST))
    days = (on + timedelta(days=n) for n in range(LONGEST_REST))
    return next((day for day in days if not calendar.why_rests(unit.path, day)), on)


def place_of(unit: Unit, on: date) -> Region | None:
    """The place whose calendar `unit` keeps; None where none is noted, which means the group's own country."""
    return Region.objects.filter(pk=Places(on).region(path_on(unit, on) or unit.path)).first()


def exceptions_for(user: User) -> QuerySet[CalendarException]:
    """Those of places, which everyone may know, and of units within reach; the latest first."""
    seen = CalendarException.objects.filter(unit__isnull=True) | CalendarException.objects.filter(
        reach(user, Perm.UNIT_VIEW).units("unit__path")
    )
    return seen.select_related("region", "unit", "by__person", "lifted_by__person").order_by("-from_date", "-pk")


def days_of(unit: Unit, first: date, last: date) -> list[tuple[date, str | None]]:
    """Each day from `first` to `last` with why the unit rests, or None."""
    calendar, days = WorkCalendar(first, last), (last - first).days + 1
    return [(day, calendar.why_rests(unit.path, day)) for day in (first + ONE_DAY * n for n in range(days))]
