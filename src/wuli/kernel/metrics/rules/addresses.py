"""Where a number opens into its rows."""

from datetime import date

from django.urls import reverse

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.orgs.models.unit import DIGITS, STEP

SEPARATOR = "."


def page_of(code: str, unit: int, on: date, without: str = "") -> str:
    query = {"unit": unit, "on": str(on)} | ({"without": without} if without else {})
    return reverse("metrics:metric", args=[code], query=query)


def without_of(part: Part) -> str:
    """The places left out of a part, as they stand in an address: below its own path, one after another."""
    return SEPARATOR.join(path[len(part.path) :] for path in part.without)


def paths_without(path: str, said: str) -> tuple[str, ...]:
    """What `without_of` wrote, read again; anything else is nothing. It can only ever name places below `path`."""
    steps = said.split(SEPARATOR) if said else []
    good = all(step and len(step) % STEP == 0 and set(step) <= set(DIGITS) for step in steps)
    return tuple(path + step for step in steps) if good else ()
