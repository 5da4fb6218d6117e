"""Keepers and deputies of teams and workshops, through the duties of the house."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models import Person, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.queries.scope import grantable

from ..models import CellKeeper
from ..rules import cells as rules
from . import cells


@transaction.atomic
def appoint(
    *, unit: Unit, keeper: Person | None, deputy: Person | None, on: date, reason: str, by: User, at: datetime
) -> None:
    """Let these two keep the grid of `unit` from `on`, in place of whoever does. None leaves a duty as it is.

    Raises Refused.
    """
    refuse(rules.why_not_pair(keeper, deputy))
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    wanted = {Duty.GRID_KEEPER: keeper, Duty.DEPUTY_KEEPER: deputy}
    moved = [_appoint(unit, duty, person, on, reason, by, at) for duty, person in wanted.items() if person]
    if not any(moved):
        raise Refused(_("没有需要保存的改动"))


def _appoint(unit: Unit, duty: Duty, person: Person, on: date, reason: str, by: User, at: datetime) -> bool:
    """Whether something changed. The other duty of the same person here ends, so that a deputy can move up."""
    _refuse_foreign(unit, duty, by)
    here = list(_held(unit, on).select_related("person"))
    if any(one.duty == duty and one.person_id == person.pk for one in here):
        return False
    for one in here:
        if one.duty == duty or one.person_id == person.pk:
            postings.end_posting(posting=one, on=on, by=by, at=at, reason=reason)
    postings.post(person=person, duty=duty, unit=unit, from_date=on, by=by, at=at, reason=reason)
    return True


@transaction.atomic
def hand_over(
    *,
    person: Person,
    to: Person,
    held: Iterable[Posting],
    inner: Iterable[CellKeeper],
    on: date,
    reason: str,
    by: User,
    at: datetime,
) -> int:
    """Let `to` take over all these duties of `person` from `on`; returns how many. All of them or, Refused, none."""
    held, inner = list(held), list(inner)
    refuse(rules.why_not_hand_over(person, to, len(held) + len(inner), on=on))
    news = [_taken_over(posting, to, on, reason, by, at) for posting in held]
    postings.post_all([new for new in news if new], by=by, at=at)
    for one in inner:
        cells.keep(cell=one.cell, role=one.role, person=to, on=on, reason=reason, by=by, at=at)
    return len(held) + len(inner)


def _taken_over(
    posting: Posting, to: Person, on: date, reason: str, by: User, at: datetime
) -> postings.NewPosting | None:
    """The duty ends for its holder and is to begin for `to`, unless they hold it there already."""
    _refuse_foreign(posting.unit, Duty(posting.duty), by)
    postings.end_posting(posting=posting, on=on, by=by, at=at, reason=reason)
    if _held(posting.unit, on).filter(person=to, duty=posting.duty).exists():
        return None
    return postings.NewPosting(to, posting.duty, posting.unit, on, reason=reason)


def _held(unit: Unit, on: date):  # type: ignore[no-untyped-def]
    duties = (Duty.GRID_KEEPER, Duty.DEPUTY_KEEPER)
    return Posting.objects.filter(unit=unit, duty__in=duties, until_date__gt=on, stands_in_for=None).order_by("pk")


def _refuse_foreign(unit: Unit, duty: Duty, by: User) -> None:
    if duty not in grantable(by, unit):
        raise Refused(_("您不能在%(unit)s任命%(duty)s") % {"unit": unit.name, "duty": duty.label})
