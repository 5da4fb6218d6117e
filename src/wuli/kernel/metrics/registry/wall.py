"""Metrics beside a board on a wall."""

from collections.abc import Sequence
from datetime import date

from wuli.base.figures import kept
from wuli.kernel.cascade.rules.wall import Tile
from wuli.kernel.orgs.models import Unit, User

from ..queries import reach
from ..queries.showing import shown
from ..rules.metrics import Metric, known

USUAL = ("orgs.people", "orgs.enterprises")


def tiles(user: User, unit: Unit, on: date, codes: Sequence[str]) -> list[Tile]:
    """Those of `codes`, else the usual ones, of which `user` may see the number of `unit`."""
    metrics = [metric for code in codes or USUAL if (metric := known().get(code))]
    return [_tile(one, unit, on) for one in metrics if reach.may_at(user, one.perm, unit) and unit.line in one.lines]


def _tile(metric: Metric, unit: Unit, on: date) -> Tile:
    told = kept(f"wall.{metric.code}.{unit.pk}.{on}", lambda: shown(metric, unit, on).words)
    return Tile(str(metric.title), told)
