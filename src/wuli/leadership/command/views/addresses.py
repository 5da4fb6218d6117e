"""Where the numbers of a summary open into their rows."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from wuli.kernel.metrics.rules.addresses import page_of
from wuli.kernel.metrics.rules.metrics import known

from ..models import Response
from ..rules.summary import Figure, Words

ROWS = {
    "response.days": "command:response", "response.level_changes": "command:response",
    "response.notes": "command:response", "command.units": "command:groups", "command.with_group": "command:groups",
    "command.expected": "command:presence", "command.at_post": "command:presence",
    "command.unstated": "command:presence", "command.presence": "command:presence",
}  # fmt: skip
"""Pages of the response itself that hold the rows."""
LISTS = {"call.issued": "cascade:rounds", "ledger.opened": "ledger:items", "ledger.closed": "ledger:items",
         "duty.shifts": "command:duty", "duty.taken": "command:duty", "duty.missed": "command:duty"}  # fmt: skip


def summary_lines(response: Response, parts: Sequence[tuple[Words, Sequence[tuple[Figure, Any]]]]) -> list[Any]:
    return [(label, [(one, value, address(response, one)) for one, value in figures]) for label, figures in parts]


def address(response: Response, one: Figure) -> str:
    if one.code in ROWS:
        return reverse(ROWS[one.code], args=[response.pk])
    if one.code in LISTS:
        return reverse(LISTS[one.code])
    if one.metric in known():
        day = timezone.localtime(response.stood_down_at).date()
        return page_of(one.metric, response.issuer_id, day, "")
    return ""
