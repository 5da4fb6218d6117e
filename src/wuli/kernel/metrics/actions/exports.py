"""Looks at the rows of a metric, and rows taken away, as events."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User

from ..queries.reach import may_at
from ..rules.files import refuse_too_many
from ..rules.metrics import Metric


@transaction.atomic
def note_export(*, metric: Metric, unit: Unit, on: date, rows: int, kind: str, by: User, at: datetime) -> None:
    """Record that the rows behind a number are taken away as a file. Raises Refused."""
    if not may_at(by, metric.export_needs, unit):
        raise Refused(_("您没有导出“%(unit)s”这份明细的职责") % {"unit": unit.name}, field="unit")
    refuse_too_many(rows, kind)
    changes = _what(metric, on) | {"rows": [None, rows], "format": [None, kind]}
    if metric.of_people:
        journal.record("metric.people_exported", unit=unit, changes=changes, by=by, at=at)
    else:
        journal.record("metric.exported", unit=unit, changes=changes, by=by, at=at)


@transaction.atomic
def note_look(*, metric: Metric, unit: Unit, on: date, by: User, at: datetime) -> None:
    """Record that someone opened rows which show more of people than that they are there."""
    journal.record("metric.people_seen", unit=unit, changes=_what(metric, on), by=by, at=at)


def _what(metric: Metric, on: date) -> dict[str, Any]:
    return {"metric": [None, str(metric.title)], "on": [None, str(on)]}
