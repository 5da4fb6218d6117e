"""Lists are taken away as files; who took which is an event."""

from datetime import datetime

from django.db import transaction

from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import first_unit

from ..models import DutyDesk, Response
from ..rules.exports import why_not_export


@transaction.atomic
def note_list(*, response: Response, unit: Unit, what: str, rows: int, by: User, at: datetime) -> None:
    """Record that a list of a response is taken away: `what` names it, `unit` is the top of it. Raises Refused."""
    _refuse(rows)
    changes = {"list": [None, what], "rows": [None, rows]}
    journal.record("response.exported", subject=response, unit=unit, changes=changes, by=by, at=at)


@transaction.atomic
def note_roster(*, desk: DutyDesk | None, rows: int, by: User, at: datetime) -> None:
    """Record that the roster of a desk, or of all within reach, is taken away. Raises Refused."""
    _refuse(rows)
    unit = desk.unit if desk else first_unit(by)
    journal.record("duty_desk.exported", subject=desk, unit=unit, changes={"rows": [None, rows]}, by=by, at=at)


def _refuse(rows: int) -> None:
    if reason := why_not_export(rows):
        raise Refused(reason)
