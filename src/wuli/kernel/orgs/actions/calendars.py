"""The house's own word on working days: a province that returns later, a mine that works through a holiday."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal

from ..models import CalendarException, Region, Unit, User
from ..queries.scope import may
from ..rules import calendars as rules
from ..rules.duties import Perm


@dataclass(frozen=True)
class NewException:
    """From `from_date` until `until_date` (not included) a place, or else a unit with all below it, rests or works."""

    works: bool
    reason: str
    from_date: date
    until_date: date = FOREVER
    region: Region | None = None
    unit: Unit | None = None


@transaction.atomic
def declare(new: NewException, *, by: User | None, at: datetime) -> CalendarException:
    """Say that some days are other than the public calendar has them. Raises Refused.

    A person may say so of today and of days to come: what was decided on a past day stands. The system (None), which
    lays down history, may say so of any day.
    """
    _refuse_beyond_reach(by, new.unit)
    if (new.region is None) == (new.unit is None):
        raise Refused(_("请填地区或单位，只填其中一个"), field="region")
    if not new.reason.strip():
        raise Refused(_("请写明依据，如通知的名称和文号"), field="reason")
    if by is not None and new.from_date < business_date(at):
        raise Refused(_("最早从今天起：过去的日子已经按当时的日历办理"), field="from_date")
    if new.until_date <= new.from_date:
        raise Refused(_("最后一天不能早于第一天"), field="last_day")
    made = CalendarException.objects.create(
        region=new.region, unit=new.unit, works=new.works, reason=new.reason.strip(), from_date=new.from_date,
        until_date=new.until_date, by=by, made_at=at,
    )  # fmt: skip
    changes = {"from": [None, str(new.from_date)], "until": [None, str(new.until_date)], "works": [None, new.works]}
    journal.record("calendar.declared", subject=made, unit=new.unit, reason=made.reason, changes=changes, by=by, at=at)
    return made


@transaction.atomic
def lift(*, exception: CalendarException, reason: str, by: User, at: datetime) -> CalendarException:
    """Take it back from today on; the days before stay as they were. Raises Refused."""
    held = CalendarException.objects.select_for_update(of=("self",)).select_related("unit", "region")
    exception, today = held.get(pk=exception.pk), business_date(at)
    _refuse_beyond_reach(by, exception.unit)
    refuse(rules.why_not_lift(exception, today))
    if not reason.strip():
        raise Refused(_("请写明原因"), field="reason")
    exception.lifted_on, exception.lifted_by, exception.lifted_at = today, by, at
    exception.lift_reason = reason.strip()
    exception.save(update_fields=["lifted_on", "lifted_by", "lifted_at", "lift_reason"])
    journal.record("calendar.lifted", subject=exception, unit=exception.unit, reason=reason.strip(), by=by, at=at)
    return exception


def _refuse_beyond_reach(by: User | None, unit: Unit | None) -> None:
    if by is not None and not may(by, Perm.UNIT_CHANGE, unit):
        raise Refused(_("您没有维护工作日历的职责"), code="beyond_reach")
