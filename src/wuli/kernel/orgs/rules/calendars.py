"""Public holidays and weekends of a place, with the weekends that China works for longer holidays (调休)."""

from datetime import date
from functools import lru_cache

import holidays
from django.utils.translation import gettext as _

from ..models import CalendarException

HOME = "CN"
WEEKEND = (5, 6)
OWN_HOLIDAYS = {"71": "TW", "81": "HK", "82": "MO"}
"""Divisions of China by the first two digits of their code whose public holidays are their own."""
SPOKEN = ("zh_CN", "en_US")
"""The languages in which a holiday's name is asked for, the first that its calendar has."""


def why_usually_rests(region: str, on: date) -> str | None:
    """Why nobody works that day at a place (GB/T 2260 or ISO country; "" for the group's own): the name of the
    holiday, or the weekend. None on a working day."""
    known = _holidays(country_of(region), on.year)
    if known is None:
        return _("周末") if on.weekday() in WEEKEND else None
    if known.is_working_day(on):
        return None
    return known.get(on) or _("周末")


def country_of(region: str) -> str:
    """The country whose holidays a place keeps."""
    return OWN_HOLIDAYS.get(region[:2], HOME) if region[:1].isdecimal() or not region else region


def wider(region: str) -> list[str]:
    """The place and those it lies in, the narrowest first: 530102 → 530102, 530100, 530000, CN."""
    if not region or not region[:1].isdecimal():
        return [region] if region else [HOME]
    return list(dict.fromkeys((region, f"{region[:4]}00", f"{region[:2]}0000", HOME)))


def why_not_lift(exception: CalendarException, on: date) -> str | None:
    if exception.lifted_on:
        return _("这条调整已经撤销")
    if exception.until_date <= on:
        return _("这条调整的日期已经过去，不能再撤销")
    return None


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> holidays.HolidayBase | None:
    """None for a country whose calendar the library does not know. The next year's exchanges reach back into this."""
    try:
        known = holidays.country_holidays(country, years=(year, year + 1))
    except NotImplementedError:
        return None
    language = next((one for one in SPOKEN if one in known.supported_languages), None)
    return holidays.country_holidays(country, years=(year, year + 1), language=language) if language else known
