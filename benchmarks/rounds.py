"""A round of every team and above: opening it, answering it, counting it, fixing it; each beside the bare statement."""

import gc
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from wuli.base.clock import FOREVER, now, today
from wuli.kernel.cascade.actions import calls, forms, freezing, rounds
from wuli.kernel.cascade.actions.calls import NewCall
from wuli.kernel.cascade.models import Figure, Reply, Round
from wuli.kernel.cascade.queries.coverage import coverage_by_child
from wuli.kernel.orgs.models import Unit

from .people import account_of

ROUNDS = 5
FIELDS = 40
KINDS = ("team", "workshop", "enterprise", "segment")
HOURS = dict.fromkeys((*KINDS, "group"), (0, 1080, 1080))
COLUMNS = (
    "round_id", "unit_id", "kind", "path", "above", "opens_at", "due_at", "freeze_at", "state", "review", "late",
    "exempt_reason", "made_at", "chase_steps", "chased", "region_id",
)  # fmt: skip


class Undone(Exception):
    """Ends a measurement and takes back what it wrote."""


def main() -> None:
    try:
        with transaction.atomic():
            _measure()
            raise Undone
    except Undone:
        pass


def _measure() -> None:
    user, group = account_of("commander"), Unit.objects.get(parent=None, line="operations")
    call = _call(user, group)
    day = today()
    opened, round_ = _best(lambda n: rounds.open_round(call=call, on=day - timedelta(days=n), at=now()))
    count = round_.slots.count()
    rows = list(round_.slots.values_list(*COLUMNS))
    bare = min(_insert_bare(rows) for _round in range(ROUNDS))
    print(f"open a round of {count:,} slots: {opened * 1000:.0f} ms, bare insert {bare * 1000:.0f} ms, "
          f"ratio {opened / bare:.2f} (goal 2)")  # fmt: skip
    _answer_all(round_, user, now())
    covering, _rows = _best(lambda n: _group_by(round_))
    counted, _found = _best(lambda n: coverage_by_child(round_, group.path))
    print(f"coverage of the group: {counted * 1000:.1f} ms, bare group by {covering * 1000:.1f} ms, "
          f"ratio {counted / covering:.2f} (goal 1.3)")  # fmt: skip
    gc.collect()
    Figure.objects.exclude(round=round_).delete()
    begin = time.perf_counter()
    fixed = freezing.freeze_due(now() + timedelta(days=2))
    print(f"fix {fixed:,} levels of {FIELDS} fields: {time.perf_counter() - begin:.2f} s (goal 5)")
    assert Figure.objects.filter(round=round_, frozen_at__isnull=True).count() == 0


def _call(user: Any, group: Unit) -> Any:
    spec = {"sections": [{"title": "", "fields": [
        {"key": f"f{n}", "label": f"第 {n} 项", "type": "integer", "matter": n > 0} for n in range(FIELDS)
    ]}]}  # fmt: skip
    start = today() - timedelta(days=30)
    form = forms.make_form(
        code="bench", name="bench", owner=group, purpose="bench", ends_on=FOREVER, spec=spec, from_date=start, by=None,
        at=now(),
    )  # fmt: skip
    new = NewCall(
        kind="bench", number="bench", title="bench", issuer=group, targets={group: KINDS}, hours=HOURS, starts_on=start,
        form=form,
    )  # fmt: skip
    return calls.issue(call=calls.draft(new, by=None, at=now()), by=None, at=now())


def _insert_bare(rows: list[tuple[Any, ...]]) -> float:
    """Seconds for the same rows by executemany, into the same table with the same indexes, then taken back."""
    marks = ", ".join(["%s"] * len(COLUMNS))
    with connection.cursor() as cursor:
        cursor.execute("savepoint bare")
        spare = Round.objects.create(call_id=Round.objects.first().call_id, on=date(1990, 1, 1), opened_at=now())
        begin = time.perf_counter()
        cursor.executemany(
            f"insert into cascade_slot ({', '.join(COLUMNS)}) values ({marks})", [(spare.pk, *row[1:]) for row in rows]
        )
        seconds = time.perf_counter() - begin
        cursor.execute("rollback to savepoint bare")
    return seconds


def _answer_all(of: Round, user: Any, at: datetime) -> None:
    values = {f"f{n}": n % 3 for n in range(FIELDS)}
    keys = list(of.slots.values_list("pk", flat=True))
    Reply.objects.bulk_create(
        (Reply(slot_id=pk, number=1, key=f"{pk}", kind="some", values=values, by=user, at=at) for pk in keys),
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "update cascade_slot set state = 'some', replied_at = %s, "
            "reply_id = (select max(r.id) from cascade_reply r where r.slot_id = cascade_slot.id) where round_id = %s",
            [connection.ops.adapt_datetimefield_value(at), of.pk],
        )  # fmt: skip


def _group_by(of: Round) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select substr(path, 1, 8), state, late, review, rests, count(*) from cascade_slot "
            "where round_id = %s and path >= %s and path < %s group by 1, 2, 3, 4, 5", [of.pk, "0001", "0001~"]
        )  # fmt: skip
        return list(cursor.fetchall())


def _best(run: Callable[[int], Any]) -> tuple[float, Any]:
    taken, result = [], None
    for n in range(ROUNDS):
        gc.collect()
        begin = time.perf_counter()
        result = run(n)
        taken.append(time.perf_counter() - begin)
    return min(taken), result
