"""What each branch owes each month: set for the group, and asked for."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Kind, Person, Unit, User
from wuli.kernel.orgs.models.posting import Duty

from ..models import Rhythm
from ..queries.monthly import owing
from ..rules.notices import ASKED
from .turning import refuse_stranger


@transaction.atomic
def remind(*, unit: Unit, path: str, on: date, by: User, at: datetime) -> int:
    """Tell the secretaries of the branches below that still owe their theme day; once a day each. Raises Refused."""
    refuse_stranger(by, unit)
    branches = owing(path, on).values("unit")
    posted = {"postings__duty": Duty.PARTY_SECRETARY, "postings__from_date__lte": on, "postings__until_date__gt": on}
    people = Person.objects.on_roll(on).filter(postings__unit__in=branches, **posted).only("pk").distinct()
    text = _("%(month)s月的主题党日还没有开展，请安排并记录") % {"month": on.month}
    return notices.notify(
        to=people, kind=ASKED, text=text, key=f"theme-day:{on:%Y-%m-%d}", url=reverse("mobilisation:activities"),
        unit=unit, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def set_rhythm(
    *, top: Unit, sort: str, times: int, warn_day: int, close_day: int, from_date: date, by: User, at: datetime
) -> Rhythm:
    """Say how often each branch holds what, from the first day of a month on. Raises Refused."""
    refuse_stranger(by, top)
    Unit.objects.select_for_update().get(pk=top.pk)
    if top.kind != Kind.PARTY_GROUP:
        raise Refused(_("每月要求由党组统一规定"))
    if from_date.day != 1:
        raise Refused(_("请从某个月的一号起"), field="from_date")
    if Rhythm.objects.filter(sort=sort, from_date__gte=from_date).exists():
        raise Refused(_("%(day)s 或以后已有规定") % {"day": from_date}, field="from_date")
    Rhythm.objects.filter(sort=sort, until_date__gt=from_date).update(until_date=from_date)
    rhythm = Rhythm.objects.create(
        sort=sort, times=times, warn_day=warn_day, close_day=close_day, from_date=from_date, until_date=FOREVER
    )
    changes = {"times": [None, times], "from": [None, str(from_date)], "warn_day": [None, warn_day],
               "close_day": [None, close_day]}  # fmt: skip
    journal.record("rhythm.set", subject=rhythm, unit=top, changes=changes, by=by, at=at)
    return rhythm
