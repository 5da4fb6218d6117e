"""What somebody was told."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Person, User

from ..models import Notice, Wishes
from ..models.notice import NoticeQuerySet

ORDER = ("is_read", "-made_at", "-pk")


@dataclass(frozen=True)
class Unread:
    """How many notices someone has not read, and how many of these lead to the page they are on."""

    count: int = 0
    here: int = 0


def unread_of(person: Person, url: str) -> Unread:
    """One question to one index, since every page asks it."""
    return Unread(*(_unread.first(person=person.pk, url=url) or ()))


def notices_for(user: User) -> NoticeQuerySet:
    """One's own notices; lists put the unread first, by ORDER. Whoever is not on the roll has none."""
    own = Notice.objects.filter(person=user.person) if user.person else Notice.objects.none()
    return own.unread_first()


def notice_for(user: User, pk: int) -> Notice:
    """Raises Http404 for another's as for none."""
    return get_object_or_404(notices_for(user), pk=pk)


def wishes_of(person: Person) -> Wishes:
    """What was wished, or what holds for those who wished nothing."""
    return Wishes.objects.filter(person=person).first() or Wishes(person=person)


@Prepared
def _unread(person: int, url: str) -> QuerySet[Notice, tuple[int, int]]:
    unread = Notice.objects.unread().filter(person=person).order_by().values("person")
    counted = unread.annotate(n=Count("*"), here=Count("url", filter=Q(url=url)))
    return counted.values_list("n", "here")
