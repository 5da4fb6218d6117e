from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal

from ..models import Unit, User
from ..queries.scope import may
from ..rules.duties import Perm


@transaction.atomic
def note_roster_export(
    *, unit: Unit, people: int, shape: str, text: str, unmasked: bool, reason: str, by: User, at: datetime
) -> None:
    """Write down that the roll of `unit` goes out in a file. Raises Refused.

    Complete numbers need the duty to see them, and a reason.
    """
    if not may(by, Perm.ROSTER_EXPORT, unit):
        raise Refused(_("您没有导出“%(unit)s”花名册的职责") % {"unit": unit.name}, field="unit")
    if unmasked and not may(by, Perm.PERSON_UNMASK, unit):
        raise Refused(_("您没有查看“%(unit)s”完整号码的职责") % {"unit": unit.name}, field="unmask")
    if unmasked and len(reason.strip()) < 4:
        raise Refused(_("请写明导出完整号码的原因"), field="reason")
    changes = {"people": [None, people], "format": [None, shape]}
    changes |= {"filters": [None, text]} if text else {}
    changes |= {"numbers": [None, "full"]} if unmasked else {}
    journal.record("roster.exported", subject=unit, unit=unit, changes=changes, reason=reason.strip(), by=by, at=at)


@transaction.atomic
def note_unit_export(*, unit: Unit, units: int, shape: str, by: User, at: datetime) -> None:
    """Write down that the tree below `unit` goes out in a file. Raises Refused."""
    if not may(by, Perm.UNIT_VIEW, unit):
        raise Refused(_("没有编码为“%(code)s”的单位") % {"code": unit.code}, field="unit")
    changes = {"units": [None, units], "format": [None, shape]}
    journal.record("unit.exported", subject=unit, unit=unit, changes=changes, by=by, at=at)
