"""Rounds open with a slot for every expected answer, and follow the tree until their last level is fixed."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, FilteredRelation, Max, Q
from django.db.models.functions import Length

from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.unit import PAST_THE_LAST, STEP, under
from wuli.kernel.orgs.queries.units import path_on

from ..models import Call, Figure, Round, Slot
from ..rules.times import dates_due, hours_of
from . import sparing

_ONE_DAY = timedelta(days=1)


def open_due(at: datetime) -> int:
    """Open every round whose business date has begun somewhere; returns how many. Twice does no harm.

    A form that has ended is asked no more, however long its call was to go on.
    """
    opened = 0
    calls = Call.objects.asking().filter(starts_on__lte=at.date() + _ONE_DAY).select_related("form")
    for call in calls.order_by("pk"):
        for on in _dates_to_open(call, at):
            open_round(call=call, on=on, at=at)
            opened += 1
    return opened


def _dates_to_open(call: Call, at: datetime) -> Iterator[date]:
    """Days on which everybody rests have no round. Those before the newest round are settled: nobody's later word on
    the calendar opens one there."""
    known = set(call.rounds.values_list("on", flat=True))
    newest = max(known, default=call.starts_on)
    for on in dates_due(call, zones_of(call), at):
        if on in known or (call.form and on >= call.form.ends_on):
            continue
        if call.cadence == Call.Cadence.WORKDAYS and (on < newest or not sparing.anyone_works(call, on)):
            continue
        yield on


@transaction.atomic
def open_round(*, call: Call, on: date, at: datetime) -> Round:
    """One round with all its slots and the figures that will be fixed; the one there is if it was opened before."""
    call = Call.objects.select_for_update(of=("self",)).select_related("issuer", "form").get(pk=call.pk)
    if found := call.rounds.filter(on=on).first():
        return found
    version = call.form.versions.on(on).first() if call.form else None
    made = Round.objects.create(call=call, on=on, version=version, opened_at=at)
    _add_slots(made, at)
    _find_levels(made)
    sparing.settle_new(made, at)
    journal.record("round.opened", subject=made, unit=call.issuer, at=at, changes={"slots": [None, made.slots.count()]})
    return made


def follow_tree(at: datetime) -> int:
    """Bring the slots of rounds under way in line with the tree of their business date; returns how many changed."""
    rounds = Round.objects.filter(closed_at__isnull=True).select_related("call__issuer")
    return sum(_follow(one, at) for one in rounds.order_by("pk"))


def zones_of(call: Call) -> list[str]:
    asked = Q(pk__in=[])
    for target in call.targets.select_related("root"):
        asked |= under(target.root.path) & Q(kind__in=target.kinds)
    return list(Unit.objects.filter(asked).order_by("zone").values_list("zone", flat=True).distinct())


@transaction.atomic
def _follow(of: Round, at: datetime) -> int:
    of = Round.objects.select_for_update(of=("self",)).select_related("call__issuer").get(pk=of.pk)
    moved = _move_slots(of)
    changed = _add_slots(of, at) + moved + sparing.spare_closed(of, at)
    if changed:
        _find_levels(of)
        sparing.settle_new(of, at)
        journal.record("round.followed_tree", subject=of, unit=of.call.issuer, at=at, changes={"slots": [0, changed]})
    return changed


_ADD = """
    insert into cascade_slot (
        round_id, unit_id, kind, path, above, opens_at, due_at, freeze_at, state, review, late, exempt_reason, made_at
    )
    with hours (kind, zone, opens_at, due_at, freeze_at) as (values {hours}), asked (root, kind) as (values {asked})
    select %s, u.id, u.kind, p.path, '', hours.opens_at, hours.due_at, hours.freeze_at,
        'missing', 'none', false, '', {at}
    from orgs_placement p join orgs_unit u on u.id = p.unit_id join hours on hours.kind = u.kind and hours.zone = u.zone
    where p.from_date <= %s and p.until_date > %s and u.opened_on <= %s and u.closed_on > %s
        and u.id <> %s and exists (
            select 1 from asked where asked.kind = u.kind and p.path >= asked.root and p.path < asked.root || '{past}'
        )
        and not exists (select 1 from cascade_slot s where s.round_id = %s and s.unit_id = u.id)
    order by p.path
