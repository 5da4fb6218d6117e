"""What became of notices: made, sent, delivered, read."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.models.unit import under as beneath
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Delivery, Notice
from ..models.delivery import OPEN, Status
from ..models.notice import NoticeQuerySet

ORDER = ("-made_at", "-pk")
CARRIED = Delivery.notices.through.objects.filter(notice=OuterRef("pk"))


@dataclass(frozen=True)
class Fate:
    """Counts of notices. `sent`: handed to a channel outside, at least tried; `delivered`: a channel has taken it;
    `waiting`: to go out yet; `failed`: no channel took it and none will. Who reads on the page needs none of these.
    """

    made: int = 0
    sent: int = 0
    delivered: int = 0
    waiting: int = 0
    failed: int = 0
    read: int = 0

    @property
    def unread(self) -> int:
        return self.made - self.read


def fate(kind: str, *, keys: Collection[str] | None = None, turn: str = "", under: Unit | None = None) -> Fate:
    """What became of the notices of `kind`: those with one of `keys`, of one `turn`, or at `under` and below.

    Who may know it is the business of whoever asks.
    """
    return fate_of(_chosen(Notice.objects.all(), kind, keys, turn, under))


def fate_of(notices: NoticeQuerySet) -> Fate:
    return Fate(**_with_fate(notices).aggregate(**SUMS))


def fate_rows(
    kind: str, *, keys: Collection[str] | None = None, turn: str = "", under: Unit | None = None
) -> NoticeQuerySet:
    """The notices that `fate` counts, each with `was_sent`, `was_delivered`, `is_waiting`, `has_failed`."""
    chosen = _with_fate(_chosen(Notice.objects.all(), kind, keys, turn, under))
    return chosen.select_related("person", "unit").order_by(*ORDER)


def sent_by(user: User, *, kind: str = "", turn: str = "", under: Unit | None = None) -> NoticeQuerySet:
    """What `user` told others, and what was told about units whose notices they may follow."""
    seen = Q(by=user) | reach(user, Perm.NOTICE_FOLLOW).units("unit__path")
    return _chosen(Notice.objects.filter(seen), kind, None, turn, under)


def with_fate(notices: NoticeQuerySet) -> NoticeQuerySet:
    return _with_fate(notices).select_related("person", "unit")


def _chosen(
    notices: NoticeQuerySet, kind: str, keys: Collection[str] | None, turn: str, under: Unit | None
) -> NoticeQuerySet:
    if kind:
        notices = notices.filter(kind=kind)
    if keys is not None:
        notices = notices.filter(key__in=keys)
    if turn:
        notices = notices.filter(Q(key=turn) | Q(key__gte=f"{turn}:", key__lt=f"{turn};"))  # ";" follows ":"
    if under:
        notices = notices.filter(beneath(under.path, "unit__path"))
    return notices


def _with_fate(notices: NoticeQuerySet) -> NoticeQuerySet:
    def carried(**delivery: Any) -> Exists:
        return Exists(CARRIED.filter(**{f"delivery__{name}": value for name, value in delivery.items()}))

    return notices.annotate(
        was_sent=carried(attempts__gt=0),
        was_delivered=carried(status=Status.SENT),
        is_waiting=carried(status__in=OPEN),
        has_failed=carried(status=Status.GIVEN_UP) & ~carried(status__in=(*OPEN, Status.SENT)),
    )


SUMS = {
    "made": Count("pk"),
    "sent": Count("pk", filter=Q(was_sent=True)),
    "delivered": Count("pk", filter=Q(was_delivered=True)),
    "waiting": Count("pk", filter=Q(is_waiting=True)),
    "failed": Count("pk", filter=Q(has_failed=True)),
    "read": Count("pk", filter=Q(read_at__isnull=False)),
}
