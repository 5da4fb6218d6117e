"""Telling people something, and noting that they have seen it."""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from django.db import IntegrityError, transaction

from wuli.kernel.orgs.models import Person, Unit, User

from ..models import Notice
from ..rules import kinds
from ..rules import telling as rules

AT_ONCE = 2000
TRIES = 5


@transaction.atomic
def notify(
    *,
    to: Iterable[Person],
    kind: str,
    text: str,
    key: str,
    at: datetime,
    url: str = "",
    unit: Unit | None = None,
    by: User | None = None,
) -> int:
    """Tell each of `to` something once; returns how many had not been told under this `key` before.

    Nothing is sent here: the rows belong to the caller's transaction, and the tick sends what is left in them. `url`
    leads inside the site. Raises UnknownKind, or ValueError for a text, key or address that no notice can have.
    """
    kinds.kind_of(kind)
    if wrong := rules.why_not_url(url) or rules.why_not_key(key):
        raise ValueError(wrong)
    said = {"kind": kind, "text": rules.fitted(text), "url": url, "key": key, "made_at": at, "unit": unit, "by": by}
    everyone = sorted({person.pk for person in to})
    return sum(_tell(some, said) for some in batched(everyone, AT_ONCE, strict=False))


def _tell(people: Iterable[int], said: dict[str, object]) -> int:
    """Write one notice for each who has none of this key.

    Where two transactions tell the same, the second waits for the first, meets its rows, and looks again.
    """
    for _attempt in range(TRIES):
        told = set(Notice.objects.filter(person__in=people, key=said["key"]).values_list("person_id", flat=True))
        new = [Notice(person_id=pk, **said) for pk in people if pk not in told]
        try:
            with transaction.atomic():
                Notice.objects.bulk_create(new)
            return len(new)
        except IntegrityError:
            continue
    raise RuntimeError("others kept telling the same at the same time")
