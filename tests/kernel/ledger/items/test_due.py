"""What time makes due: an item nobody moves climbs, the items of those who left find someone, units are followed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.kernel.ledger.items.conftest import DAY, MONDAY, NOON, followed, now
from tests.world import START
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.actions import due, items, owners
from wuli.kernel.ledger.models import Item, Status
from wuli.kernel.ledger.rules import kinds
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people, postings, units
from wuli.kernel.orgs.rules.duties import Perm


@pytest.fixture
def heads(posted):
    """周舟 heads 一厂, 马力 the group; 诺敏 heads North as ever."""
    posted("周舟", "head", "WORKS-1")
    posted("马力", "head", "G")


def escalate(*days):
    return [due.escalate_due(at=NOON + number * DAY) for number in days]


def told():
    return list(Notice.objects.filter(kind="item.escalated").order_by("pk").values_list("person__name", flat=True))


def test_a_missed_follow_up_climbs_one_head_further_every_second_day(item, heads):
    stages = []
    for number in range(12):
        escalate(number)
        stages.append(now(item).stage)

    assert stages == [0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3]
    assert told() == ["周舟", "诺敏", "马力"]
    assert Event.objects.filter(verb="item.escalated").count() == 3


def test_an_item_climbs_from_the_end_of_its_due_date(given, heads):
    item = given(due_on=MONDAY + 3 * DAY)
    assert escalate(0, 3, 4, 4) == [0, 0, 1, 0]
    assert (now(item).stage, now(item).stage_on) == (1, MONDAY + 4 * DAY)


def test_the_day_ends_at_midnight_where_the_unit_is(world, given, heads):
    works = world.unit("WORKS-1")
    units.amend_unit(unit=works, zone="Africa/Lagos", by=world.user("赵系"), at=START)
    item = given(due_on=MONDAY)

    due.escalate_due(at=datetime(2020, 2, 3, 22, 59, tzinfo=UTC))  # 23:59 in Lagos, Tuesday in Beijing
    assert now(item).stage == 0
    due.escalate_due(at=datetime(2020, 2, 3, 23, 0, tzinfo=UTC))
    assert now(item).stage == 1


def test_after_an_outage_one_notice_tells_where_it_now_stands(item, heads):
    assert escalate(5) == [1]
    assert (now(item).stage, now(item).stage_on) == (2, MONDAY + 4 * DAY)
    assert told() == ["诺敏"]
    assert escalate(5, 5) == [0, 0]


def test_a_follow_up_brings_it_down_again(item, world, heads):
    escalate(2, 4)
    followed(item, world, days=4)

    assert (now(item).stage, now(item).behind_on) == (0, MONDAY + 5 * DAY)  # the date passes on Friday
    assert escalate(4, 5) == [0, 1]
    assert told() == ["周舟", "诺敏", "周舟"]


def test_a_follow_up_does_not_stop_the_clock_of_a_date_that_passed(given, world, heads):
    item = given(due_on=MONDAY)
    escalate(1)
    followed(item, world, days=2)
    assert now(item).stage == 1
    assert escalate(3) == [1]


def test_more_time_brings_it_down(given, world, heads):
    item = given(due_on=MONDAY)
    escalate(3)
    assert now(item).stage == 2
    items.extend(item=item, due_on=date(2020, 2, 20), reason="待料", by=world.user("诺敏"), at=NOON + 3 * DAY)
    assert (now(item).stage, escalate(9)) == (0, [0])


def test_a_request_that_nobody_answers_climbs_too(asked, heads):
    """Asked on Tuesday, to be answered within three days."""
    assert escalate(4, 5) == [0, 1]
    assert "销号申请无人确认" in Notice.objects.get(kind="item.escalated").text
    assert now(asked).status == Status.CLOSING


def test_units_without_a_head_are_passed_over(item):
    """Above 林河 only North has one: it is the first stage, and the last."""
    assert escalate(2, 4, 6, 8) == [1, 0, 0, 0]
    assert told() == ["诺敏"]
    assert now(item).stage == 1


def test_the_owner_is_no_stage_of_their_own_line(given, heads):
    given(owner="周舟", due_on=MONDAY)
    escalate(1)
    assert told() == ["诺敏"]


def test_where_nobody_heads_anything_it_stays_and_waits_for_a_head(world, given, posted):
    item = given(owner="诺敏", due_on=MONDAY)
    assert escalate(1, 2) == [0, 0]
    posted("马力", "head", "G")
    assert escalate(3) == [1]
    assert now(item).stage == 1


def test_nothing_climbs_once_it_is_finished_or_withdrawn(closed, world, given):
    gone = given(due_on=MONDAY)
    items.withdraw(item=gone, reason="重复", by=world.user("诺敏"), at=NOON)
    assert escalate(30) == [0]


def test_a_party_bodys_item_climbs_the_line_of_secretaries(world, posted, given):
    posted("党宁", "party_secretary", "P-W1")
    posted("诺敏", "party_secretary", "P-NORTH")
    given(unit="P-W1-A", owner="才让", by="党宁", due_on=MONDAY)
    assert escalate(1, 3) == [1, 1]
    assert told() == ["党宁", "诺敏"]


def test_whoever_may_not_see_an_item_is_not_told_of_it(given, world, heads):
    kinds.register(kinds.ItemKind("secret", "保密", sees=Perm.EVENT_VIEW))
    try:
        given(kind="secret", by=None, due_on=MONDAY)
        assert escalate(1, 3, 5) == [0, 0, 0]
        assert told() == []
    finally:
        kinds.forget("secret")


def test_stand_ins_are_told_with_those_they_stand_in_for(given, world, heads):
    post = world.person("诺敏").postings.get()
    postings.delegate(
        posting=post, to=world.person("石强"), from_date=MONDAY, until_date=date(2020, 3, 1), by=world.user("诺敏"),
        at=NOON,
    )  # fmt: skip
    given(unit="WORKS-2", owner="周舟", due_on=MONDAY)
    escalate(1)
    assert told() == ["诺敏", "石强"]


def leave(world, name, on):
    people.leave(person=world.person(name), on=on, by=None, at=START)


def test_the_items_of_someone_who_left_go_to_the_head_of_the_unit_marked(item, world, heads):
    leave(world, "林河", MONDAY + DAY)
    assert [owners.hand_over_left(at=NOON + number * DAY) for number in (0, 1, 1, 2)] == [0, 1, 0, 0]

    found = now(item)
    assert (found.owner.name, found.inherited, found.handovers.get().by) == ("周舟", True, None)
    assert Notice.objects.get(person=found.owner, kind="item.given").text.startswith("原责任人已离册")
    owners.hand_over(item=found, to=world.person("才让"), reason="指定", by=world.user("周舟"), at=NOON + 2 * DAY)
    assert (now(item).owner.name, now(item).inherited) == ("才让", False)


def test_without_a_head_at_the_unit_they_go_up_the_line(item, world):
    leave(world, "林河", MONDAY + DAY)
    owners.hand_over_left(at=NOON + DAY)
    assert now(item).owner.name == "诺敏"


def test_a_request_of_someone_who_left_is_still_confirmed(asked, world):
    leave(world, "林河", MONDAY + 2 * DAY)
    assert owners.hand_over_left(at=NOON + 2 * DAY) == 0
    items.close(item=asked, by=world.user("诺敏"), at=NOON + 2 * DAY)
    assert now(asked).status == Status.CLOSED


def test_a_handover_in_mid_climb_starts_along_the_new_line(item, world, heads):
    escalate(2, 4, 6)
    owners.hand_over(item=item, to=world.person("周舟"), reason="主抓", by=world.user("诺敏"), at=NOON + 6 * DAY)
    assert now(item).stage == 0
    assert escalate(6) == [1]
    assert now(item).stage == 2  # one head fewer stands above the head of 一厂
    assert told() == ["周舟", "诺敏", "马力", "马力"]


def test_items_follow_their_unit_to_another_segment(item, world):
    other = {"on": date(2020, 2, 5), "by": None, "at": START}
    units.move_unit(unit=world.unit("WORKS-1"), target=world.unit("SOUTH"), **other)
    assert now(item).path != now(item).unit.path
    assert [due.follow_units(at=NOON + 2 * DAY) for _time in range(2)] == [1, 0]
    assert now(item).path == world.unit("WORKS-1").path


def test_items_of_a_merged_unit_go_where_it_went(given, world, heads):
    one = given(unit="W1-T1", due_on=MONDAY)
    two = {"on": date(2020, 2, 5), "by": None, "at": START}
    units.merge_unit(unit=world.unit("W1-T1"), target=world.unit("W1-T2"), **two)
    assert due.follow_units(at=NOON + 2 * DAY) == 1
    assert (now(one).unit, now(one).path) == (world.unit("W1-T2"), world.unit("W1-T2").path)
    assert Event.objects.get(verb="item.moved").changes == {"unit": ["电解一班", "电解二班"]}


def test_all_of_it_is_part_of_the_tick(item, world, heads):
    from wuli.base import ticking

    chores = ticking.chores()
    order = [name for name in chores if name.startswith("items.")]
    assert order == ["items.units", "items.left", "items.escalate"]
    assert [chores[name](NOON + timedelta(days=2)) for name in order] == [0, 0, 1]
    assert Item.objects.get().stage == 1
