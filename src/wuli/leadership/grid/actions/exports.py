from datetime import datetime

from django.db import transaction

from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User

from ..rules.directory import why_not_export


@transaction.atomic
def note_export(*, unit: Unit, rows: int, kind: str, by: User, at: datetime) -> None:
    """Record that the directory of the grids below `unit` is taken away as a file. Raises Refused."""
    refuse(why_not_export(rows))
    changes = {"rows": [None, rows], "format": [None, kind]}
    journal.record("grid.exported", subject=unit, unit=unit, changes=changes, by=by, at=at)
