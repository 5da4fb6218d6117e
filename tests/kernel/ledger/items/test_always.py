"""What holds after any sequence of turns and days, however often the tick ran."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import world as named
from tests.kernel.ledger.items.conftest import DAY, MONDAY, NOON
from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.ledger.actions import due, following, items, owners
from wuli.kernel.ledger.models import Item, Status
from wuli.kernel.ledger.queries.heads import line_above
from wuli.kernel.ledger.rules.clockwork import behind_from, due_colour
from wuli.kernel.orgs.actions import people, postings, units
from wuli.kernel.orgs.models.posting import Duty

WHO = ("林河", "才让", "周舟", "诺敏", "顾岚", "马力", "石强")
DOES = ("follow_up", "ask", "close", "return", "reopen", "withdraw", "hand_over", "extend", "leave", "move")
ACTS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(DOES), st.sampled_from(WHO)), max_size=14)
"""So many days later, that is done, by whom."""
LAST = 45


class AfterAnyTurns(TestCase):
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS, st.sampled_from(["none", "daily", "weekly"]), st.integers(0, 9))
    def test_every_item_is_in_one_state_and_the_gaps_of_the_tick_do_not_show(self, acts, cadence, due_in):
        daily = self._lived(acts, cadence, due_in, ticks=lambda day: 2)
        gaps = self._lived(acts, cadence, due_in, ticks=lambda day: day % 4 == 3 or day == LAST)

        assert gaps == daily

    def _lived(self, acts, cadence, due_in, ticks):
        """What is left after all of it, with so many ticks on each day; nothing of it stays."""
        with transaction.atomic():
            world = _world()
            item = items.open_item(
                title="更换滤袋", unit=world.unit("W1-SHOP"), owner=world.person("林河"), by=world.user("诺敏"),
                at=NOON, cadence=cadence, due_on=MONDAY + due_in * DAY,
            )  # fmt: skip
            left = list(acts)
            wait = left[0][0] if left else None
            for day in range(LAST + 1):
                while left and wait == 0:
                    _try(world, item, day, *left.pop(0)[1:])
                    wait = left[0][0] if left else None
                wait = wait - 1 if wait else wait
                for _time in range(ticks(day)):
                    _tick(day)
                    self._is_sound(day)
            found = self._state(item)
            transaction.set_rollback(True)
        return found

    def _is_sound(self, day):
        item = Item.objects.select_related("unit", "owner").get()
        at, today = NOON + day * DAY, MONDAY + day * DAY
        assert item.path == item.unit.path
        assert item.status in Status
        if item.status == Status.CLOSED:
            assert item.closed_by_id not in {None, item.asked_by_id, item.owner_id}
            assert item.follow_ups.filter(asks_to_close=True, by=item.asked_by_id).exists()
        if not item.is_active:
            assert item.stage == 0
            return
        line = line_above(item, today)
        assert item.stage <= len(line)
        assert item.behind_on == behind_from(item)
        assert (item.stage > 0) == bool(line and item.is_behind(today))
        assert due.escalate_due(at=at) == 0
        assert due_colour(item.due_on, today)

    def _state(self, item):
        item.refresh_from_db()
        people_of = (item.owner_id, item.asked_by_id, item.closed_by_id)
        return (
            item.status, item.stage, item.stage_on, item.rises_on, item.behind_on, item.follow_up_on, item.inherited,
            item.path, len(people_of), item.owner.name, item.follow_ups.count(),
        )  # fmt: skip


def _world():
    world = named.build()
    for name, duty, unit in (("周舟", "head", "WORKS-1"), ("才让", "head", "W1-SHOP"), ("马力", "reviewer", "WORKS-1")):
        postings.post(
            person=world.person(name), duty=Duty(duty), unit=world.unit(unit), from_date=DAY_ONE, by=None, at=START
        )
    return world


def _tick(day):
    at = NOON + day * DAY
    due.follow_units(at=at)
    owners.hand_over_left(at=at)
    due.escalate_due(at=at)


def _try(world, item, day, does, who):
    at, on = NOON + day * DAY, MONDAY + day * DAY
    by, person = world.user(who), world.person(who)
    turn = {
        "follow_up": lambda: following.follow_up(item=item, text="查看", by=by, at=at),
        "ask": lambda: items.ask_to_close(item=item, text="办结", by=by, at=at),
        "close": lambda: items.close(item=item, by=by, at=at),
        "return": lambda: items.return_to_owner(item=item, reason="不全", by=by, at=at),
        "reopen": lambda: items.reopen(item=item, reason="复发", by=by, at=at),
        "withdraw": lambda: items.withdraw(item=item, reason="重复", by=by, at=at),
        "hand_over": lambda: owners.hand_over(item=item, to=person, reason="调整", by=world.user("诺敏"), at=at),
        "extend": lambda: items.extend(item=item, due_on=on + timedelta(days=5), reason="待料", by=by, at=at),
        "leave": lambda: _leave(person, on, at),
        "move": lambda: _move(world, on, at),
    }[does]
    with suppress(Refused):
        turn()


def _leave(person, on, at):
    """At the head of the line nobody leaves: who inherits would hang on the day of the tick."""
    if person.name in ("林河", "石强"):
        people.leave(person=person, on=on, by=None, at=at)
        owners.hand_over_left(at=at)


def _move(world, on, at):
    """To South and nowhere else, with the line of heads that is there."""
    units.move_unit(unit=world.unit("W1-SHOP"), target=world.unit("WORKS-2"), on=on, by=None, at=at)
    due.follow_units(at=at)
