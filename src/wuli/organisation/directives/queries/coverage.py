"""How far a directive has come: counted live from the copies, for any node, its children, or by kind of unit.

Issued = exempt + unsigned + working + returned + reviewing + done everywhere, and children add up to their parent.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Count, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least, Substr

from wuli.kernel.cascade.models import Call, Round, Slot
from wuli.kernel.cascade.queries.board import Node
from wuli.kernel.orgs.models import Placement, Unit
from wuli.kernel.orgs.models.unit import STEP, under

from ..models import Directive
from ..rules.colours import OWES, Colour, Standing, hues

State, Review = Slot.State, Slot.Review


@dataclass(frozen=True)
class Progress:
    """Copies by what became of them. `received` and the colours are counted across the standings; of those who must."""

    unsigned: int = 0
    working: int = 0
    returned: int = 0
    reviewing: int = 0
    done: int = 0
    exempt: int = 0
    received: int = 0
    received_late: int = 0
    done_late: int = 0
    blue: int = 0
    yellow: int = 0
    red: int = 0

    @property
    def issued(self) -> int:
        return self.unsigned + self.working + self.returned + self.reviewing + self.done + self.exempt

    @property
    def asked(self) -> int:
        """Those who must: all but the exempt."""
        return self.issued - self.exempt

    @property
    def late(self) -> int:
        """Those who owe something whose time has passed."""
        return self.yellow + self.red

    @property
    def undone(self) -> int:
        return self.asked - self.done

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class Line:
    """A child of a node, or the node's own copy, with how far it has come."""

    unit: Unit | None
    name: str
    progress: Progress
    is_own: bool


def total(parts: Iterable[Progress]) -> Progress:
    return sum(parts, Progress())


def with_standing(slots: QuerySet[Slot]) -> QuerySet[Any]:
    """Each copy with its `standing`, as `rules.colours.standing_of` tells it of one."""
    standing = Case(
        When(state=State.EXEMPT, then=Value(Standing.EXEMPT.value)),
        When(state=State.MISSING, receipt__isnull=True, then=Value(Standing.UNSIGNED.value)),
        When(state=State.MISSING, then=Value(Standing.WORKING.value)),
        When(review=Review.RETURNED, then=Value(Standing.RETURNED.value)),
        When(review=Review.WAITING, then=Value(Standing.REVIEWING.value)),
        default=Value(Standing.DONE.value),
        output_field=CharField(),
    )
    found: QuerySet[Any] = slots.annotate(standing=standing)
    return found


def sign_due() -> Any:
    """When a copy must have been signed for, as `rules.colours.due_of` tells it of one."""
    return Least(Coalesce("round__call__directive__sign_by", "due_at"), "due_at")


def with_due(slots: QuerySet[Slot]) -> QuerySet[Any]:
    """Each copy with `owes_by`: when what it owes next must be there; none where it owes nothing."""
    owes_by = Case(
        When(standing=Standing.UNSIGNED, then=sign_due()), When(standing__in=list(OWES), then=F("due_at")),
        default=None, output_field=DateTimeField(null=True),
    )  # fmt: skip
    found: QuerySet[Any] = with_standing(slots).annotate(owes_by=owes_by)
    return found


def with_colour(slots: QuerySet[Slot], directive: Directive, at: datetime) -> QuerySet[Any]:
    """Each copy of one directive with its `colour`, as `rules.colours.colour_of` tells it of one."""
    steps = [When(owes_by__lte=hue.due, then=Value(hue.colour.value)) for hue in hues(directive, at)]
    colour: Any = Case(*steps, default=Value(Colour.NONE.value), output_field=CharField())
    if not directive.is_live:
        colour = Value(Colour.NONE.value, output_field=CharField())  # nobody owes anything any more
    found: QuerySet[Any] = with_due(slots).annotate(colour=colour)
    return found


def by_child(directive: Directive, of: Round, path: str, at: datetime) -> dict[str, Progress]:
    """For each child of the node at `path`, and under `path` itself the node's own copy."""
    slots = with_colour(of.slots.under(path), directive, at)
    return _counted(slots.annotate(key=Substr("path", 1, len(path) + STEP)))


def by_kind(directive: Directive, of: Round, path: str, at: datetime) -> dict[str, Progress]:
    return _counted(with_colour(of.slots.under(path), directive, at).annotate(key=F("kind")))


def lines(directive: Directive, of: Round, node: Node, at: datetime) -> list[Line]:
    """The node's own copy and its children, in tree order."""
    counts = by_child(directive, of, node.path, at)
    placed = Placement.objects.on(of.on).filter(path__in=counts).select_related("unit")
    known = {placement.path: placement for placement in placed}
    return [
        Line(place.unit if (place := known.get(path)) else None, place.name if place else "", found, path == node.path)
        for path, found in sorted(counts.items())
    ]


def of_many(calls: Iterable[int], at: datetime, within: Q | None = None) -> dict[int, Progress]:
    """The whole of each of many directives, by its call; late ones all as yellow, since each has its own red.

    `within`: of the copies that somebody may know of only.
    """
    slots = with_due(Slot.objects.filter(within or Q(), round__call__in=list(calls)))
    late = Q(owes_by__lte=at, round__call__status=Call.Status.ISSUED)
    colour = Case(When(late, then=Value("yellow")), default=Value(""), output_field=CharField())
    return _counted(slots.annotate(key=F("round__call"), colour=colour))


def under_node(of: Round, path: str) -> QuerySet[Slot]:
    return of.slots.filter(under(path))


def shown(slots: QuerySet[Any], show: str) -> QuerySet[Any]:
    """Those of coloured `slots` that a list shows: "all", "undone", "late", or of one standing."""
    if show == "undone":
        return slots.exclude(standing__in=[Standing.DONE, Standing.EXEMPT])
    if show == "late":
        return slots.filter(colour__in=[Colour.RED, Colour.YELLOW])
    return slots if show == "all" else slots.filter(standing=show)


def _counted(slots: QuerySet[Any]) -> dict[Any, Progress]:
    rows = slots.values_list("key", "standing", "colour", "receipt__late", "late").annotate(n=Count("pk")).order_by()
    found: dict[Any, Progress] = defaultdict(Progress)
    for key, standing, colour, signed_late, late, n in rows:
        counts = {standing: n} | ({colour: n} if colour else {})
        if signed_late is not None and standing != Standing.EXEMPT:
            counts |= {"received": n, "received_late": n if signed_late else 0}
        if late and standing == Standing.DONE:
            counts["done_late"] = n
        found[key] += Progress(**counts)
    return found
