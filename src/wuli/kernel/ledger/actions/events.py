from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import User

from ..queries.events import Asked, words_of
from ..rules.files import why_not_export

ASKED_AGAIN_AFTER = timedelta(minutes=2)


@transaction.atomic
def ask_for_check(*, by: User, at: datetime) -> None:
    """Note that the chain shall be checked now; whoever calls has the worker do it. Raises Refused."""
    if not journal.claim_check(at=at, every=ASKED_AGAIN_AFTER):
        raise Refused(_("核验已经开始，或还没有封存过日志；请稍后再看结果"))
    journal.record("events.check_asked", by=by, at=at)


@transaction.atomic
def note_export(*, asked: Asked, rows: int, kind: str, by: User, at: datetime) -> None:
    """Record that these events are taken away as a file. Raises Refused."""
    refuse(why_not_export(rows, kind))
    changes = {"events": [None, rows], "format": [None, kind], "filters": [None, words_of(asked)]}
    journal.record("events.exported", unit=asked.unit, changes=changes, by=by, at=at)
