from datetime import datetime

from django.db import transaction

from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User

from ..models import Round


@transaction.atomic
def note_export(*, of: Round, unit: Unit, rows: int, kind: str, by: User, at: datetime) -> None:
    """Write down that what a round told at `unit` goes out in a file."""
    changes = {"rows": [None, rows], "format": [None, kind]}
    journal.record("round.exported", subject=of, unit=unit, changes=changes, by=by, at=at)
