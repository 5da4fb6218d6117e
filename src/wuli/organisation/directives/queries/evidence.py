"""The copies that the metrics of this app count, at the places their units had on the day the directive went out."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from wuli.kernel.cascade.models import Call, Slot
from wuli.kernel.cascade.rules.sources import Part

from ..models import Asks, Escalation, Owed
from ..rules.colours import Standing
from .coverage import sign_due, with_due
from .directives import KIND

IN_FORCE = (Call.Status.ISSUED, Call.Status.ENDED)
"""What was revoked or superseded asks nobody any more, and measures nobody."""


def to_sign(part: Part) -> QuerySet[Any]:
    """Those that had to be signed for by the end of the day."""
    return _copies(part).annotate(sign_due=sign_due()).filter(sign_due__lt=_end(part))


def signed_in_time(part: Part) -> QuerySet[Any]:
    return to_sign(part).filter(receipt__late=False)


def to_do(part: Part) -> QuerySet[Any]:
    """Those that asked for action and were due by the end of the day."""
    return _copies(part).filter(round__call__directive__asks=Asks.ACTION, due_at__lt=_end(part))


def done_in_time(part: Part) -> QuerySet[Any]:
    """Reported in time, and not waiting for review or to be mended."""
    accepted = Q(review__in=[Slot.Review.NONE, Slot.Review.ACCEPTED])
    return to_do(part).filter(accepted, state__in=[Slot.State.SOME, Slot.State.ZERO], late=False)


def red(part: Part) -> QuerySet[Any]:
    """Those on record as red over what they still owe."""
    noted = Escalation.objects.filter(slot=OuterRef("pk"))
    unsigned = Q(Exists(noted.filter(owed=Owed.SIGN)), standing=Standing.UNSIGNED)
    undone = Q(Exists(noted.filter(owed=Owed.ACT)), standing__in=[Standing.WORKING, Standing.RETURNED])
    return with_due(_copies(part)).filter(unsigned | undone, round__call__status=Call.Status.ISSUED)


def _copies(part: Part) -> QuerySet[Slot]:
    found = Slot.objects.filter(part.rows(), round__on__lte=part.on, round__call__kind=KIND)
    found = found.filter(round__call__status__in=IN_FORCE).exclude(state=Slot.State.EXEMPT)
    return found.annotate(place=F("path"), place_name=F("unit__name"))


def _end(part: Part) -> datetime:
    return datetime.combine(part.on + timedelta(days=1), time.min, ZoneInfo(settings.TIME_ZONE))
