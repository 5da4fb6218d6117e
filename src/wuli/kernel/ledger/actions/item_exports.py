from datetime import datetime

from django.db import transaction

from wuli.base.errors import refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User

from ..queries.items import Asked, words_of
from ..rules.item_files import why_not_export


@transaction.atomic
def note_export(*, asked: Asked, rows: int, kind: str, by: User, at: datetime) -> None:
    """Record that these items are taken away as a file. Raises Refused."""
    refuse(why_not_export(rows, kind))
    changes = {"items": [None, rows], "format": [None, kind], "filters": [None, words_of(asked)]}
    journal.record("item.exported", unit=asked.unit, changes=changes, by=by, at=at)
