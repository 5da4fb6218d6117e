"""What a form asks: its fields and checks, read from a version's `spec`, and whether values answer it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

from ..models import FormVersion

type Value = int | str | bool
"""As it is kept in JSON: whole numbers as such, decimals and dates as texts."""

LONGEST_TEXT = 2000
LARGEST = Decimal(10) ** 15


class Type(StrEnum):
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DATE = "date"


NUMBERS = (Type.INTEGER, Type.DECIMAL)


@dataclass(frozen=True)
class Field:
    """One question. `matter`: an answer other than 0 or nothing is a matter to report, so the reply is not zero.

    `source` names the register that knows the answer; `kinds` the kinds of units that are asked (none: all). What does
    not add up from unit to unit (`adds` is false: days of stock, a percentage) has no sum at higher levels.
    """

    key: str
    label: str
    type: Type
    unit: str = ""
    help: str = ""
    purpose: str = ""
    required: bool = False
    matter: bool = False
    source: str = ""
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    least: str = ""
    most: str = ""
    section: str = ""
    adds: bool = True

    @cached_property
    def bounds(self) -> tuple[Decimal, Decimal]:
        return Decimal(self.least or 0), Decimal(self.most or LARGEST)

    @property
    def adds_up(self) -> bool:
        """Whether a level's figure is the sum of those below: numbers, the count of yes, the count of each choice."""
        return self.adds and self.type in (*NUMBERS, Type.YES_NO, Type.CHOICE)


@dataclass(frozen=True)
class Check:
    """Between fields: the sum of `left` must stand in relation `op` to the sum of `right`."""

    left: tuple[str, ...]
    op: str
    right: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Spec:
    fields: tuple[Field, ...] = ()
    checks: tuple[Check, ...] = ()
    by_key: Mapping[str, Field] = field(default_factory=dict)
    _by_kind: dict[str, tuple[Field, ...]] = field(default_factory=dict, compare=False, repr=False)

    def asked_of(self, kind: str) -> tuple[Field, ...]:
        if kind not in self._by_kind:
            self._by_kind[kind] = tuple(one for one in self.fields if not one.kinds or kind in one.kinds)
        return self._by_kind[kind]


