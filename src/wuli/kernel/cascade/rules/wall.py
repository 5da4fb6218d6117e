"""Numbers beside a board on a wall: apps above this one register what they can tell of a unit on a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from wuli.kernel.orgs.models import Unit, User


@dataclass(frozen=True)
class Tile:
    label: str
    value: str


type Teller = Callable[[User, Unit, date, Sequence[str]], list[Tile]]
"""The tiles of the codes that were asked for, without those that the reader may not see; with none asked, a few."""

_tellers: dict[str, Teller] = {}


def register(name: str, teller: Teller) -> None:
    _tellers[name] = teller


def tiles(user: User, unit: Unit, on: date, codes: Sequence[str]) -> list[Tile]:
    return [tile for teller in _tellers.values() for tile in teller(user, unit, on, codes)]
