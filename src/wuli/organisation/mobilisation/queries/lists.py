"""What lists from paper are compared with, people by number and members of a day; and their preview in words."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.queries.lines import Change, Line
from wuli.kernel.orgs.queries.units import path_on

from ..models.activity import Presence
from ..models.campaign import Way
from ..rules.lists.attendance import ATTENDANCE
from ..rules.lists.pledges import PLEDGES
from . import roll

if TYPE_CHECKING:
    import polars as pl

AT_ONCE = 500


def people_called(numbers: Collection[str]) -> dict[str, Person]:
    """By staff number; whether they may be named is told by where they were members."""
    found: dict[str, Person] = {}
    for some in batched(sorted(numbers), AT_ONCE, strict=False):
        found |= {one.number: one for one in Person.objects.filter(number__in=some).only("pk", "number", "name")}
    return found


def members_then(body: Unit, days: Iterable[date], among: Collection[int]) -> dict[date, dict[int, int]]:
    """For each day the branch, below `body` as it then hung, of those of `among` who were members; a query a day."""
    found = {}
    for day in set(days):
        path = path_on(body, day)
        rows = roll.members(path, day).values_list("who", "branch") if path else ()
        found[day] = {who: branch for who, branch in rows if who in among}
    return found


def pledge_lines(piece: "pl.DataFrame") -> list[Line]:
    """Commitments that a list would record."""
    columns = PLEDGES.columns
    return [
        Line(row["row"], row["number"], row["name"], _said([
            (_("党支部"), "", row["branch"]), (columns["signed_on"].title, "", row["signed_on"]),
            (columns["way"].title, "", Way(row["way"]).label), (columns["own_words"].title, "", row["own_words"]),
        ])) for row in piece.iter_rows(named=True)
    ]  # fmt: skip


def attendance_lines(piece: "pl.DataFrame") -> list[Line]:
    """Marks that a list would set."""
    columns = ATTENDANCE.columns
    return [
        Line(row["row"], row["number"], row["name"], _said([
            (columns["branch"].title, "", row["branch"]), (columns["held_on"].title, "", row["held_on"]),
            (columns["title"].title, "", row["title"]),
            (columns["presence"].title, _presence(row["had_presence"]), _presence(row["presence"])),
            (columns["reason"].title, row["had_reason"], row["reason"]),
        ])) for row in piece.iter_rows(named=True)
    ]  # fmt: skip


def _presence(value: str | None) -> str:
    return str(Presence(value).label) if value else ""


def _said(parts: list[tuple[Any, Any, Any]]) -> list[Change]:
    found = [(str(label), str(before or ""), str(after or "")) for label, before, after in parts]
    return [Change(*part) for part in found if part[1] != part[2]]
