"""The end of a response: its numbers are counted once more and kept as they were, with the rows they count."""

from datetime import datetime

from django.db import transaction

from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User

from ..models import Response, SummaryRow
from ..queries.summary import counted
from ..rules import responses as rules
from . import telling
from .holding import held_for


@transaction.atomic
def stand_down(*, response: Response, reason: str, conclusion: str, by: User, at: datetime) -> Response:
    """End a response for good, with the numbers of this moment and a conclusion in words. Raises Refused."""
    response = held_for(response, by)
    refuse(rules.why_not_stand_down(reason=reason), field="reason")
    figures, rows = counted(response, at)
    response.summary = {"figures": figures}
    response.status, response.stood_down_at, response.stood_down_by = Response.Status.STOOD_DOWN, at, by.person
    response.stood_down_reason, response.conclusion = reason.strip(), conclusion.strip()
    response.save(
        update_fields=["status", "summary", "stood_down_at", "stood_down_by", "stood_down_reason", "conclusion"]
    )  # fmt: skip
    SummaryRow.objects.bulk_create(rows, batch_size=1000)
    changes = {"told": [None, telling.tell_stood_down(response, by=by, at=at)]}
    journal.record(
        "response.stood_down", subject=response, unit=response.issuer, changes=changes, reason=reason, by=by, at=at
    )  # fmt: skip
    return response
