"""Members' tasks within reach, and how far each has come."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import FETCH_RAISE, Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.ledger.models import Item
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Errand
from ..rules.kinds import MEMBER_TASK

ORDER = ("-given_at", "-pk")


def errands_for(user: User) -> QuerySet[Errand]:
    """Those given by bodies that `user` organises, and those given to them."""
    inside = reach(user, Perm.PARTY_ORGANISE).units("body__path")
    if user.person_id:
        inside |= Q(Exists(_items().filter(subject_id=OuterRef("pk"), owner=user.person_id)))
    return Errand.objects.filter(inside).select_related("body", "given_by").fetch_mode(FETCH_RAISE)


def errand_for(user: User, pk: int) -> Errand:
    return get_object_or_404(errands_for(user), pk=pk)


def items_of(errand: Errand, user: User) -> QuerySet[Item]:
    """The items that came of it, which `user` may see: those of their units, and their own."""
    seen = reach(user, Perm.PARTY_ORGANISE).units("path") | Q(owner=user.person_id)
    found = _items().filter(seen, subject_id=errand.pk).select_related("owner", "unit")
    return found.fetch_mode(FETCH_RAISE)


def standing(errands: Iterable[Errand]) -> dict[int, Counter[str]]:
    """For each, how many of its items stand in which state; in one query."""
    found: dict[int, Counter[str]] = {}
    rows = _items().filter(subject_id__in=[errand.pk for errand in errands]).order_by()
    for pk, status, n in rows.values_list("subject_id", "status").annotate(n=Count("pk")):
        found.setdefault(pk, Counter())[status] = n
    return found


def members_of(body: Unit, on: date) -> QuerySet[Person]:
    """Today's members of the branches at and below a body, by number."""
    found = Person.objects.on_roll(on).filter(branch__in=Unit.objects.under(body).values("pk"))
    return found.select_related("branch", "unit").order_by("number")


def _items() -> QuerySet[Item]:
    return Item.objects.filter(kind=MEMBER_TASK.code, subject_type=Errand._meta.label_lower)