"""


def _add_slots(of: Round, at: datetime) -> int:
    """A slot for every asked unit of the business date that has none, in one statement.

    An issuer tells figures of its own like the others; to do something it asks others only.
    """
    targets = list(of.call.targets.select_related("root"))
    asked = [(path, kind) for one in targets if (path := path_on(one.root, of.on)) for kind in one.kinds]
    zones = zones_of(of.call)
    hours = [_hours(of, kind, zone) for kind in sorted({kind for _path, kind in asked}) for zone in zones]
    if not asked or not hours:
        return 0
    stamp = connection.ops.adapt_datetimefield_value
    moment = "cast(%s as timestamp with time zone)" if connection.vendor == "postgresql" else "%s"
    statement = _ADD.format(
        hours=", ".join([f"(%s, %s, {moment}, {moment}, {moment})"] * len(hours)),
        asked=", ".join(["(%s, %s)"] * len(asked)), at=moment, past=PAST_THE_LAST,
    )  # fmt: skip
    spared = 0 if of.version_id else of.call.issuer_id
    values = [*_flat(hours), *_flat(asked), of.pk, stamp(at), of.on, of.on, of.on, of.on, spared, of.pk]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


_ABOVE = """
    update cascade_slot set above = coalesce((
        select max(s.path) from cascade_slot s where s.round_id = cascade_slot.round_id and s.path in ({prefixes})
    ), '') where round_id = %s
"""
_PREFIX = """
    case when length(cascade_slot.path) > {up} then substr(cascade_slot.path, 1, length(cascade_slot.path) - {up}) end
"""
_LEVELS = """
    insert into cascade_figure (round_id, unit_id, path, freeze_at)
    select s.round_id, s.unit_id, s.path, s.freeze_at from cascade_slot s
    where s.round_id = %s
        and s.path in (select below.above from cascade_slot below where below.round_id = %s and below.above <> '')
        and not exists (select 1 from cascade_figure f where f.round_id = s.round_id and f.path = s.path)
"""


def _find_levels(of: Round) -> None:
    """Note above each slot the next asked unit, and make a figure for every unit that others report to.

    Without a form there is nothing to add up: no figure is fixed, and the round goes on until its call is over.
    """
    longest = of.slots.aggregate(signs=Max(Length("path")))["signs"] or STEP
    prefixes = [_PREFIX.format(up=up) for up in range(STEP, longest, STEP)]
    with connection.cursor() as cursor:
        if prefixes:
            cursor.execute(_ABOVE.format(prefixes=", ".join(prefixes)), [of.pk])
        if of.version_id is None:
            return
        cursor.execute(_LEVELS, [of.pk, of.pk])
    for top in _tops(of):
        path = path_on(top, of.on)
        if path and not of.figures.filter(path=path).exists() and (last := _last_freeze(of, top)):
            Figure.objects.create(round=of, unit=top, path=path, freeze_at=last)


def _tops(of: Round) -> list[Unit]:
    """The issuer, and in the other line, if that is asked too, the tops of what is asked there."""
    issuer = of.call.issuer
    roots = [one.root for one in of.call.targets.select_related("root").order_by("root__path")]
    return [issuer, *(root for root in roots if root.line != issuer.line)]


def _last_freeze(of: Round, top: Unit) -> datetime | None:
    asked = of.slots.all() if top == of.call.issuer else of.slots.under(path_on(top, of.on))
    last: datetime | None = asked.order_by("-freeze_at").values_list("freeze_at", flat=True).first()
    return last


def _move_slots(of: Round) -> int:
    """Units that hang elsewhere on the business date than when the round opened, unless a level has told already."""
    fixed = list(of.figures.filter(frozen_at__isnull=False).values_list("path", flat=True))
    moved = [
        (pk, unit, now)
        for pk, unit, before, now in _elsewhere(of)
        if not any(path.startswith(node) for node in fixed for path in (before, now))
    ]
    for pk, unit, path in moved:
        Slot.objects.filter(pk=pk).update(path=path)
        of.figures.filter(unit=unit).update(path=path)
    if moved:
        sparing.note_places(of.slots.filter(pk__in=[pk for pk, _unit, _path in moved]), of.on)
    return len(moved)


def _elsewhere(of: Round) -> list[tuple[int, int, str, str]]:
    """(slot, unit, path of the slot, path of the unit on the business date) wherever the two differ."""
    that_day = Q(unit__placements__from_date__lte=of.on, unit__placements__until_date__gt=of.on)
    slots = of.slots.annotate(placed=FilteredRelation("unit__placements", condition=that_day))
    found = slots.filter(Q(placed__path__lt=F("path")) | Q(placed__path__gt=F("path"))).order_by("pk")
    return list(found.values_list("pk", "unit", "path", "placed__path"))


def _hours(of: Round, kind: str, zone: str) -> tuple[Any, ...]:
    stamp = connection.ops.adapt_datetimefield_value
    hours = hours_of(of.call, kind, zone, of.on)
    return kind, zone, stamp(hours.opens_at), stamp(hours.due_at), stamp(hours.freeze_at)


def _flat(rows: Iterable[Iterable[Any]]) -> Iterator[Any]:
    for row in rows:
        yield from row
