"""The numbers of a response up to a moment and the rows that they count; both are fixed when it is stood down."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.kernel.cascade.models import Call, Round, Slot
from wuli.kernel.ledger.models import Item
from wuli.kernel.ledger.rules.kinds import kind_of
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import KeyPerson, Presence, Response, Shift, SummaryRow
from ..rules.summary import days_in_force, share
from .desks_due import without_desk
from .duty import missed_among
from .extents import ground_of
from .groups import without_group
from .presence import expected
from .responses import units_led

ANSWERED = (Slot.State.ZERO, Slot.State.SOME)
type Told = tuple[str, int | None, str, str, int]
"""Figure, key of the unit, name, detail, and what the row adds to the number."""


def counted(response: Response, at: datetime) -> tuple[dict[str, Any], list[SummaryRow]]:
    """The numbers by the codes of `rules.summary.FIGURES`, and their rows. None is not known, never 0."""
    rows = [_row(response, told) for part in (_log, _units, _people, _shifts, _calls, _items)
            for told in part(response, at)]  # fmt: skip
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.figure] += row.value
    zone = response.issuer.zone
    days = days_in_force(business_date(response.activated_at, zone), business_date(at, zone))
    return {
        **{code: sums[code] for code in COUNTED}, "response.days": days,
        "command.presence": share(sums["command.at_post"], sums["command.expected"]),
        "cascade.coverage": share(sums["cascade.answered"], sums["cascade.asked"]),
    }, rows  # fmt: skip


COUNTED = (
    "response.level_changes", "response.notes", "command.units", "command.with_group", "command.with_desk",
    "command.expected", "command.at_post", "command.unstated", "duty.shifts", "duty.taken", "duty.missed",
    "call.issued", "cascade.asked", "cascade.answered", "ledger.opened", "ledger.closed", "ledger.overdue",
)  # fmt: skip
"""The numbers that are sums of rows; the others are spans and shares."""


def rows_for(user: User, response: Response, figure: str) -> QuerySet[SummaryRow]:
    """The rows of a number within reach of `user`."""
    perm = Perm.ITEM_VIEW if figure.startswith("ledger.") else Perm.RESPONSE_VIEW
    seen = Q(unit__isnull=True) | reach(user, perm).units("unit__path")
    return SummaryRow.objects.filter(seen, response=response, figure=figure).select_related("unit")


def has_rows(response: Response) -> bool:
    """Whether its rows were kept: not those of responses that ended before rows were."""
    return SummaryRow.objects.filter(response=response).exists()


def calls_of(response: Response, at: datetime) -> Q:
    """The calls that the unit which activated the response issued while it was in force, drafts left out."""
    return Q(issuer=response.issuer_id, issued_at__gte=response.activated_at, issued_at__lte=at)


def _log(response: Response, at: datetime) -> Iterator[Told]:
    for one in list(response.levels.order_by("at", "pk"))[1:]:
        yield "response.level_changes", None, one.get_level_display(), f"{_minute(one.at)} {one.reason}", 1
    for note in response.notes.order_by("at", "pk"):
        yield "response.notes", None, note.text, _minute(note.at), 1


def _units(response: Response, at: datetime) -> Iterator[Told]:
    on = _today(response, at)
    lacks = {
        "command.with_group": set(without_group(response, on).values_list("pk", flat=True)),
        "command.with_desk": set(without_desk(response, on).values_list("pk", flat=True)),
    }
    for unit in units_led(response, on).order_by("path"):
        yield "command.units", unit.pk, unit.name, unit.code, 1
        for figure, without in lacks.items():
            if unit.pk not in without:
                yield figure, unit.pk, unit.name, unit.code, 1


def _people(response: Response, at: datetime) -> Iterator[Told]:
    for key in expected(response).select_related("person", "unit").order_by("unit__path", "pk"):
        said = _("%(unit)s · %(why)s · %(status)s") % {
            "unit": key.unit.name, "why": key.post or key.get_why_display(), "status": _presence(key),
        }  # fmt: skip
        yield "command.expected", key.unit_id, key.person.name, said, 1
        if key.status in ("", Presence.AT_POST):
            figure = "command.at_post" if key.status else "command.unstated"
            yield figure, key.unit_id, key.person.name, said, 1


def _shifts(response: Response, at: datetime) -> Iterator[Told]:
    """Shifts that ended at desks of the units in force: by desk; those that nobody handed over, one by one."""
    inside = ground_of(response, _today(response, at)).units("desk__unit__path")
    ended = Shift.objects.planned().filter(inside, until_at__gt=response.activated_at, until_at__lte=at)
    by_desk = ended.values_list("desk__unit", "desk__unit__name", "desk__phone").order_by("desk__unit__path", "desk")
    took = Count("pk", filter=Q(handover__taken_at__isnull=False, handover__taken_at__lte=at))
    for unit, name, phone, n, taken in by_desk.annotate(n=Count("pk"), taken=took):
        yield "duty.shifts", unit, name, phone, n
        if taken:
            yield "duty.taken", unit, name, phone, taken
    missed = Shift.objects.filter(pk__in=missed_among(ended, at)).select_related("desk__unit")
    for shift in missed.order_by("from_at", "pk"):
        unit_ = shift.desk.unit
        times = f"{_minute(shift.from_at, unit_.zone)} — {_minute(shift.until_at, unit_.zone)}"
        yield "duty.missed", unit_.pk, unit_.name, times, 1


def _calls(response: Response, at: datetime) -> Iterator[Told]:
    """Calls, and how each of their rounds was answered."""
    calls = Call.objects.filter(calls_of(response, at))
    for call in calls.order_by("issued_at", "pk"):
        yield "call.issued", None, call.title, call.number, 1
    asked, answered = ~Q(slots__state=Slot.State.EXEMPT), Q(slots__state__in=ANSWERED)
    rounds = Round.objects.filter(call__in=calls.values("pk")).values_list("call__title", "on").order_by("on", "pk")
    counts = rounds.annotate(n=Count("slots", filter=asked), done=Count("slots", filter=answered))
    for title, on, n, done in counts:
        for figure, value in (("cascade.asked", n), ("cascade.answered", done)):
            if value:
                yield figure, None, title, str(on), value


def _items(response: Response, at: datetime) -> Iterator[Told]:
    on = _today(response, at)
    inside = Item.objects.filter(ground_of(response, on).units()).select_related("unit", "owner")
    during = (response.activated_at, at)
    for figure, which in (
        ("ledger.opened", Q(opened_at__range=during)), ("ledger.closed", Q(closed_at__range=during)),
        ("ledger.overdue", Q(status__in=["open", "closing"], due_on__lt=on)),
    ):  # fmt: skip
        for item in inside.filter(which).order_by("path", "pk").iterator(chunk_size=2000):
            yield figure, item.unit_id, *_told(item), 1


def _told(item: Item) -> tuple[str, str]:
    """Of kinds that ask for a permission of their own to be seen, no more than which kind it is."""
    kind = kind_of(item.kind)
    if kind.asks(Perm.ITEM_VIEW) != Perm.ITEM_VIEW:
        return str(kind.label), item.unit.name
    said = {"unit": item.unit.name, "owner": item.owner.name, "status": item.get_status_display()}
    return item.title, _("%(unit)s · %(owner)s · %(status)s") % said


def _row(response: Response, told: Told) -> SummaryRow:
    figure, unit, name, detail, value = told
    return SummaryRow(
        response=response, figure=figure, unit_id=unit, name=_short(name, 160), detail=_short(detail, 400), value=value
    )  # fmt: skip


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _presence(key: KeyPerson) -> str:
    return str(key.get_status_display()) if key.status else _("未报")


def _minute(moment: datetime, zone: str | None = None) -> str:
    return f"{timezone.localtime(moment, ZoneInfo(zone) if zone else None):%Y-%m-%d %H:%M}"


def _today(response: Response, at: datetime) -> date:
    return business_date(at, response.issuer.zone)
