"""Items within reach, one's own, those that wait for someone; an item is found through no other door."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db.models import FETCH_RAISE, Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.figures import kept
from wuli.base.prepared import Prepared
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.queries.scope import NOTHING, Scope, reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Item, Status
from ..models.item import ACTIVE, ItemQuerySet
from ..rules import kinds
from ..rules.clockwork import LABELS, NEAR, Colour
from ..rules.items import Standing
from ..rules.kinds import kind_of

ORDER = ("has_ended", "due_key", "pk")
"""What is still to be done first, the soonest due before what has no date."""
FARTHEST_AHEAD = "Etc/GMT-14"
"""Where each day begins first: what is due nowhere by its date there is due nowhere on earth."""
FEW = 20
"""Items of one sort that "my day" names; the list has the rest."""


@dataclass(frozen=True)
class Asked:
    """Which items someone looks for. Empty fields ask nothing; `status` is one of the states, or "active"."""

    mine: bool = False
    waiting: bool = False
    overdue: bool = False
    """Late by its date, or with a follow-up missing."""
    colour: str = ""
    unit: Unit | None = None
    """A unit with all that is below it."""
    kind: str = ""
    status: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def items_for(user: User, perm: Perm = Perm.ITEM_VIEW) -> ItemQuerySet:
    """Items for which `user` may do `perm`, by the permission that their kind asks for; to see, also their own.

    Whoever was named to confirm an item sees it and confirms it, whatever their duties are.
    """
    named = _named(_second(user, perm))
    own = {Perm.ITEM_VIEW: _own(user) | named, Perm.ITEM_CLOSE: named}.get(perm, NOTHING)
    return Item.objects.filter(_within(perm, _reached(user, perm)) | own)


def item_for(user: User, pk: int) -> Item:
    """The item, if `user` may see it; else the same 404 as for one that does not exist."""
    return get_object_or_404(with_names(items_for(user)), pk=pk)


def with_names(items: QuerySet[Item]) -> QuerySet[Item]:
    """With the rows that every page names, and no other rows behind one's back."""
    return items.select_related("unit", "owner", "second", "opened_by", "asked_by", "closed_by").fetch_mode(FETCH_RAISE)


def found(user: User, asked: Asked, at: datetime) -> QuerySet[Item]:
    """Items that `user` may see and asks for; to be paged by `ORDER`."""
    items = waiting_for_second(user) if asked.waiting else items_for(user)
    if asked.mine:
        items = items.filter(_own(user))
    if asked.unit:
        items = items.under(asked.unit)
    if asked.overdue:
        items = items.active().filter(where_it_is(at, lambda today: Q(behind_on__lte=today) | Q(due_on__lt=today)))
    if asked.colour:
        items = items.active().filter(where_it_is(at, lambda today: _of_colour(Colour(asked.colour), today)))
    if asked.kind:
        items = items.filter(kind=asked.kind)
    if asked.status:
        items = items.filter(status__in=ACTIVE if asked.status == "active" else [asked.status])
    if asked.text:
        items = items.filter(Q(title__contains=asked.text) | Q(owner__name=asked.text) | Q(owner__number=asked.text))
    return ordered(with_names(items))


def ordered(items: QuerySet[Item]) -> QuerySet[Item]:
    has_ended = Case(When(status__in=ACTIVE, then=Value(0)), default=Value(1))
    return items.annotate(has_ended=has_ended, due_key=Coalesce("due_on", Value(FOREVER))).order_by(*ORDER)


def search(user: User, text: str, limit: int) -> list[Item]:
    """The first few items within reach whose title holds `text`."""
    return list(ordered(with_names(items_for(user).filter(title__contains=text)))[:limit])


def mine(person: Person) -> QuerySet[Item]:
    """What `person` has to finish, the soonest due first."""
    return ordered(with_names(Item.objects.active().filter(owner=person)))


def waiting_for_second(user: User) -> ItemQuerySet:
    """Requests to close that `user` may confirm: not their own items, nor their own requests."""
    perm = Perm.ITEM_CLOSE
    return _requests(_reached(user, perm), user.person_id, _second(user, perm))


def first_waiting_for_second(user: User) -> list[Item]:
    """The first few of these, the longest waiting first."""
    perm = Perm.ITEM_CLOSE
    return _first_requests(reached=_reached(user, perm), person=user.person_id, second=_second(user, perm))


def coming_up(person: Person, at: datetime, *, days: int) -> tuple[list[Item], list[Item]]:
    """Items of `person` with something owed by the end of today, or already behind; and those that fall due in the
    next days."""
    until = business_date(at) + timedelta(days=days)
    near = _coming_up(person=person.pk, latest=business_date(at, FARTHEST_AHEAD), until=until)
    owed = [item for item in near if _is_owed(item, business_date(at, item.unit.zone))]
    soon = [item for item in near if item.due_on and item.due_on <= until and item not in owed]
    return owed, soon


