"""How numbers are divided, rounded, compared and written. Nothing known is None, shown as a dash, never 0."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ..models import PLACES

type Number = Decimal | None

DASH = "—"
MINUS = "\N{MINUS SIGN}"
HUNDRED = Decimal(100)
_FIXED = Decimal(1).scaleb(-PLACES)


def number(found: Any) -> Number:
    """What a database counted, as an exact number."""
    return None if found is None else Decimal(str(found))


def fixed(value: Number) -> Number:
    """As a reading keeps it."""
    return None if value is None else value.quantize(_FIXED, ROUND_HALF_UP)


def ratio(part: Number, whole: Number, scale: int = 100) -> Number:
    """`part` of `whole`; nothing where either is unknown or there is nothing to divide by."""
    return None if part is None or not whole else scale * part / whole


def written(value: Number, decimals: int = 0, *, most: Decimal | None = None) -> str:
    """1,234.5 with a real minus; a dash for nothing. What falls short of `most` is never rounded up to it."""
    if value is None:
        return DASH
    shown = round_to(value, decimals)
    if most is not None and value < most <= shown:
        shown = most - Decimal(1).scaleb(-decimals)
    return f"{shown or abs(shown):,.{decimals}f}".replace("-", MINUS)


def signed(value: Decimal, decimals: int = 0) -> str:
    """+3, −3, 0: a change."""
    shown = written(value, decimals)
    return f"+{shown}" if round_to(value, decimals) > 0 else shown


def round_to(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass(frozen=True)
class Change:
    """A number beside an earlier one: by how much it differs, and by how many per cent of the earlier one.

    Without an earlier number, or when it was 0, there is no per cent. Of a negative one it has its sign turned, so
    that more is always up.
    """

    before: Number
    by: Number
    percent: Number
    negative_base: bool = False


def change(value: Number, before: Number) -> Change:
    if value is None or before is None:
        return Change(before, None, None)
    by = value - before
    return Change(before, by, HUNDRED * by / abs(before) if before else None, before < 0)


def year_before(day: date) -> date:
    """The same day of the year before; of a 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def day_before(day: date) -> date:
    return day - timedelta(days=1)
