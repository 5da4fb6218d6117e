"""Where responsibility has a hole: people nobody keeps, cells nobody can keep, enterprises nobody answers for.

"Who employs, manages, is responsible" (seed 1) must have an answer for everybody on every day; what
has none is listed here, at every level, and the counts of children add up to their parent's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wuli.base.figures import kept
from wuli.base.prepared import Prepared

from ..models import Kind, Person, Posting, Unit
from ..models.posting import Duty
from ..models.unit import STEP, under
from ..rules.people import CELL_LIMIT
from .inner_cells import outside

type Rows = QuerySet[Person] | QuerySet[Unit]


class Spot(StrEnum):
    NO_CELL = "no_cell"
    TWO_CELLS = "two_cells"
    NO_POST = "no_post"
    NO_KEEPER = "no_keeper"
    TOO_LARGE = "too_large"
    NO_HEAD = "no_head"
    NO_REPORTER = "no_reporter"


@dataclass(frozen=True)
class BlindSpot:
    label: str | Promise
    remedy: str | Promise
    of_people: bool
    rows: Callable[[str, date], Rows]


def listed(spot: Spot, unit: Unit, on: date) -> Rows:
    """The people or units behind one figure, in tree order."""
    return SPOTS[spot].rows(unit.path, on).order_by("path", "pk")


def counted(unit: Unit, on: date) -> dict[Spot, dict[str, int]]:
    """For each kind, how many by child path of `unit`; under `unit`'s own path those that hang on it directly."""
    return {spot: _by_child(info.rows(unit.path, on), unit.path) for spot, info in SPOTS.items()}


def totals(unit: Unit, on: date) -> dict[Spot, int]:
    """How many of each kind."""
    found = dict(_totals(path=unit.path, on=on, twice=tuple(_twice())))
    return {spot: found.get(spot, 0) for spot in SPOTS}


@Prepared
def _totals(path: str, on: date, twice: tuple[str, ...]) -> QuerySet[Any, tuple[str, int]]:
    """In one question; of two cells nothing is asked where nobody is there twice."""
    told: dict[Spot, Rows] = {spot: info.rows(path, on) for spot, info in SPOTS.items() if spot != Spot.TWO_CELLS}
    if twice:
        told[Spot.TWO_CELLS] = _both(path, on, twice)
    first, *others = (_numbered(spot, rows) for spot, rows in told.items())
    return first.union(*others, all=True)


def _numbered(spot: Spot, rows: Rows) -> QuerySet[Any, tuple[str, int]]:
    named = rows.order_by().annotate(spot=Value(spot.value, output_field=CharField()))
    return named.values("spot").annotate(n=Count("pk")).values_list("spot", "n")


def _by_child(rows: Rows, path: str) -> dict[str, int]:
    found = rows.annotate(child=Substr("path", 1, len(path) + STEP)).values_list("child").annotate(n=Count("pk"))
    return dict(found.order_by())


def _people(path: str, on: date) -> QuerySet[Person]:
    return Person.objects.on_roll(on).filter(under(path)).select_related("unit", "post")


def _units(path: str, on: date, kind: Kind) -> QuerySet[Unit]:
    return Unit.objects.open(on).filter(under(path), kind=kind)


def _no_cell(path: str, on: date) -> QuerySet[Person]:
    """Who hangs above the teams; a cell inside a workshop is a cell too."""
    higher = Unit.objects.filter(under(path)).exclude(kind=Kind.TEAM, closed_on__gt=on)
    return outside(_people(path, on).filter(unit__in=higher.values("pk")), on)


def _two_cells(path: str, on: date) -> QuerySet[Person]:
    """The same identity number on the roll twice, under two employee numbers."""
    return _both(path, on, _twice())


def _both(path: str, on: date, twice: Sequence[str]) -> QuerySet[Person]:
    other = Person.objects.on_roll(on).filter(identity_hash=OuterRef("identity_hash")).exclude(pk=OuterRef("pk"))
    return _people(path, on).filter(Exists(other), identity_hash__in=twice)


def _twice() -> list[str]:
    return kept("orgs.twice", _given_twice)


def _given_twice() -> list[str]:
    """Identity numbers, as hashes, that two entries have; found by one walk through their index."""
    known = Person.objects.filter(identity_hash__gt="").values("identity_hash").annotate(n=Count("pk"))
    return list(known.filter(n__gt=1).order_by().values_list("identity_hash", flat=True))


def _no_post(path: str, on: date) -> QuerySet[Person]:
    return _people(path, on).filter(post__isnull=True)


def _without(duty: Duty, kind: Kind) -> Callable[[str, date], QuerySet[Unit]]:
    def rows(path: str, on: date) -> QuerySet[Unit]:
        held = Posting.objects.on(on).filter(unit=OuterRef("pk"), duty=duty)
        return _units(path, on, kind).filter(~Exists(held))

    return rows


def _too_large(path: str, on: date) -> QuerySet[Unit]:
    """Counted twice: only of the few teams with so many people is asked who of them is in a cell inside."""
    teams = _units(path, on, Kind.TEAM)
    crowded = teams.filter(pk__in=_crowded(Person.objects.on_roll(on).filter(unit__in=teams.values("pk"))))
    return teams.filter(pk__in=_crowded(outside(Person.objects.on_roll(on).filter(unit__in=crowded.values("pk")), on)))


def _crowded(people: QuerySet[Person]) -> Any:
    counted = people.values("unit").annotate(n=Count("pk")).filter(n__gt=CELL_LIMIT).order_by()
    return counted.values("unit")


SPOTS: dict[Spot, BlindSpot] = {
    Spot.NO_CELL: BlindSpot(_("没有编入班组的人"), _("把他们编入班组"), True, _no_cell),
    Spot.TWO_CELLS: BlindSpot(_("同时在两个班组的人"), _("核对身份证号，注销多余的一条"), True, _two_cells),
    Spot.NO_POST: BlindSpot(_("没有岗位的人"), _("补填岗位"), True, _no_post),
    Spot.NO_KEEPER: BlindSpot(_("没有网格员的班组"), _("任命网格员"), False, _without(Duty.GRID_KEEPER, Kind.TEAM)),
    Spot.TOO_LARGE: BlindSpot(_("超过 30 人的班组"), _("拆分班组，让网格员认得每个人"), False, _too_large),
    Spot.NO_HEAD: BlindSpot(
        _("没有主要负责人的企业"), _("任命主要负责人"), False, _without(Duty.HEAD, Kind.ENTERPRISE)
    ),
    Spot.NO_REPORTER: BlindSpot(
        _("没有填报人的企业"), _("任命填报人"), False, _without(Duty.REPORTER, Kind.ENTERPRISE)
    ),
}
