"""How someone wants to be told things outside the pages."""

from datetime import datetime, time

from django.db import transaction

from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User

from ..models import Wishes
from ..rules.wishes import why_not_mute


@transaction.atomic
def wish(*, by: User, quiet_from: time, quiet_until: time, muted: list[str], at: datetime) -> None:
    """Keep what `by` wishes for themselves. Raises Refused for urgent kinds, which nobody can turn off."""
    refuse(why_not_mute(muted))
    person = by.person
    assert person is not None  # only people have notices
    before = Wishes.objects.select_for_update().filter(person=person).first() or Wishes(person=person)
    after = {"quiet_from": quiet_from, "quiet_until": quiet_until, "muted": sorted(muted)}
    changes = {name: [getattr(before, name), value] for name, value in after.items() if getattr(before, name) != value}
    if not changes:
        return
    Wishes.objects.update_or_create(person=person, defaults=after)
    journal.record("notices.wished", subject=person, unit=person.unit, changes=changes, by=by, at=at)
