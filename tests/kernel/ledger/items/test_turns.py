"""Each turn of an item: what it leaves, whom it tells, and that a refusal moves nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.kernel.ledger.items.conftest import DAY, DUE, MONDAY, NOON, followed, now
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.actions import items, owners
from wuli.kernel.ledger.models import FollowUp, Item, Status
from wuli.kernel.ledger.rules import kinds
from wuli.kernel.notices.models import Notice


def told(kind=None):
    rows = Notice.objects.order_by("pk")
    return [(one.person.name, one.kind, one.text) for one in (rows.filter(kind=kind) if kind else rows)]


def verbs():
    return list(Event.objects.filter(verb__startswith="item.").order_by("pk").values_list("verb", flat=True))


def test_an_item_is_opened_for_somebody_who_is_told(item, world):
    assert (item.status, item.owner, item.opened_by) == (Status.OPEN, world.person("林河"), world.person("诺敏"))
    assert (item.path, item.counts_from, item.follow_up_on) == (world.unit("WORKS-1").path, MONDAY, MONDAY + DAY)
    assert (item.behind_on, item.rises_on, item.stage) == (MONDAY + 2 * DAY, MONDAY + 2 * DAY, 0)
    assert told() == [("林河", "item.given", "交给您办理：更换除尘滤袋")]
    assert verbs() == ["item.opened"]


def test_an_item_for_oneself_tells_nobody(given):
    given(owner="诺敏")
    assert told() == []


def test_the_same_key_opens_one_item(given):
    assert given(key="k1").pk == given(key="k1", title="另一件").pk
    assert Item.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"by": "石强"}, "您不能在“一厂”交办事项"),
        ({"by": "林河"}, "您不能在“一厂”交办事项"),
        ({"title": "  "}, "请写明要办的事项"),
        ({"due_on": MONDAY - DAY}, "已经过去"),
        ({"kind": "nothing"}, "没有“nothing”这一类事项"),
    ],
)
def test_what_cannot_be_opened(given, more, sentence):
    with pytest.raises(Refused, match=sentence):
        given(**more)
    assert not Item.objects.exists()
    assert verbs() == []


def test_an_app_opens_its_own_kind_for_whoever_caused_it(given):
    kinds.register(kinds.ItemKind("flagged", "异常人员"))
    try:
        assert given(kind="flagged", by="马力", subject=Item(pk=5)).opened_by.name == "马力"
    finally:
        kinds.forget("flagged")


def test_a_follow_up_moves_the_clock(item, world):
    followed(item, world, days=1)
    assert (now(item).followed_to, now(item).follow_up_on) == (MONDAY + DAY, MONDAY + 2 * DAY)
    followed(item, world, days=1, for_date=MONDAY)  # filled in later, for a day before
    assert now(item).followed_to == MONDAY + DAY


def test_a_follow_up_sent_twice_is_one(item, world):
    first, again = followed(item, world, key="k"), followed(item, world, key="k", text="别的")
    assert (first.pk, FollowUp.objects.count()) == (again.pk, 1)
    assert verbs() == ["item.opened", "item.followed_up"]


@pytest.mark.parametrize(
    ("who", "may"), [("林河", True), ("诺敏", True), ("顾岚", True), ("才让", False), ("石强", False)]
)
def test_who_may_follow_up(item, world, who, may):
    if may:
        assert followed(item, world, who=who).by.name == who
    else:
        with pytest.raises(Refused):
            followed(item, world, who=who)
        assert not FollowUp.objects.exists()


def test_closing_takes_two(item, world):
    items.ask_to_close(item=item, text="已更换", by=world.user("林河"), at=NOON + DAY)
    assert (now(item).status, now(item).asked_by.name) == (Status.CLOSING, "林河")
    assert now(item).follow_up_on is None
    assert told("item.asked") == [("诺敏", "item.asked", "请确认销号：更换除尘滤袋（林河）")]

    items.close(item=item, by=world.user("诺敏"), at=NOON + 2 * DAY)

    assert (now(item).status, now(item).closed_by.name, now(item).closed_at) == (Status.CLOSED, "诺敏", NOON + 2 * DAY)
    assert (now(item).behind_on, now(item).rises_on) == (None, None)
    assert told("item.answered") == [("林河", "item.answered", "已确认销号：更换除尘滤袋")]


@pytest.mark.parametrize("who", ["林河", "才让", "石强", "欧阳"])
def test_nobody_else_closes_it(asked, world, who):
    with pytest.raises(Refused):
        items.close(item=asked, by=world.user(who), at=NOON + DAY)
    assert now(asked).status == Status.CLOSING
    assert "item.closed" not in verbs()


def test_whoever_asked_for_the_owner_cannot_confirm(item, world):
    items.ask_to_close(item=item, text="电话核实已换", by=world.user("诺敏"), at=NOON)
    with pytest.raises(Refused, match="第二人"):
        items.close(item=item, by=world.user("诺敏"), at=NOON)
    assert items.close(item=item, by=world.user("顾岚"), at=NOON).status == Status.CLOSED


def test_a_head_who_asks_is_confirmed_from_above(item, world, posted):
    posted("周舟", "head", "G")
    items.ask_to_close(item=item, text="电话核实已换", by=world.user("诺敏"), at=NOON)
    assert [name for name, _kind, _text in told("item.asked")] == ["周舟"]


def test_a_returned_request_lets_the_follow_ups_count_from_that_day(asked, world):
    items.return_to_owner(item=asked, reason="缺照片", by=world.user("诺敏"), at=NOON + 4 * DAY)

    found = now(asked)
    assert (found.status, found.asked_by, found.asked_at) == (Status.OPEN, None, None)
    assert (found.counts_from, found.follow_up_on) == (MONDAY + 4 * DAY, MONDAY + 5 * DAY)
    assert told("item.answered")[-1][2] == "退回，请继续办理：更换除尘滤袋"


def test_an_owner_takes_their_request_back(asked, world):
    items.return_to_owner(item=asked, reason="换错了型号", by=world.user("林河"), at=NOON + DAY)
    assert now(asked).status == Status.OPEN


def test_a_closed_item_is_opened_again_with_all_that_was_said(closed, world):
    items.reopen(item=closed, reason="又漏了", due_on=date(2020, 2, 20), by=world.user("诺敏"), at=NOON + 9 * DAY)

    found = now(closed)
    assert (found.status, found.closed_by, found.due_on) == (Status.OPEN, None, date(2020, 2, 20))
    assert found.follow_ups.get().text == "已更换，试运行正常"
    assert verbs()[-2:] == ["item.closed", "item.reopened"]


def test_an_owner_withdraws_nothing(item, world, posted):
    posted("林河", "head", "WORKS-1")
    with pytest.raises(Refused, match="责任人不能撤销自己的事项"):
        items.withdraw(item=item, reason="不用了", by=world.user("林河"), at=NOON)
    items.withdraw(item=item, reason="重复交办", by=world.user("诺敏"), at=NOON)
    assert (now(item).status, now(item).withdrawn_reason) == (Status.WITHDRAWN, "重复交办")
    with pytest.raises(Refused):
        items.reopen(item=item, reason="还是要办", by=world.user("诺敏"), at=NOON)


def test_an_extension_is_given_by_someone_else(item, world, posted):
    posted("林河", "head", "WORKS-1")
    later = date(2020, 2, 14)
    with pytest.raises(Refused, match="责任人不能给自己延期"):
        items.extend(item=item, due_on=later, reason="待料", by=world.user("林河"), at=NOON)
    items.extend(item=item, due_on=later, reason="待料", by=world.user("诺敏"), at=NOON)
    assert now(item).due_on == later
    assert Event.objects.get(verb="item.extended").changes == {"due_on": [str(DUE), "2020-02-14"]}


def test_a_handover_names_both_and_tells_the_new_owner(item, world):
    owners.hand_over(item=item, to=world.person("才让"), reason="调岗", by=world.user("林河"), at=NOON)

    one = now(item).handovers.get()
    assert (one.from_person.name, one.to_person.name, one.by.name, one.reason) == ("林河", "才让", "林河", "调岗")
    assert (now(item).owner.name, now(item).inherited) == ("才让", False)
    assert told("item.given")[-1] == ("才让", "item.given", "移交给您办理：更换除尘滤袋")


FAULTS = {
    "closed by the owner": {"status": "closed", "closed_by": "林河"},
    "closed by whoever asked": {"status": "closed", "asked_by": "诺敏", "closed_by": "诺敏"},
    "closed by nobody": {"status": "closed", "closed_by": None},
    "closing without a request": {"asked_by": None},
    "withdrawn without a reason": {"status": "withdrawn", "asked_by": None, "asked_at": None},
    "open with a request": {"status": "open"},
    "a stage without a day": {"stage": 1},
    "half a subject": {"subject_id": 5},
    "without a title": {"title": ""},
    "rising before it is behind": {"rises_on": MONDAY},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_database_refuses_what_can_never_be(asked, world, fault):
    values = {name: world.person(value) if value in world.people else value for name, value in FAULTS[fault].items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=asked.pk).update(**values)


def test_a_confirmed_item_satisfies_the_same_constraints(closed):
    assert closed.status == Status.CLOSED
