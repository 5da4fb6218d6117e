from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User

from .turning import refuse_stranger


@transaction.atomic
def note_export(*, unit: Unit, on: date, rows: int, kind: str, by: User, at: datetime) -> None:
    """Record that the participation below a body is taken away as a file. Raises Refused."""
    refuse_stranger(by, unit)
    if not rows:
        raise Refused(_("没有党支部可导出"))
    changes = {"rows": [None, rows], "format": [None, kind], "day": [None, str(on)]}
    journal.record("participation.exported", subject=unit, unit=unit, changes=changes, by=by, at=at)
