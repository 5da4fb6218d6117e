"""Who finds which items, in how many queries, counted how."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from tests.kernel.ledger.items.conftest import DAY, MONDAY, NOON, followed, now
from tests.world import START
from wuli.kernel.ledger.actions import items as actions
from wuli.kernel.ledger.actions import owners
from wuli.kernel.ledger.models import Item
from wuli.kernel.ledger.queries import counts, history, items
from wuli.kernel.ledger.queries.items import Asked
from wuli.kernel.ledger.rules import kinds
from wuli.kernel.ledger.rules.clockwork import Colour
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.rules.duties import Perm

#                     顾岚 诺敏 周舟 石强 林河 才让 欧阳 马力 孙审 赵系 党宁
PEOPLE = ("顾岚", "诺敏", "周舟", "石强", "林河", "才让", "欧阳", "马力", "孙审", "赵系", "党宁")
WHO_MAY = {
    Perm.ITEM_VIEW:  "1 1 0 0 1 0 0 0 0 0 0",
    Perm.ITEM_OPEN:  "1 1 0 0 0 0 0 0 0 0 0",
    Perm.ITEM_CLOSE: "1 1 0 0 0 0 0 0 0 0 0",
}  # fmt: skip


@pytest.mark.parametrize("perm", WHO_MAY)
def test_who_may(item, world, perm):
    """林河 sees it for it is theirs; 周舟 heads another works, 石强 another segment."""
    found = {who: int(items.items_for(world.user(who), perm).exists()) for who in PEOPLE}
    assert found == dict(zip(PEOPLE, map(int, WHO_MAY[perm].split()), strict=True))


def test_absent_and_not_yours_are_the_same(item, world):
    for key in (item.pk, 99999):
        with pytest.raises(Http404):
            items.item_for(world.user("石强"), key)


def test_a_kind_may_ask_for_a_permission_of_its_own(given, world):
    kinds.register(kinds.ItemKind("secret", "保密", sees=Perm.EVENT_VIEW))
    try:
        given(kind="secret", by=None)
        given()
        seen = {who: items.items_for(world.user(who)).count() for who in ("诺敏", "孙审", "林河")}
        assert seen == {"诺敏": 1, "孙审": 1, "林河": 2}
    finally:
        kinds.forget("secret")


def test_a_token_that_may_not_see_items_does_not_see_its_owners(item, world):
    user = world.user("林河")
    user.only_perms = frozenset({Perm.UNIT_VIEW})
    assert not items.items_for(user).exists()
    user.only_perms = frozenset({Perm.ITEM_VIEW})
    assert items.items_for(user).exists()


def test_what_waits_for_the_second_person(asked, world, posted):
    posted("林河", "head", "WORKS-1")
    waiting = {who: items.waiting_for_second(world.user(who)).count() for who in ("林河", "诺敏", "顾岚", "石强")}
    assert waiting == {"林河": 0, "诺敏": 1, "顾岚": 1, "石强": 0}


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        (Asked(), ["甲", "乙", "丙", "丁", "戊"]),
        (Asked(mine=True), ["乙"]),
        (Asked(waiting=True), ["丙"]),
        (Asked(overdue=True), ["甲", "丙", "丁"]),
        (Asked(colour="red"), ["甲"]),
        (Asked(colour="blue"), ["乙"]),
        (Asked(colour="grey"), ["丙", "丁"]),
        (Asked(status="active"), ["甲", "乙", "丙", "丁"]),
        (Asked(status="withdrawn"), ["戊"]),
        (Asked(text="甲"), ["甲"]),
        (Asked(text="才让"), ["丁"]),
        (Asked(kind="nothing"), []),
    ],
    ids=str,
)
def test_what_is_asked_for(given, world, asked, titles):
    """On the Friday: 甲 is four days late, 乙 is due on Sunday, 丙 waits too long, 丁 owes a word, 戊 was a mistake."""
    head = world.user("诺敏")
    given("甲", due_on=MONDAY)
    given("乙", owner="诺敏", by="顾岚", due_on=MONDAY + 6 * DAY)
    third = given("丙", unit="W2-T1", due_on=date(2020, 3, 1))
    given("丁", owner="才让", cadence="daily")
    actions.withdraw(item=given("戊"), reason="重复", by=head, at=NOON)
    actions.ask_to_close(item=third, text="好了", by=world.user("林河"), at=NOON)
    found = [one.title for one in items.found(head, asked, NOON + 4 * DAY)]
    assert sorted(found) == sorted(titles)


def test_a_unit_with_all_below_it(given, world):
    for code in ("WORKS-1", "W1-T2", "WORKS-2"):
        given(code, unit=code)
    found = items.found(world.user("诺敏"), Asked(unit=world.unit("WORKS-1")), NOON)
    assert {one.title for one in found} == {"WORKS-1", "W1-T2"}


def test_the_first_to_do_come_first_and_what_has_ended_last(given, world):
    ended = given("了结", due_on=MONDAY)
    actions.withdraw(item=ended, reason="重复", by=world.user("诺敏"), at=NOON)
    given("没有期限")
    given("后", due_on=MONDAY + 2 * DAY)
    given("先", due_on=MONDAY + DAY)
    assert [one.title for one in items.found(world.user("诺敏"), Asked(), NOON)] == ["先", "后", "没有期限", "了结"]


def test_colours_are_counted_by_child_and_add_up_to_the_whole(given, world):
    for code, days in {"NORTH": 0, "WORKS-1": -9, "W1-T1": 0, "WORKS-2": 30}.items():
        opened = given(code, unit=code, due_on=max(MONDAY, MONDAY + days * DAY))
        Item.objects.filter(pk=opened.pk).update(due_on=MONDAY + days * DAY)
    head, north = world.user("诺敏"), world.unit("NORTH")

    with CaptureQueriesContext(connection) as queries:
        found = counts.colours_below(head, north, NOON)

    assert found == {
        north.path: Counter({Colour.BLUE: 1}), world.unit("WORKS-1").path: Counter({Colour.RED: 1, Colour.BLUE: 1}),
        world.unit("WORKS-2").path: Counter({Colour.GREY: 1}),
    }  # fmt: skip
    assert sum(found.values(), Counter()) == counts.colours_of(items.items_for(head).active().under(north), NOON)
    assert len(queries) == 2  # whose duties reach where, and the count itself


def test_a_date_is_judged_where_the_unit_is(given, world):
    """At 01:00 in Beijing on Tuesday it is still Monday in Lagos."""
    units.amend_unit(unit=world.unit("WORKS-2"), zone="Africa/Lagos", by=world.user("赵系"), at=START)
    for code in ("WORKS-1", "WORKS-2"):
        given(code, unit=code, due_on=MONDAY)
    at, head = datetime(2020, 2, 3, 17, 0, tzinfo=UTC), world.user("诺敏")

    assert [one.title for one in items.found(head, Asked(overdue=True), at)] == ["WORKS-1"]
    assert [one.title for one in items.found(head, Asked(colour="blue"), at)] == ["WORKS-2"]
    assert counts.colours_of(items.items_for(head), at) == {Colour.YELLOW: 1, Colour.BLUE: 1}
    assert [one.title for one in items.coming_up(world.person("林河"), at, days=0)[0]] == ["WORKS-1", "WORKS-2"]


def test_what_is_owed_today(given, world):
    given("今天到期", due_on=MONDAY)
    given("明天跟进", cadence="daily")
    given("明天到期", due_on=MONDAY + DAY)
    given("别人的", owner="才让", due_on=MONDAY)
    person = world.person("林河")
    with CaptureQueriesContext(connection) as queries:
        found = [items.coming_up(person, NOON + number * DAY, days=3) for number in (0, 1)]

    assert [[one.title for one in owed] for owed, _soon in found] == [
        ["今天到期"],
        ["今天到期", "明天到期", "明天跟进"],
    ]
    assert [[one.title for one in soon] for _owed, soon in found] == [["明天到期"], []]
    assert len(queries) == 2


def test_the_history_is_one_list_by_time(item, world):
    followed(item, world, text="已订货")
    owners.hand_over(item=item, to=world.person("才让"), reason="调岗", by=world.user("林河"), at=NOON + DAY)
    actions.ask_to_close(item=item, text="已更换", by=world.user("才让"), at=NOON + 2 * DAY)
    actions.close(item=item, by=world.user("诺敏"), at=NOON + 3 * DAY)
    actions.reopen(item=now(item), reason="又漏了", by=world.user("诺敏"), at=NOON + 4 * DAY)

    told = [(one.mark, one.who, str(one.sentence)) for one in history.history_of(now(item))]

    assert told[:4] == [
        ("event", "诺敏", "<b>诺敏</b>重新打开了<b>更换除尘滤袋</b>"),
        ("event", "诺敏", "<b>诺敏</b>确认<b>更换除尘滤袋</b>销号"), ("asked", "才让", "申请销号"),
        ("handover", "林河", "由林河移交才让"),
    ]  # fmt: skip
    assert {one[0] for one in told[4:]} == {"follow_up", "event"}
    assert len(told) == 6
