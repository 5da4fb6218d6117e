"""Hours laid down for what a unit and all below it issue, from a day on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Standard, Urgency
from ..rules.urgency import Pace, why_not_standard


@transaction.atomic
def lay_down(
    *, unit: Unit, urgency: Urgency, pace: Pace, from_date: date, reason: str, by: User, at: datetime
) -> Standard:
    """Let these hours hold from a day on; for the same day again they replace those. Raises Refused.

    Drafts and what is out keep the hours that stand on them.
    """
    if by.person is None or not may(by, Perm.CALL_ISSUE, unit):
        raise Refused(_("您没有为%(unit)s规定时限的职责") % {"unit": unit.name}, code="beyond_reach")
    today = business_date(at, unit.zone)
    if why_not := why_not_standard(pace, from_date, reason=reason, today=today):
        raise Refused(why_not)
    hours = {"sign_hours": pace.sign, "soon_hours": pace.soon, "red_hours": pace.red}
    told = {**hours, "reason": reason.strip(), "by": by.person, "at": at}
    standard, _made = Standard.objects.update_or_create(unit=unit, urgency=urgency, from_date=from_date, defaults=told)
    changes = {"urgency": [None, urgency], "from": [None, str(from_date)]}
    changes |= {name: [None, value] for name, value in hours.items()}
    journal.record("standard.laid_down", subject=standard, unit=unit, changes=changes, reason=reason, by=by, at=at)
    return standard
