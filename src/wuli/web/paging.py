"""Pages of long lists by the last row seen: one query a page, as quick on the thousandth page as on the first."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Q, QuerySet

LONGEST_CURSOR = 1000


@dataclass(frozen=True)
class Page:
    """One page. `next` and `previous` are cursors for the address, or "" where there is nothing more."""

    rows: list[Any]
    next: str
    previous: str
    size: int


def page_of(queryset: QuerySet[Any], *, order: Sequence[str], cursor: str = "", size: int = 50) -> Page:
    """The page that `cursor` points at; the first one if it is empty or not one of ours.

    `order` names columns that are never null and ends in something unique; "-name" runs downwards. The
    columns of related rows ("unit__path") must come with the row (select_related).
    """
    mark = _read(cursor, queryset, order)
    if mark is None:
        rows = list(queryset.order_by(*order)[: size + 1])
        return _page(rows[:size], order, size, more=len(rows) > size, before=False)
    backwards, values = mark
    run = [_turned(name) for name in order] if backwards else list(order)
    rows = list(queryset.filter(_beyond(run, values)).order_by(*run)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards and not rows:
        return page_of(queryset, order=order, size=size)
    if backwards:
        return _page(rows[::-1], order, size, more=True, before=more)
    if not rows:
        return Page([], "", _write(True, values), size)
    return _page(rows, order, size, more=more, before=True)


def _page(rows: list[Any], order: Sequence[str], size: int, *, more: bool, before: bool) -> Page:
    following = _write(False, _values(rows[-1], order)) if rows and more else ""
    preceding = _write(True, _values(rows[0], order)) if rows and before else ""
    return Page(rows, following, preceding, size)


def _beyond(run: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after `values`: (a, b) > (x, y) written out, since directions may differ from column to column."""
    name, side = run[0].lstrip("-"), "lt" if run[0].startswith("-") else "gt"
    after = Q(**{f"{name}__{side}": values[0]})
    if len(run) == 1:
        return after
    level = Q(**{name: values[0]}) & _beyond(run[1:], values[1:])
    return Q(**{f"{name}__{side}e": values[0]}) & (after | level)  # the first term lets an index find the place


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _values(row: Any, order: Sequence[str]) -> list[Any]:
    return [_value(row, name.lstrip("-")) for name in order]


def _value(row: Any, name: str) -> Any:
    value = row
    for step in [name] if hasattr(row, name) else name.split("__"):
        value = getattr(value, step)
    if value is None:
        raise ValueError(f"cannot page by {name}: it may be null")
    return value


def _write(backwards: bool, values: Sequence[Any]) -> str:
    text = json.dumps(["p" if backwards else "n", *values], default=str, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, queryset: QuerySet[Any], order: Sequence[str]) -> tuple[bool, list[Any]] | None:
    """What a cursor says, or None for anything a person may have typed, cut off or made up."""
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        told = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        side, *values = told
        if side not in ("n", "p") or len(values) != len(order):
            return None
        pairs = zip(order, values, strict=True)
        return side == "p", [_typed(_field(queryset, name.lstrip("-")), value) for name, value in pairs]
    except (ValueError, TypeError, ValidationError, OverflowError, RecursionError):
        return None


def _typed(field: "Field[Any, Any]", value: Any) -> Any:
    if not isinstance(value, str | int | float) or (isinstance(value, str) and "\x00" in value):
        raise ValueError("not a plain value")
    typed = field.to_python(value)
    if typed is None:
        raise ValueError("nothing to compare with")
    field.run_validators(typed)  # above all: numbers that the column cannot hold
    return typed


def _field(queryset: QuerySet[Any], name: str) -> "Field[Any, Any]":
    if name in queryset.query.annotations:
        annotated: Field[Any, Any] = queryset.query.annotations[name].output_field
        return annotated
    meta: Any = queryset.model._meta
    field: Any = meta.pk
    for step in name.split("__"):
        field = meta.pk if step == "pk" else meta.get_field(step)
        if field.related_model:
            meta = field.related_model._meta
    found: Field[Any, Any] = field.target_field if field.is_relation else field
    return found
