"""What somebody must still finish. Items keep no past: only today's can be counted."""

from django.db.models import F, Q, QuerySet

from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.ledger.models import Item
from wuli.kernel.ledger.queries.items import items_for
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.rules.duties import Perm


def open_items(part: Part) -> QuerySet[Item]:
    return Item.objects.active().filter(part.rows()).annotate(place=F("path"), place_name=F("unit__name"))


def overdue(part: Part) -> QuerySet[Item]:
    """Those whose date was before the day that is asked for."""
    return open_items(part).filter(due_on__lt=part.on)


def seen(user: User, perm: Perm) -> Q:
    return Q(pk__in=items_for(user, perm).values("pk"))
