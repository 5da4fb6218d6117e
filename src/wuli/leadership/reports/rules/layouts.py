"""What can be put into a cell of a template: the sums of fields, and who, when and how complete."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.cascade.queries.coverage import Coverage
from wuli.kernel.cascade.rules.form import Spec, Type

from .workbook import Written

FIELD = "field:"
"""What begins so is the sum of a field: `field:present`; `field:level=high` counts a choice."""


@dataclass(frozen=True)
class Told:
    """What one node of a round comes to."""

    name: str
    code: str
    on: date
    sums: Mapping[str, Any]
    coverage: Coverage
    number: int | None = None


OTHERS: dict[str, tuple[Any, Callable[[Told], Written]]] = {
    "number": (lazy("序号"), lambda told: told.number),
    "unit.name": (lazy("单位名称"), lambda told: told.name),
    "unit.code": (lazy("单位编码"), lambda told: told.code),
    "day": (lazy("业务日期"), lambda told: told.on),
    "cover.expected": (lazy("应报单位数"), lambda told: told.coverage.expected),
    "cover.answered": (lazy("已报单位数"), lambda told: told.coverage.answered),
    "cover.missing": (lazy("未报单位数"), lambda told: told.coverage.missing),
    "cover.zero": (lazy("零报告单位数"), lambda told: told.coverage.zero),
}


def choices(spec: Spec) -> Iterator[tuple[str, str]]:
    """Every code with its words. Texts, dates and what does not add up have no sum."""
    for code, (label, _read) in OTHERS.items():
        yield code, str(label)
    for one in spec.fields:
        if not one.adds_up:
            continue
        words = f"{one.label}（{one.unit}）" if one.unit else one.label
        if one.type is Type.CHOICE:
            for choice in one.choices:
                yield f"{FIELD}{one.key}={choice}", _("%(field)s：%(choice)s") % {"field": words, "choice": choice}
        else:
            yield FIELD + one.key, words


def value_of(code: str, told: Told) -> Written:
    """What comes into a cell, or None where nobody has answered: never a zero that nobody reported."""
    if not code.startswith(FIELD):
        return OTHERS[code][1](told) if code in OTHERS else None
    key, _equals, choice = code.removeprefix(FIELD).partition("=")
    found = told.sums.get(key)
    if choice and found is not None:
        return int(found.get(choice, 0))
    return Decimal(found) if isinstance(found, str) else found


def gone(codes: Mapping[str, str], spec: Spec) -> list[str]:
    """The places whose field the present version does not have any more."""
    known = dict(choices(spec))
    return [place for place, code in codes.items() if code not in known]
