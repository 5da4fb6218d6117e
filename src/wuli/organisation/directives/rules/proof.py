"""The rows of a proof of coverage, their totals, and the digest by which a printed one can be checked."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.orgs.models.unit import Kind

from .colours import STANDINGS, Standing

SHORTEST = 16
"""Signs of a digest that are enough to find its proof."""


@dataclass(frozen=True)
class Signature:
    """Who did something for a unit, and when."""

    name: str
    number: str
    at: datetime
    late: bool
    proxy: bool


@dataclass(frozen=True)
class Row:
    """One unit as it stood. `chain` names the units above it, from the node of the proof down."""

    code: str
    name: str
    kind: str
    chain: tuple[str, ...]
    standing: Standing
    received: Signature | None = None
    done: Signature | None = None
    evidence: tuple[str, ...] = ()
    """Digests of the files that prove it."""

    @property
    def state(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def above(self) -> str:
        """The two units next above: those further up are the same for hundreds of rows."""
        return " / ".join(self.chain[-2:])

    @property
    def line(self) -> str:
        """What the digest covers of it: facts that never change, no names of units, which may."""
        parts = [self.code, "exempt" if self.standing == Standing.EXEMPT else ""]
        for one in (self.received, self.done):
            parts += [one.number, one.at.astimezone(UTC).isoformat(), str(one.proxy)] if one else [""]
        return "|".join([*parts, *sorted(self.evidence)])


@dataclass(frozen=True)
class Tally:
    """How many units, and what became of them."""

    issued: int = 0
    exempt: int = 0
    received: int = 0
    received_late: int = 0
    done: int = 0
    done_late: int = 0
    evidence: int = 0

    @property
    def asked(self) -> int:
        return self.issued - self.exempt

    @property
    def missing(self) -> int:
        """Without a receipt."""
        return self.asked - self.received

    @property
    def undone(self) -> int:
        return self.asked - self.done

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def tally_of(row: Row) -> Tally:
    if row.standing == Standing.EXEMPT:
        return Tally(issued=1, exempt=1, evidence=len(row.evidence))
    got, did = row.received, row.done
    return Tally(
        issued=1, received=int(got is not None), received_late=int(bool(got and got.late)),
        done=int(did is not None), done_late=int(bool(did and did.late)), evidence=len(row.evidence),
    )  # fmt: skip


def by_kind(rows: Iterable[Row]) -> list[tuple[str, Tally]]:
    """The label of each kind with its tally, from the top down."""
    found: dict[str, Tally] = defaultdict(Tally)
    for row in rows:
        found[row.kind] += tally_of(row)
    return [(str(kind.label), found[kind]) for kind in Kind if kind in found]


def total(rows: Iterable[Row]) -> Tally:
    return sum((tally_of(row) for row in rows), Tally())


def digest(number: str, unit: str, as_of: datetime, rows: Iterable[Row]) -> str:
    """SHA-256 over the directive's number, the unit, the moment, and every row in the order of the units' codes."""
    told = hashlib.sha256(f"{number}|{unit}|{as_of.astimezone(UTC).isoformat()}".encode())
    for line in sorted(row.line for row in rows):
        told.update(f"\n{line}".encode())
    return told.hexdigest()


def in_fours(told: str) -> str:
    """A digest as it is read aloud."""
    return " ".join(told[start : start + 8] for start in range(0, len(told), 8))


def typed(text: str) -> str:
    """A digest as somebody typed or pasted it, or "" if it can be none."""
    bare = "".join(text.lower().split())
    is_one = SHORTEST <= len(bare) <= 64 and all(sign in "0123456789abcdef" for sign in bare)
    return bare if is_one else ""


HEADER = (
    lazy("单位编码"), lazy("单位"), lazy("类型"), lazy("上级"), lazy("状态"), lazy("签收人"), lazy("签收人工号"),
    lazy("签收时间"), lazy("迟签"), lazy("代签"), lazy("办结人"), lazy("办结人工号"), lazy("办结时间"), lazy("迟办"),
    lazy("佐证数"),
)  # fmt: skip


def cells(row: Row) -> Sequence[Any]:
    return (
        row.code, row.name, str(Kind(row.kind).label), " / ".join(row.chain), row.state,
        *_signed(row.received, proxy=True), *_signed(row.done, proxy=False), len(row.evidence),
    )  # fmt: skip


def note(who: str, number: str, as_of: datetime, told: str) -> str:
    """Who took it, of what, as of when; the digest at the end."""
    said = {"who": who, "number": number, "at": f"{localtime(as_of):%Y-%m-%d %H:%M:%S}", "digest": told}
    return _("%(number)s覆盖证明，截至 %(at)s，%(who)s打印，校验码 %(digest)s") % said


def _signed(one: Signature | None, *, proxy: bool) -> tuple[Any, ...]:
    yes = _("是")
    if one is None:
        return ("", "", None, "", "") if proxy else ("", "", None, "")
    late = yes if one.late else ""
    return (one.name, one.number, one.at, late, *((yes if one.proxy else "",) if proxy else ()))
