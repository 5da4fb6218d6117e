"""The rows behind the numbers: meetings of a day, and decisions that fell due in the month before it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.ledger.models import Item
from wuli.kernel.ledger.models import Status as ItemStatus
from wuli.kernel.ledger.queries.items import items_for
from wuli.kernel.metrics.queries.evidence.placing import placed
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Meeting

WINDOW = timedelta(days=30)


def planned(part: Part) -> QuerySet[Meeting]:
    """Those of the day, cancelled ones with them: why one was cancelled stands beside it."""
    return placed(Meeting.objects.filter(on=part.on), "series__unit", part)


def held(part: Part) -> QuerySet[Meeting]:
    return placed(Meeting.objects.held().filter(on=part.on), "series__unit", part)


def due(part: Part) -> QuerySet[Item]:
    """Items of decisions whose date, as the meeting said it, lies in the thirty days that end with the day."""
    fell = Item.objects.filter(decision__due_on__gt=part.on - WINDOW, decision__due_on__lte=part.on)
    return placed(fell.exclude(status=ItemStatus.WITHDRAWN), "unit", part)


def in_time(part: Part) -> QuerySet[Item]:
    """Those of them that a second person had closed by that date; time given later does not count."""
    day = TruncDate("closed_at", tzinfo=ZoneInfo(settings.TIME_ZONE))
    closed = due(part).filter(status=ItemStatus.CLOSED).annotate(closed_on=day)
    return closed.filter(closed_on__lte=F("decision__due_on"))


def meetings_seen(user: User, perm: Perm) -> Q:
    return reach(user, perm).units("series__unit__path")


def items_seen(user: User, perm: Perm) -> Q:
    return Q(pk__in=items_for(user, perm).values("pk"))
