"""A round under way follows the tree of its business date."""

from datetime import timedelta

from wuli.kernel.cascade.actions import freezing, rounds
from wuli.kernel.cascade.models import Slot
from wuli.kernel.cascade.queries.coverage import coverage
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.units import NewUnit

from .asking import DAY, at


def test_a_unit_that_opens_or_closes_while_the_round_is_open(asked):
    by = asked.world.user("赵系")
    units.open_unit(NewUnit("W1-T3", "team", "电解三班", "W1-SHOP"), on=DAY, by=by, at=at(9))
    units.open_unit(NewUnit("W1-T4", "team", "电解四班", "W1-SHOP"), on=DAY + timedelta(days=1), by=by, at=at(9))

    assert rounds.follow_tree(at(9, 1)) == 1
    assert rounds.follow_tree(at(9, 2)) == 0
    assert asked.slot("W1-T3").above == asked.slot("W1-SHOP").path
    assert not Slot.objects.filter(unit__code="W1-T4").exists()


def test_a_unit_that_moves_while_the_round_is_open_answers_under_its_new_parent(asked):
    by = asked.world.user("赵系")
    units.move_unit(unit=asked.world.unit("W1-T2"), target=asked.world.unit("WORKS-2"), on=DAY, by=by, at=at(9))

    rounds.follow_tree(at(9, 1))

    assert asked.slot("W1-T2").above == asked.slot("WORKS-2").path
    assert coverage(asked.round, asked.slot("WORKS-1").path).expected == 3


def test_a_move_after_a_level_has_told_leaves_this_round_as_it_was(asked):
    freezing.freeze_due(at(17, 30))
    by = asked.world.user("赵系")
    units.move_unit(unit=asked.world.unit("W1-T2"), target=asked.world.unit("WORKS-2"), on=DAY, by=by, at=at(17, 40))

    rounds.follow_tree(at(17, 41))

    assert asked.slot("W1-T2").above == asked.slot("W1-SHOP").path
