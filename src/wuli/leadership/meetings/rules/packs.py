"""What a pack holds, as it is kept and as pages read it: numbers stay exact, words are made when they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from wuli.kernel.metrics.rules.metrics import Metric, known
from wuli.kernel.metrics.rules.numbers import Change, Number, change
from wuli.kernel.orgs.models import Line, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import DUTIES, Perm

WORST = 5
"""Children that a figure names."""
NAMED = 12
"""Units that a coverage names as missing."""


@dataclass(frozen=True)
class Child:
    unit: int
    name: str
    value: Number
    words: str


@dataclass(frozen=True)
class Figure:
    """One number of the pack. `now` is what it counts at present, where somebody has asked."""

    code: str
    title: str
    measure: str
    unit: int
    on: date
    value: Number
    before: Number
    children: tuple[Child, ...]
    metric: Metric | None = None
    now: Number = None
    has_now: bool = False

    @property
    def words(self) -> str:
        return _words(self.metric, self.value)

    @property
    def now_words(self) -> str:
        return _words(self.metric, self.now)

    @property
    def differs(self) -> bool:
        return self.has_now and self.now_words != self.words

    @property
    def change(self) -> Change:
        return change(self.value, self.before)

    @property
    def change_words(self) -> str:
        return self.metric.change_words(self.change) if self.metric else ""

    @property
    def is_worse(self) -> bool:
        by = self.change.by
        return bool(self.metric and by and by * self.metric.better < 0)


@dataclass(frozen=True)
class Answers:
    """How a call was answered: the newest round of the day, and who was silent at the next level."""

    call: int
    round: int
    title: str
    on: date
    expected: int
    asked: int
    answered: int
    late: int
    missing: int
    silent: tuple[tuple[str, int], ...]
    more: int = 0
    """Silent units that are not named."""

    @property
    def percent(self) -> str:
        return f"{100 * self.answered / self.asked:.1f}%" if self.asked else "—"


@dataclass(frozen=True)
class Told:
    """What the pack tells for one point."""

    figures: tuple[Figure, ...] = ()
    answers: tuple[Answers, ...] = ()
    lacking: tuple[str, ...] = ()
    """What the point names and no app tells yet."""


@dataclass(frozen=True)
class Fixed:
    """An action of an earlier meeting, as it stood when the pack was made."""

    decision: int
    item: int
    text: str
    owner: str
    unit: str
    due_on: date
    status: str
    stage: int
    followed_on: date | None = None
    followed: str = ""


@dataclass(frozen=True)
class Contents:
    points: Mapping[str, Told] = field(default_factory=dict)
    actions: tuple[Fixed, ...] = ()
    closed: int = 0
    """Actions closed since the meeting before."""


def may_be_told(metric: Metric, unit: Unit) -> bool:
    """A pack tells its unit's meeting what whoever heads the unit may see, and nothing more."""
    head = Duty.HEAD if unit.line == Line.OPERATIONS else Duty.PARTY_SECRETARY
    perms: frozenset[Perm] = DUTIES[head].perms
    return metric.perm in perms and Line(unit.line) in metric.lines


def kept(contents: Contents) -> dict[str, Any]:
    """As JSON, the same on every database."""
    return {
        "points": {
            key: {
                "figures": [_kept_figure(one) for one in told.figures],
                "answers": [vars(one) | {"on": str(one.on), "silent": [list(s) for s in one.silent]}
                            for one in told.answers],
                "lacking": list(told.lacking),
            }
            for key, told in contents.points.items()
        },
        "actions": [
            vars(one) | {"due_on": str(one.due_on), "followed_on": str(one.followed_on) if one.followed_on else None}
            for one in contents.actions
        ],
        "closed": contents.closed,
    }  # fmt: skip


def read(kept: Mapping[str, Any], now: Mapping[str, Number] | None = None) -> Contents:
    """`now`: what the metrics count at present, by code."""
    points = {
        key: Told(
            tuple(_figure(one, now) for one in told["figures"]),
            tuple(
                Answers(**one | {"on": date.fromisoformat(one["on"]), "silent": tuple(tuple(s) for s in one["silent"])})
                for one in told["answers"]
            ),
            tuple(told["lacking"]),
        )
        for key, told in kept.get("points", {}).items()
    }
    actions = tuple(_action(one) for one in kept.get("actions", ()))
    return Contents(points, actions, kept.get("closed", 0))


def worst_first(metric: Metric, children: Sequence[Any]) -> list[Any]:
    """Children that have a number, the one to look at first in front."""
    told = [child for child in children if child.value is not None]
    return sorted(told, key=lambda child: (child.value if metric.better > 0 else -child.value, child.unit))


def _kept_figure(one: Figure) -> dict[str, Any]:
    return {
        "code": one.code, "title": one.title, "measure": one.measure, "unit": one.unit, "on": str(one.on),
        "value": _text(one.value), "before": _text(one.before),
        "children": [{"unit": child.unit, "name": child.name, "value": _text(child.value)} for child in one.children],
    }  # fmt: skip


def _figure(one: Mapping[str, Any], now: Mapping[str, Number] | None) -> Figure:
    """In the reader's language where the metric is still known, else as it was called."""
    metric = known().get(one["code"])
    children = tuple(
        Child(child["unit"], child["name"], _number(child["value"]), _words(metric, _number(child["value"])))
        for child in one["children"]
    )
    return Figure(
        one["code"], str(metric.title) if metric else one["title"], str(metric.unit) if metric else one["measure"],
        one["unit"], date.fromisoformat(one["on"]), _number(one["value"]), _number(one["before"]), children, metric,
        (now or {}).get(one["code"]), bool(now and one["code"] in now),
    )  # fmt: skip


def _action(one: Mapping[str, Any]) -> Fixed:
    followed = one["followed_on"]
    days = {
        "due_on": date.fromisoformat(one["due_on"]), "followed_on": date.fromisoformat(followed) if followed else None,
    }  # fmt: skip
    return Fixed(**dict(one) | days)


def _words(metric: Metric | None, value: Number) -> str:
    if metric:
        return metric.words(value)
    return "—" if value is None else f"{value:f}"


def _text(value: Number) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Number:
    return None if text is None else Decimal(text)
