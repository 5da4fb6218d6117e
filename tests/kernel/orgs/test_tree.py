"""The tree: what may hang where, from which day, and that the past stays what it was."""

from datetime import date

import pytest

from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import people, planned, units
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Person, Placement, PlannedChange, Posting, Unit
from wuli.kernel.orgs.queries import units as tree
from wuli.kernel.orgs.queries.scope import people_where
from wuli.kernel.orgs.rules.duties import Perm

FEB, MARCH = date(2020, 2, 1), date(2020, 3, 1)


@pytest.fixture
def admin(world):
    return world.user("赵系")


def shape():
    """Everything a refused change must leave as it was."""
    return (
        list(Unit.objects.order_by("pk").values()),
        list(Placement.objects.order_by("pk").values()),
        list(Person.objects.order_by("pk").values("path", "unit", "branch", "employer")),
        Event.objects.count(),
    )


def names(unit, on):
    return [placement.name for placement in tree.lineage(unit, on)]


def test_a_renamed_unit_keeps_its_old_name_on_days_before(world, admin):
    works = world.unit("WORKS-1")

    units.rename_unit(unit=works, name="第一冶炼厂", on=FEB, by=admin, at=START)

    assert names(works, date(2020, 1, 31)) == ["同舟集团", "北方板块", "一厂"]
    assert names(works, FEB) == ["同舟集团", "北方板块", "第一冶炼厂"]
    assert world.unit("WORKS-1").pinyin == "diyiyelianchang"


def test_a_moved_subtree_takes_people_and_duties_along_and_leaves_the_past_alone(world, admin):
    team, works, south = world.unit("W1-T1"), world.unit("WORKS-1"), world.unit("SOUTH")

    units.move_unit(unit=works, target=south, on=FEB, by=admin, at=START)

    assert names(team, date(2020, 1, 31)) == ["同舟集团", "北方板块", "一厂", "电解车间", "电解一班"]
    assert names(team, FEB) == ["同舟集团", "南方板块", "一厂", "电解车间", "电解一班"]
    assert {p.name for p in people_where(world.user("石强"), Perm.PERSON_VIEW)} >= {"才让", "林河", "马力"}
    assert {p.name for p in people_where(world.user("诺敏"), Perm.PERSON_VIEW)} == {"周舟"}
    assert world.unit("W1-T1").depth == 4
    assert Posting.objects.get(duty="grid_keeper").unit == world.unit("W1-T1")


def test_figures_of_a_past_day_use_the_tree_of_that_day(world, admin):
    north = world.unit("NORTH")
    before = tree.heads_under(north.path, DAY_ONE)

    units.move_unit(unit=world.unit("WORKS-1"), target=world.unit("SOUTH"), on=FEB, by=admin, at=START)

    assert before == tree.heads_under(north.path, DAY_ONE) == tree.Heads(people=5, members=3)
    assert tree.heads_under(north.path, FEB) == tree.Heads(people=1, members=1)


def test_moving_twice_on_one_day_leaves_one_placement_for_that_day(world, admin):
    works = world.unit("WORKS-1")

    units.move_unit(unit=works, target=world.unit("SOUTH"), on=FEB, by=admin, at=START)
    units.move_unit(unit=works, target=world.unit("NORTH"), on=FEB, by=admin, at=START)

    assert names(works, FEB) == ["同舟集团", "北方板块", "一厂"]
    assert works.placements.count() == 2


def test_a_merged_unit_hands_over_its_people_posts_children_and_served_bodies(world, admin):
    one, two = world.unit("W1-T1"), world.unit("W1-T2")
    units.merge_unit(unit=world.unit("WORKS-2"), target=world.unit("WORKS-1"), on=FEB, by=admin, at=START)

    units.merge_unit(unit=one, target=two, on=FEB, by=admin, at=START)

    assert world.person("才让").unit == two
    assert world.person("周舟").employer == world.unit("WORKS-1")
    assert world.unit("W2-T1").parent == world.unit("WORKS-1")
    assert world.unit("P-W2").serves == world.unit("WORKS-1")
    assert world.unit("W1-T1").closed_on == FEB
    assert world.unit("W1-T1").merged_into == two
    assert not Posting.objects.on(FEB).filter(unit=one).exists()
    assert tree.heads_under(world.unit("G").path, FEB) == tree.heads_under(world.unit("G").path, DAY_ONE)


