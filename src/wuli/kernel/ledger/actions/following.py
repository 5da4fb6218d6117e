"""What somebody says about an item, with the files that prove it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.core.files import File
from django.db import transaction

from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.people import person_of

from ..models import Evidence, FollowUp, Item
from ..queries.items import standing_of
from ..rules import items as rules
from ..rules.clockwork import day_of
from . import evidence
from .turning import locked, turn


@transaction.atomic
def follow_up(
    *,
    item: Item,
    text: str,
    by: User,
    at: datetime,
    for_date: date | None = None,
    files: Sequence[File] = (),
    key: str = "",
) -> FollowUp:
    """Say how far it has come on a day (today, where the unit is, unless another is given). Raises Refused.

    The same `key` twice is one follow-up: the second gets the first one back.
    """
    item, person = locked(item), person_of(by)
    if key and (already := item.follow_ups.filter(key=key).first()):
        return already
    today = day_of(item, at)
    day = for_date or today
    reason = rules.why_not_follow_up(
        item, standing_of(by, item), text=text, for_date=day, opened_on=day_of(item, item.opened_at), today=today
    )
    refuse(reason)
    said = write(item, text=text, for_date=day, files=files, key=key, by=person, at=at)
    turn(item, followed_to=max(day, item.followed_to or day))
    changes = {"for": [None, str(day)], "files": [None, digests(said)]}
    journal.record("item.followed_up", subject=item, unit=item.unit, changes=changes, by=by, at=at)
    return said


def write(
    item: Item,
    *,
    text: str,
    for_date: date,
    files: Sequence[File],
    key: str,
    by: Person,
    at: datetime,
    asks_to_close: bool = False,
) -> FollowUp:
    """Keep the words and their files, inside the caller's transaction. Raises Refused for a file that is not taken."""
    taken = evidence.keep(files)
    said = FollowUp.objects.create(
        item=item, for_date=for_date, text=text.strip(), by=by, at=at, key=key or uuid4().hex,
        asks_to_close=asks_to_close,
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(follow_up=said, digest=one.digest, name=one.name, media_type=one.media_type, size=one.size)
        for one in taken
    )
    return said


def digests(said: FollowUp) -> list[str]:
    """What proves, in the sealed journal, that a file is still the one that was handed in."""
    return list(said.evidence.order_by("pk").values_list("digest", flat=True))
