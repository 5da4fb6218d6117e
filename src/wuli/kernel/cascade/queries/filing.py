"""What decides about answers on their way in, from one reading, and locked until they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from wuli.base import rows
from wuli.kernel.orgs.models import Unit
from wuli.kernel.orgs.models.unit import PAST_THE_LAST, STEP

from ..models import Call, FormVersion, Reply, Round, Slot
from .slots import CONTACTS

LONGEST_PATH = 96
READ: dict[str, tuple[type[Model], set[str]]] = {
    "slot": (Slot, {
        "id", "round_id", "unit_id", "kind", "path", "above", "opens_at", "due_at", "state", "review", "late",
        "reply_id", "replied_at", "exempt_reason",
    }),
    "unit": (Unit, {"id", "name", "path", "zone"}),
    "round": (Round, {"id", "on", "call_id", "version_id"}),
    "call": (Call, {"id", "kind", "title", "issuer_id", "status", "route"}),
    "version": (FormVersion, {"id", "digest"}),
    "known": (Reply, {"id", "slot_id", "number", "key", "kind"}),
}  # fmt: skip
"""What is read of each table, under its name in the statement; what else one asks of the objects is fetched then."""


def _in_order(model: type[Model], names: set[str]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.attname in names]


PLACES = [(table, model, _in_order(model, names)) for table, (model, names) in READ.items()]


@dataclass(frozen=True)
class Facts:
    """`slot` comes with its unit, round, call and version; `known` is the reply that the same key already made."""

    slot: Slot
    known: Reply | None
    last: int
    """The number of the newest version, 0 if none."""
    fixed_at: datetime | None
    """When a level at or above last told its figure, if one has."""
    belongs: bool
    """Whether the sender answers for the unit itself, rather than entering for it."""
    alone: bool
    """Whether no unit below answers for itself."""


@dataclass(frozen=True)
class Coming:
    """Which slot is answered, under which key, by which person, on which of their days."""

    slot: int
    key: str
    person: int | None
    on: date


def facts_of(coming: Sequence[Coming]) -> dict[int, Facts]:
    """By the place in `coming`; what names no slot is absent. The slots stay locked until the transaction ends."""
    given = [
        {"n": n, "slot": one.slot, "key": one.key, "person": one.person, "day": one.on} for n, one in enumerate(coming)
    ]
    if connection.features.has_select_for_update:
        slots = sorted(one.slot for one in coming)
        rows.read(_LOCK_ROUNDS, [slots])
        rows.read(_LOCK, [slots])
    found = rows.read(_statement(connection.vendor), [rows.encoded(given)])
    shared: _Shared = {}
    return {row[0]: _facts(row, shared) for row in found}


_LOCK_ROUNDS = """
    select id from cascade_round where id in (select round_id from cascade_slot where id = any(%s))
    order by id for share
"""
"""No level is fixed while answers are on their way: it either counts them or stands before they come."""

_LOCK = "select id from cascade_slot where id = any(%s) order by id for update"
"""First and apart: what is read afterwards is as whoever held the slots before has left it."""


@cache
def _statement(vendor: str) -> str:
    columns = ", ".join(f'{table}."{column}"' for table, _model, names in PLACES for column in names)
    way = ", ".join(f"substr(slot.path, 1, {length})" for length in range(STEP, LONGEST_PATH + 1, STEP))
    contacts = ", ".join(f"'{duty}'" for duty in CONTACTS)
    given = rows.given(vendor, n="integer", slot="bigint", key="text", person="bigint", day="date")
    return f"""
        select given.n, {columns},
            (select max(number) from cascade_reply r where r.slot_id = slot.id),
            (select max(f.frozen_at) from cascade_figure f where f.round_id = slot.round_id and f.path in ({way})),
            exists (select 1 from orgs_posting p
                where p.person_id = given.person and p.unit_id = slot.unit_id and p.duty in ({contacts})
                and p.from_date <= given.day and p.until_date > given.day),
            not exists (select 1 from cascade_slot b where b.round_id = slot.round_id
                and b.path > slot.path and b.path < slot.path || '{PAST_THE_LAST}')
        from {given}
        join cascade_slot slot on slot.id = given.slot
        join orgs_unit unit on unit.id = slot.unit_id
        join cascade_round round on round.id = slot.round_id
        join cascade_call call on call.id = round.call_id
        left join cascade_formversion version on version.id = round.version_id
        left join cascade_reply known on known.slot_id = slot.id and known.key = given.key
        order by given.n
    """


type _Shared = dict[tuple[type[Model], int], Any]
"""What many slots have in common is one object for all of them."""


def _facts(row: Sequence[Any], shared: _Shared) -> Facts:
    made: dict[str, Any] = {}
    begin = 1
    for table, model, names in PLACES:
        made[table] = _object(model, names, row[begin : begin + len(names)], shared)
        begin += len(names)
    slot, of = made["slot"], made["round"]
    slot.unit, slot.round, of.call, of.version = made["unit"], of, made["call"], made["version"]
    last, fixed_at, belongs, alone = row[begin:]
    return Facts(slot, made["known"], last or 0, _moment(fixed_at), bool(belongs), bool(alone))


def _object(model: type[Model], names: Sequence[str], values: Sequence[Any], shared: _Shared) -> Any:
    key = model, values[0]
    if values[0] is not None and key not in shared:
        shared[key] = model.from_db(None, names, [_aware(value) for value in values])
    return shared.get(key)


def _moment(value: Any) -> datetime | None:
    """SQLite hands out what it has picked from times as text."""
    found: datetime | None = _aware(datetime.fromisoformat(value) if isinstance(value, str) else value)
    return found


def _aware(value: Any) -> Any:
    """SQLite hands out times as it keeps them: in UTC, without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