def standing_of(user: User, item: Item) -> Standing:
    """How `user` stands to an item fetched with its unit."""
    kind, me = kind_of(item.kind), user.person_id
    is_named = me is not None and item.second_id == _second(user, Perm.ITEM_CLOSE)
    return Standing(
        owns=me is not None and item.owner_id == me,
        asked=me is not None and item.asked_by_id == me,
        opens=reach(user, kind.opens).covers(item.unit.path),
        closes=reach(user, kind.closes).covers(item.unit.path) or is_named,
        opened=kind.opener_withdraws and me is not None and item.opened_by_id == me,
    )


def words_of(asked: Asked) -> str:
    """The question in words, for the record and for a file's note."""
    status = dict(Status.choices).get(asked.status, _("未销号") if asked.status else "")
    said = [
        _("我负责的") if asked.mine else "", _("等我确认的") if asked.waiting else "",
        _("逾期、缺跟进或久未确认") if asked.overdue else "",
        str(LABELS[Colour(asked.colour)]) if asked.colour else "",
        asked.unit.name if asked.unit else "", str(kind_of(asked.kind).label) if asked.kind else "", str(status),
        asked.text,
    ]  # fmt: skip
    return _("，").join(word for word in said if word) or _("全部")


def where_it_is(at: datetime, ask: Callable[[date], Q]) -> Q:
    """`ask(today)` for each item with the date that `at` has in the zone of its unit."""
    by_day: dict[date, list[str]] = {}
    for zone in kept("ledger.zones", _zones):
        by_day.setdefault(business_date(at, zone), []).append(zone)
    if len(by_day) == 1:
        return ask(next(iter(by_day)))
    one_of = NOTHING
    for day, zones in by_day.items():
        one_of |= Q(unit__zone__in=zones) & ask(day)
    return one_of


def _of_colour(colour: Colour, today: date) -> Q:
    """The same limits as `rules.clockwork.due_colour`, for the database."""
    late, near = today - timedelta(days=NEAR), today + timedelta(days=NEAR)
    return {
        Colour.BLUE: Q(due_on__gte=today, due_on__lte=near),
        Colour.YELLOW: Q(due_on__lt=today, due_on__gte=late),
        Colour.RED: Q(due_on__lt=late),
        Colour.GREY: Q(due_on__isnull=True) | Q(due_on__gt=near),
    }[colour]


def _zones() -> list[str]:
    return list(Unit.objects.order_by("zone").values_list("zone", flat=True).distinct()) or ["Asia/Shanghai"]


def _is_owed(item: Item, today: date) -> bool:
    return any(day is not None and day <= today for day in (item.follow_up_on, item.due_on))


def _own(user: User) -> Q:
    return Q(owner=user.person_id) if user.person_id and _lets(user, Perm.ITEM_VIEW) else NOTHING


def _second(user: User, perm: Perm) -> int | None:
    """Whose name counts where somebody is named to confirm."""
    return user.person_id if _lets(user, perm) else None


def _named(person: int | None) -> Q:
    return Q(second=person) if person else NOTHING


def _lets(user: User, perm: Perm) -> bool:
    """What is one's own is there without a duty, but through a token only if that lets one do it at all."""
    limit: frozenset[str] | None = getattr(user, "only_perms", None)
    return limit is None or perm in limit


type Reached = tuple[tuple[Perm, Scope], ...]
"""How far each permission reaches that kinds of items ask for."""


def _reached(user: User, perm: Perm) -> Reached:
    return tuple((asked, reach(user, asked)) for asked in sorted({perm, *_special(perm).values()}))


def _special(perm: Perm) -> dict[str, Perm]:
    """The kinds that ask for another permission than `perm`, with which."""
    return {kind.code: kind.asks(perm) for kind in kinds.kinds() if kind.asks(perm) != perm}


def _within(perm: Perm, reached: Reached) -> Q:
    """By unit, for each permission that kinds ask for; kinds that ask for none of their own stand together."""
    special, inside = _special(perm), NOTHING
    for asked, scope in reached:
        codes = sorted(code for code, one in special.items() if one == asked)
        own = Q(kind__in=codes) if asked != perm else ~Q(kind__in=sorted(special))
        inside |= own & scope.units("path")
    return inside


def _requests(reached: Reached, person: int | None, second: int | None) -> ItemQuerySet:
    mine = _within(Perm.ITEM_CLOSE, reached) | _named(second)
    waiting = Item.objects.filter(mine, status=Status.CLOSING)
    return waiting.exclude(Q(owner=person) | Q(asked_by=person))


@Prepared
def _first_requests(reached: Reached, person: int | None, second: int | None) -> QuerySet[Item]:
    return with_names(_requests(reached, person, second)).order_by("asked_at", "pk")[:FEW]


@Prepared
def _coming_up(person: int, latest: date, until: date) -> QuerySet[Item]:
    near = Q(follow_up_on__lte=latest) | Q(due_on__lte=latest) | Q(due_on__lte=until)
    return ordered(with_names(Item.objects.filter(near, owner=person, status=Status.OPEN)))