EMPTY = Spec()
WORDS = ("label", "unit", "help", "purpose")
SUFFIXES = {"en": "_en", "zh-hant": "_zh_hant"}
"""How the words of other languages stand beside those of a spec: `label`, `label_en`, `label_zh_hant`."""
OPS = {
    "=": lambda left, right: left == right, "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}  # fmt: skip


class Unfit(Refused):
    """Values that do not answer the form; `errors` has a sentence for each field at fault."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(next(iter(errors.values())), code="unfit", field=next(iter(errors)))
        self.errors = errors


def spec_of(version: FormVersion | None) -> Spec:
    """What `version` asks, read once in a language; without a version nothing but to answer at all."""
    if version is None:
        return EMPTY
    key = version.digest, get_language()
    if key not in _specs:
        if len(_specs) > SPECS_KEPT:
            _specs.clear()
        _specs[key] = read(version.spec)
    return _specs[key]


_specs: dict[tuple[str, str | None], Spec] = {}
SPECS_KEPT = 300


def said(part: Mapping[str, Any], name: str) -> str:
    """The words `name` of a part of a spec in the reader's language, else in the language it was written in."""
    return str(part.get(name + SUFFIXES.get(get_language() or "", "")) or part.get(name, ""))


def read(spec: Mapping[str, Any]) -> Spec:
    """The fields and checks that `spec` describes, in the reader's language. Raises Refused where it describes none."""
    fields = tuple(_field(one, said(part, "title")) for part in spec.get("sections", ()) for one in part["fields"])
    by_key = {one.key: one for one in fields}
    if len(by_key) != len(fields):
        raise Refused(_("两个字段用了同一个编码"), code="twice")
    checks = tuple(_check(one, by_key) for one in spec.get("checks", ()))
    return Spec(fields, checks, by_key)


def fit(spec: Spec, kind: str, values: Mapping[str, Any]) -> dict[str, Value]:
    """`values` as they are kept, those of fields that units of `kind` are asked. Raises Unfit with every fault."""
    errors: dict[str, str] = {}
    clean: dict[str, Value] = {}
    for one in spec.asked_of(kind):
        given = values.get(one.key)
        try:
            if given is None or given == "":
                _refuse_blank(one)
            else:
                clean[one.key] = _READERS[one.type](one, given)
        except Refused as no:
            errors[one.key] = str(no)
    errors |= {} if errors else _unmet(spec, clean)
    if errors:
        raise Unfit(errors)
    return clean


def retyped(old: Spec, new: Spec) -> list[Field]:
    """The fields of `new` whose key stood in `old` for answers of another type."""
    return [one for one in new.fields if (was := old.by_key.get(one.key)) and was.type != one.type]


def matters(spec: Spec, values: Mapping[str, Value]) -> list[Field]:
    """The fields whose values are something to report; none of them means a zero report."""
    return [one for one in spec.fields if one.matter and not is_nothing(values.get(one.key))]


def is_nothing(value: Value | None) -> bool:
    return value is None or value is False or value == "" or (isinstance(value, str | int) and _number(value) == 0)


def sums(spec: Spec, rows: Iterable[Mapping[str, Value]]) -> dict[str, Any]:
    """What rows come to: numbers added, yes counted, choices counted one by one. Texts and dates do not add up."""
    kept = list(rows)
    columns = ((one, [value for row in kept if (value := row.get(one.key)) is not None]) for one in spec.fields)
    return {one.key: _sum(one, values) for one, values in columns if one.adds_up and values}


def told(value: Any) -> Any:
    """A sum as a cell of a file: numbers as numbers, choices in words."""
    if isinstance(value, dict):
        return _("，").join(f"{choice} {count}" for choice, count in value.items())
    return Decimal(value) if isinstance(value, str) else value


def _sum(one: Field, values: Sequence[Any]) -> Any:
    if one.type is Type.CHOICE:
        return dict(Counter(values))
    if one.type is Type.DECIMAL:
        return str(sum(map(Decimal, values), Decimal()))
    return sum(map(int, values))


def _number(value: Any) -> Decimal | None:
    if type(value) is int:
        return Decimal(value)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _field(one: Mapping[str, Any], section: str) -> Field:
    kind = Type(one["type"])
    if kind is Type.CHOICE and not one.get("choices"):
        raise Refused(_("“%(field)s”没有选项") % {"field": one["label"]}, code="no_choices")
    known = {key: value for key, value in one.items() if key in Field.__annotations__}
    known |= {name: said(one, name) for name in WORDS}
    lists = {key: tuple(one.get(key, ())) for key in ("kinds", "choices")}
    return Field(**{**known, **lists, "type": kind, "section": section})


def _check(one: Mapping[str, Any], by_key: Mapping[str, Field]) -> Check:
    for key in (*one["left"], *one["right"]):
        if key not in by_key or by_key[key].type not in NUMBERS:
            raise Refused(_("核对关系用了不存在的数字字段：%(key)s") % {"key": key}, code="unknown_field")
    if one["op"] not in OPS:
        raise Refused(_("核对关系只能用 =、<=、>="), code="unknown_op")
    return Check(tuple(one["left"]), one["op"], tuple(one["right"]), said(one, "text"))


def _refuse_blank(one: Field) -> None:
    if one.required:
        raise Refused(_("“%(field)s”没有填。没有就填 0，空白不算零") % {"field": one.label})


def _unmet(spec: Spec, values: Mapping[str, Value]) -> dict[str, str]:
    return {
        check.left[0]: check.text
        for check in spec.checks
        if all(key in values for key in (*check.left, *check.right))
        and not OPS[check.op](_total(check.left, values), _total(check.right, values))
    }


def _total(keys: Iterable[str], values: Mapping[str, Value]) -> Decimal:
    return sum((Decimal(values[key]) for key in keys), Decimal())


def _whole(one: Field, given: Any) -> int:
    number = _number(given)
    if number is None or number != number.to_integral_value() or isinstance(given, bool):
        raise Refused(_("“%(field)s”应是整数，填的是“%(given)s”") % {"field": one.label, "given": given})
    return int(_in_bounds(one, number))


def _decimal(one: Field, given: Any) -> str:
    number = _number(given)
    if number is None or isinstance(given, bool):
        raise Refused(_("“%(field)s”应是数字，填的是“%(given)s”") % {"field": one.label, "given": given})
    return format(_in_bounds(one, number), "f")


def _in_bounds(one: Field, number: Decimal) -> Decimal:
    least, most = one.bounds
    if not least <= number <= most:
        raise Refused(
            _("“%(field)s”应在 %(least)s 到 %(most)s 之间，填的是 %(given)s")
            % {"field": one.label, "least": f"{least:f}", "most": f"{most:f}", "given": f"{number:f}"}
        )
    return number


def _text(one: Field, given: Any) -> str:
    text = str(given).strip()
    if len(text) > LONGEST_TEXT:
        raise Refused(_("“%(field)s”最多 %(most)d 字") % {"field": one.label, "most": LONGEST_TEXT})
    return text


def _choice(one: Field, given: Any) -> str:
    if given not in one.choices:
        raise Refused(_("“%(field)s”没有“%(given)s”这个选项") % {"field": one.label, "given": given})
    return str(given)


def _yes_no(one: Field, given: Any) -> bool:
    if given in (True, "true", "yes", "1", "on", 1):
        return True
    if given in (False, "false", "no", "0", 0):
        return False
    raise Refused(_("“%(field)s”请填是或否") % {"field": one.label})


def _date(one: Field, given: Any) -> str:
    try:
        return date.fromisoformat(str(given)).isoformat()
    except ValueError as wrong:
        raise Refused(_("“%(field)s”应是日期，如 2020-02-03") % {"field": one.label}) from wrong


_READERS: dict[Type, Callable[[Field, Any], Value]] = {
    Type.INTEGER: _whole, Type.DECIMAL: _decimal, Type.TEXT: _text, Type.CHOICE: _choice, Type.YES_NO: _yes_no,
    Type.DATE: _date,
}  # fmt: skip