@pytest.mark.parametrize(
    ("verb", "unit", "target", "on", "says"),
    [
        pytest.param("move", "NORTH", "W1-SHOP", FEB, "它自己或它的下级", id="under itself"),
        pytest.param("move", "WORKS-1", "NORTH", FEB, "已经在", id="where it is"),
        pytest.param("move", "WORKS-1", "W2-T1", FEB, "不能设在班组", id="under a team"),
        pytest.param("move", "WORKS-1", "P-NORTH", FEB, "不能设在党委", id="into the other line"),
        pytest.param("move", "WORKS-1", "SOUTH", date(2019, 12, 1), "才设立", id="before it was opened"),
        pytest.param("merge", "WORKS-1", "SOUTH", FEB, "同类单位", id="into another kind"),
        pytest.param("merge", "WORKS-1", "WORKS-1", FEB, "它自己", id="into itself"),
        pytest.param("merge", "WORKS-1", "WORKS-2", DAY_ONE, "当天刚有变更", id="on the day it began"),
        pytest.param("close", "WORKS-1", None, FEB, "下级单位", id="close with children"),
        pytest.param("close", "W1-T1", None, FEB, "在册人员", id="close with people"),
        pytest.param("rename", "WORKS-1", None, FEB, "已经是这个名称", id="the same name"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(world, admin, verb, unit, target, on, says):
    target = world.unit(target) if target else None
    before = shape()

    with pytest.raises(Refused, match=says):
        planned.change_tree(
            verb=verb, unit=world.unit(unit), target=target, name="一厂", on=on, by=admin,
            at=START.replace(year=2021),
        )  # fmt: skip

    assert shape() == before


def test_nothing_may_be_dated_back_before_a_later_change(world, admin):
    units.rename_unit(unit=world.unit("W1-T1"), name="电解甲班", on=MARCH, by=admin, at=START)
    before = shape()

    with pytest.raises(Refused, match="电解甲班.*2020-03-01"):
        units.move_unit(unit=world.unit("WORKS-1"), target=world.unit("SOUTH"), on=FEB, by=admin, at=START)

    assert shape() == before


def test_a_change_dated_ahead_waits_for_its_day_and_the_tick(world, admin):
    works, south = world.unit("WORKS-1"), world.unit("SOUTH")
    planned.change_tree(verb="move", unit=works, target=south, on=FEB, by=admin, at=START)

    assert planned.carry_out_due(at=START) == 0
    assert world.unit("WORKS-1").parent == world.unit("NORTH")

    night = START.replace(month=1, day=31, hour=16)  # midnight in Shanghai
    assert planned.carry_out_due(at=night) == 1
    assert planned.carry_out_due(at=night) == 0
    assert world.unit("WORKS-1").parent == south


def test_a_planned_change_that_has_become_impossible_is_marked_with_the_reason(world, admin):
    team = world.unit("W1-T1")
    planned.change_tree(verb="move", unit=team, target=world.unit("WORKS-2"), on=MARCH, by=admin, at=START)
    units.merge_unit(unit=team, target=world.unit("W1-T2"), on=FEB, by=admin, at=START)

    planned.carry_out_due(at=START.replace(month=4))

    plan = PlannedChange.objects.get()
    assert plan.status == "refused"
    assert "已于 2020-02-01 关闭" in plan.outcome


@pytest.mark.parametrize(
    ("new", "says"),
    [
        pytest.param(NewUnit("W9", "workshop", "新车间", "NORTH"), "车间不能设在业务板块", id="wrong parent"),
        pytest.param(NewUnit("W9", "enterprise", "新厂"), "必须有上级", id="no parent"),
        pytest.param(NewUnit("W9", "enterprise", "新厂", "NOWHERE"), "没有编码为“NOWHERE”", id="unknown parent"),
        pytest.param(NewUnit("WORKS-1", "enterprise", "新厂", "NORTH"), "已被使用", id="code in use"),
        pytest.param(NewUnit("W9", "enterprise", " ", "NORTH"), "不能为空", id="no name"),
        pytest.param(NewUnit("W9", "enterprise", "新厂", "NORTH", uscc="91350100M000100Y44"), "校验位", id="bad USCC"),
        pytest.param(NewUnit("W9", "enterprise", "新厂", "NORTH", zone="Mars/Base"), "时区", id="bad zone"),
    ],
)
def test_a_unit_that_cannot_be_opened_is_refused_with_all_others_of_the_same_list(world, admin, new, says):
    before = shape()

    with pytest.raises(Refused, match=says):
        units.open_units([NewUnit("W8", "enterprise", "好厂", "NORTH"), new], on=FEB, by=admin, at=START)

    assert shape() == before


@pytest.mark.parametrize("change", [units.merge_unit, units.move_unit], ids=["merge", "move"])
def test_nothing_comes_to_a_unit_on_a_day_before_it_closed(world, admin, change):
    units.merge_unit(unit=world.unit("WORKS-1"), target=world.unit("WORKS-2"), on=MARCH, by=admin, at=START)
    unit = world.unit("WORKS-3") if change is units.merge_unit else world.unit("W3-T1")
    before = shape()

    with pytest.raises(Refused, match="“一厂”已于 2020-03-01 关闭"):
        change(unit=unit, target=world.unit("WORKS-1"), on=FEB, by=admin, at=START)

    assert shape() == before


def test_nobody_joins_a_unit_on_a_day_before_it_closed(world, admin):
    units.merge_unit(unit=world.unit("W1-T1"), target=world.unit("W1-T2"), on=MARCH, by=admin, at=START)
    place = people.Place(world.unit("W1-T1"), world.unit("WORKS-1"))

    with pytest.raises(Refused, match="“电解一班”已于 2020-03-01 关闭"):
        people.join(number="9", name="卓玛", place=place, on=FEB, by=admin, at=START)
