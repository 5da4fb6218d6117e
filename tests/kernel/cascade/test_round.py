"""A round from its opening on: who is asked, by when, and how each call goes on or is taken back."""

from datetime import date, timedelta

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import calls, rounds
from wuli.kernel.cascade.models import Round
from wuli.kernel.cascade.queries.coverage import Coverage, coverage, coverage_by_child
from wuli.kernel.orgs.actions import units

from .asking import DAY, MORNING, at


def state(asked, code):
    slot = asked.slot(code)
    return slot.state, slot.review, slot.late


def test_everyone_asked_has_a_slot_and_is_missing_from_the_first_minute(asked, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = coverage(asked.round, "")

    assert found == Coverage(missing=11)
    assert set(asked.round.slots.values_list("unit__code", flat=True)) == {
        "G-OFFICE", "NORTH", "SOUTH", "WORKS-1", "WORKS-2", "WORKS-3", "W1-SHOP", "W1-T1", "W1-T2", "W2-T1", "W3-T1",
    }  # fmt: skip


def test_each_slot_knows_the_next_level_and_its_hours(asked):
    team, shop = asked.slot("W1-T1"), asked.slot("W1-SHOP")

    assert (team.above, team.due_at, team.freeze_at) == (shop.path, at(15), at(16))
    assert asked.slot("NORTH").above == ""
    levels = asked.round.figures.order_by("path").values_list("unit__code", "freeze_at")
    assert dict(levels) == {
        "G": at(18), "NORTH": at(18), "SOUTH": at(18), "WORKS-1": at(17, 30), "WORKS-2": at(17, 30),
        "WORKS-3": at(17, 30), "W1-SHOP": at(16, 30),
    }  # fmt: skip


def test_opening_twice_is_opening_once(asked):
    again = rounds.open_round(call=asked.call, on=DAY, at=at(10))

    assert again == asked.round
    assert rounds.open_due(at(12)) == 0
    assert asked.round.slots.count() == 11


def test_a_zero_a_matter_and_a_late_answer_are_three_different_facts(asked):
    asked.answer("W1-T1", at(14))
    asked.answer("W1-T2", at(14), abnormal=1)
    asked.answer("W2-T1", at(15, 5))

    assert state(asked, "W1-T1") == ("zero", "waiting", False)
    assert state(asked, "W1-T2") == ("some", "waiting", False)
    assert state(asked, "W2-T1") == ("zero", "waiting", True)
    assert coverage(asked.round, "") == Coverage(zero=2, some=1, missing=8, late=1, waiting=3)


def test_children_add_up_to_their_parent(asked):
    asked.answer("W1-T1", at(14))
    asked.answer("W3-T1", at(14), abnormal=2)

    group = asked.world.unit("G")
    by_child = coverage_by_child(asked.round, group.path)
    assert sum(by_child.values(), Coverage()) == coverage(asked.round, group.path)
    assert by_child[asked.slot("SOUTH").path] == Coverage(some=1, missing=2, waiting=1)


def test_a_daily_call_opens_a_round_a_day_and_catches_up(asked):
    assert rounds.open_due(at(9, days=3)) == 3
    assert list(Round.objects.order_by("on").values_list("on", flat=True)) == [date(2020, 2, n) for n in (3, 4, 5, 6)]


def test_a_unit_in_another_zone_has_its_own_hours(world):
    from . import asking

    units.amend_unit(unit=world.unit("WORKS-3"), by=world.user("赵系"), at=MORNING, zone="America/Lima")
    asked = asking.evening(world)

    assert asked.slot("WORKS-3").due_at - asked.slot("WORKS-1").due_at == timedelta(hours=13)


def test_a_revoked_call_needs_no_answer(asked):
    calls.revoke(call=asked.call, reason="改用新表", by=asked.keeper, at=at(10))

    with pytest.raises(Refused, match="“晚报”已撤销，不用再报"):
        asked.answer("W1-T1", at(14))
    assert coverage(asked.round, "") == Coverage(exempt=11)


def test_nobody_asks_beyond_their_reach(world, asked):
    nomin = world.user("诺敏")
    new = calls.NewCall(
        kind="report", number="2", title="别家", issuer=world.unit("NORTH"), starts_on=DAY,
        targets={world.unit("SOUTH"): ["team"]}, hours={"team": (0, 900, 960)},
    )  # fmt: skip
    with pytest.raises(Refused, match="您没有向南方板块下发的职责"):
        calls.draft(new, by=nomin, at=MORNING)


@pytest.mark.parametrize("change", [calls.end, calls.revoke], ids=["end", "revoke"])
def test_nobody_takes_back_what_a_level_above_asked(world, asked, change):
    with pytest.raises(Refused, match="您没有向同舟集团下发的职责"):
        change(call=asked.call, reason="不想报", by=world.user("诺敏"), at=at(10))
    asked.call.refresh_from_db()
    assert asked.call.status == "issued"
