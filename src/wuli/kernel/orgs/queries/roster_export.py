"""The roll as lines of a file, read in pieces: memory stays the same however many people there are."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from wuli.base.clock import FOREVER
from wuli.base.crypto import decrypt
from wuli.base.masking import mask_phone

from ..models import Person, Unit, User
from ..rules.duties import Perm
from ..rules.roster.columns import COLUMNS
from .people import ORDER, belonging_to, matching
from .scope import people_where

PIECE = 2000
HIDDEN_IDENTITY = "*" * 18
FIELDS = {
    "number": "number", "name": "name", "team": "unit__code", "employer": "employer__code",
    "outside_employer": "outside_employer", "post": "post__name", "process_step": "post__process_step",
    "branch": "branch__code", "phone": "phone", "identity": "identity", "on_roll_from": "on_roll_from",
    "on_roll_until": "on_roll_until",
}  # fmt: skip
PLACES = {key: place for place, key in enumerate(COLUMNS)}


def exported(user: User, *, unit: Unit, text: str, on: date, unmasked: bool) -> QuerySet[Person]:
    """Whom `user` may put into a file: within reach for that, and for their numbers if those are to be complete."""
    people = people_where(user, Perm.ROSTER_EXPORT).on_roll(on).filter(belonging_to(unit)).order_by(*ORDER)
    if unmasked:
        people = people.filter(pk__in=people_where(user, Perm.PERSON_UNMASK).values("pk"))
    return people.filter(matching(text)) if text.strip() else people


def rows(people: QuerySet[Person], *, unmasked: bool) -> Iterator[list[Any]]:
    """One line of `COLUMNS` for each person."""
    for values in people.values_list(*(FIELDS[key] for key in COLUMNS)).iterator(chunk_size=PIECE):
        yield _row(list(values), unmasked)


def _row(cells: list[Any], unmasked: bool) -> list[Any]:
    identity, phone, until = PLACES["identity"], PLACES["phone"], PLACES["on_roll_until"]
    if cells[identity]:
        cells[identity] = decrypt(cells[identity]) if unmasked else HIDDEN_IDENTITY
    if not unmasked:
        cells[phone] = mask_phone(cells[phone])
    if cells[until] == FOREVER:
        cells[until] = None
    return cells
