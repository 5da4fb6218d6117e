"""What the tree, the roll and their histories must agree on, and that a change past the actions is found."""

from datetime import timedelta

import pytest

from tests.world import DAY_ONE
from wuli.base.clock import FOREVER
from wuli.kernel.orgs.actions import people, units
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import Assignment, Person, Placement, Unit
from wuli.kernel.orgs.queries.soundness import RULES, faults

LATER = DAY_ONE + timedelta(days=40)
LATER_STILL = DAY_ONE + timedelta(days=60)


def test_a_world_built_by_actions_is_sound(world):
    assert faults() == []


def test_it_stays_sound_through_every_change_of_tree_and_roll(world):
    admin, start = world.user("赵系"), world.user("赵系").created_at
    said = {"by": admin, "at": start}
    units.rename_unit(unit=world.unit("NORTH"), name="北部板块", on=LATER, **said)
    units.move_unit(unit=world.unit("W1-SHOP"), target=world.unit("WORKS-2"), on=LATER, **said)
    people.transfer(
        person=world.person("马力"), place=Place(world.unit("W2-T1"), world.unit("WORKS-2")), on=LATER, **said
    )
    people.leave(person=world.person("林河"), on=LATER, **said)
    units.merge_unit(unit=world.unit("W2-T1"), target=world.unit("W1-T2"), on=LATER_STILL, **said)

    assert faults() == []


BREAKS = {
    "每个单位的路径和层级与上级单位相符": [
        lambda world: Unit.objects.filter(code="W1-T1").update(path="zzzz"),
        lambda world: Unit.objects.filter(code="W1-T1").update(depth=9),
        lambda world: Unit.objects.filter(code="G").update(depth=1),
    ],
    "每个单位最近的沿革与现在的上级、名称、路径相符": [
        lambda world: Unit.objects.filter(code="WORKS-1").update(name="另一厂"),
        lambda world: Placement.objects.filter(unit__code="WORKS-1").update(parent=world.unit("SOUTH")),
        lambda world: Placement.objects.filter(unit__code="WORKS-1").update(path="zzzz"),
    ],
    "每个单位的沿革自设立之日起": [
        lambda world: Placement.objects.filter(unit__code="WORKS-1").update(from_date=LATER),
        lambda world: Unit.objects.filter(code="WORKS-1").update(opened_on=DAY_ONE - timedelta(days=1)),
    ],
    "每个单位的沿革前后相接": [
        lambda world: Placement.objects.filter(unit__code="WORKS-1").update(until_date=LATER),
    ],
    "每个单位的沿革互不重叠": [
        lambda world: Placement.objects.create(
            unit=world.unit("WORKS-1"), parent=world.unit("NORTH"), name="一厂", path=world.unit("WORKS-1").path,
            from_date=LATER, until_date=FOREVER,
        ),
    ],
    "每个人的路径与所在单位相符": [
        lambda world: Person.objects.filter(name="才让").update(path=world.unit("W2-T1").path),
    ],
    "每个人最近的任职记录有且只有一条": [
        lambda world: Assignment.objects.filter(person__name="才让").delete(),
        lambda world: Assignment.objects.filter(person__name="才让").update(until_date=LATER),
        lambda world: Person.objects.filter(name="才让").update(on_roll_until=LATER),
    ],
    "每个人的任职记录互不重叠": [
        lambda world: Assignment.objects.create(
            person=world.person("才让"), unit=world.unit("W1-T1"), employer=world.unit("WORKS-1"), from_date=LATER,
            until_date=LATER_STILL,
        ),
    ],
    "每个人的现任单位、岗位、支部与最近的任职记录相符": [
        lambda world: Assignment.objects.filter(person__name="才让").update(unit=world.unit("W1-T2")),
        lambda world: Assignment.objects.filter(person__name="才让").update(branch=None),
        lambda world: Assignment.objects.filter(person__name="欧阳").update(branch=world.unit("P-W2")),
        lambda world: Assignment.objects.filter(person__name="才让").update(employer=world.unit("WORKS-2")),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "harm"), [(rule, harm) for rule, harms in BREAKS.items() for harm in harms])
def test_a_write_past_the_actions_is_found(world, rule, harm):
    harm(world)

    found = {fault.sentence: fault for fault in faults()}
    assert rule in found
    assert found[rule].count >= 1
    assert found[rule].rows


def test_every_rule_has_been_seen_to_break():
    assert {str(rule) for rule in RULES} == BREAKS.keys()


def test_only_the_first_few_rows_are_named(world):
    Person.objects.update(path="zzzz")

    (fault,) = [fault for fault in faults() if "路径与所在单位" in fault.sentence]
    assert fault.count == len(world.people)
    assert len(fault.rows) == 5
