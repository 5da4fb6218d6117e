"""What a form costs those who answer it, and what it asks that another asks already."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from wuli.kernel.cascade.models import Call, Form
from wuli.kernel.cascade.rules.form import Field, Spec

TYPED_SECONDS = 8
"""To find, judge and type one answer that nobody knows for the reporter: a guess, until pages were timed."""
PREFILLED_SECONDS = 2
"""To look at one answer that a register filled in."""
FEWEST_TIMED = 5
"""Answers of one kind of unit that must have been timed before their median takes the place of the guess."""
DAYS_BETWEEN = {Call.Cadence.DAILY: 1, Call.Cadence.WORKDAYS: 7 / 5, Call.Cadence.WEEKLY: 7, Call.Cadence.MONTHLY: 30}
"""Of two answers to a call that is asked on one day of its week or month."""
NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Asked:
    """What one call asks of one kind of unit."""

    call: Call
    kind: str
    units: int
    typed: int
    prefilled: int
    timed: tuple[int, ...] = ()

    @property
    def is_timed(self) -> bool:
        return len(self.timed) >= FEWEST_TIMED

    @property
    def seconds(self) -> float:
        """Of one answer: as timed, else from the number of fields."""
        return median(self.timed) if self.is_timed else seconds_for(self.typed, self.prefilled)

    @property
    def minutes_a_day(self) -> float:
        """For whoever answers for one unit. A question asked once is not a daily burden."""
        days = DAYS_BETWEEN.get(Call.Cadence(self.call.cadence))
        return self.seconds / 60 / days * max(1, len(self.call.days)) if days else 0.0

    @property
    def hours_a_day(self) -> float:
        return self.minutes_a_day * self.units / 60


@dataclass(frozen=True)
class Twin:
    """One question that several forms ask the same kinds of units."""

    words: str
    source: str
    fields: tuple[tuple[Form, Field], ...]
    kinds: tuple[str, ...]


def seconds_for(typed: int, prefilled: int) -> int:
    return typed * TYPED_SECONDS + prefilled * PREFILLED_SECONDS


def counted(fields: Iterable[Field], known: Collection[str]) -> tuple[int, int]:
    """How many of `fields` are typed, and how many a register fills in."""
    by_register = [one.source in known for one in fields]
    return by_register.count(False), by_register.count(True)


def twins(specs: Mapping[Form, Spec], asks: Mapping[int, frozenset[str]]) -> list[Twin]:
    """Questions with the same source, or the same words and unit, that two forms ask the same kinds of units.

    `asks`: the kinds of units that each form, by its key, is asked of; none for one that nobody is asked.
    """
    groups: dict[tuple[str, str], list[tuple[Form, Field]]] = {}
    for form, spec in specs.items():
        for one in spec.fields:
            _join(groups, (form, one))
    once = {id(held): held for held in groups.values()}
    return [found for held in once.values() for found in _twin(held, asks)]


def _join(groups: dict[tuple[str, str], list[tuple[Form, Field]]], pair: tuple[Form, Field]) -> None:
    """Put a field with those of the same meaning: one meaning may join two groups into one."""
    held: list[tuple[Form, Field]] = []
    for meaning in _meanings(pair[1]):
        if (known := groups.get(meaning)) is not None and known is not held:
            held = known + held
    held = [*held, pair]
    for form_field in held:
        groups.update(dict.fromkeys(_meanings(form_field[1]), held))


def _twin(held: list[tuple[Form, Field]], asks: Mapping[int, frozenset[str]]) -> Iterator[Twin]:
    of = [asks.get(form.pk, frozenset()) & frozenset(one.kinds or asks.get(form.pk, ())) for form, one in held]
    twice = {kind for kind in frozenset().union(*of) if sum(kind in kinds for kinds in of) > 1}
    asked = tuple(pair for pair, kinds in zip(held, of, strict=True) if kinds & twice)
    if len({form.pk for form, _one in asked}) > 1:
        source = next((one.source for _form, one in asked if one.source), "")
        yield Twin(asked[0][1].label, source, asked, tuple(sorted(twice)))


def _meanings(one: Field) -> list[tuple[str, str]]:
    """The words with their unit, and the register, if one knows the answer."""
    found = [(NOT_A_WORD.sub("", one.label).lower(), one.unit.strip())]
    return [*found, ("source", one.source)] if one.source else found
