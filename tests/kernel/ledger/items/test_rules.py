"""From each state what can follow, and who is refused with which sentence."""

from datetime import date
from itertools import product

import pytest

from wuli.kernel.ledger.models import Item, Status
from wuli.kernel.ledger.rules import items as rules
from wuli.kernel.ledger.rules.items import TRANSITIONS, Standing
from wuli.kernel.orgs.models import Person

TODAY = date(2020, 2, 3)
STANDINGS = [Standing(*flags) for flags in product([False, True], repeat=4)]
SOMEONE = Person(pk=77, name="才让", on_roll_from=date(2020, 1, 1))


def an_item(status):
    return Item(title="更换滤袋", status=status, owner_id=1, due_on=date(2020, 2, 7))


WHY_NOT = {
    "follow-up": lambda item, who: rules.why_not_follow_up(
        item, who, text="好", for_date=TODAY, opened_on=TODAY, today=TODAY
    ),
    "ask": lambda item, who: rules.why_not_ask_to_close(item, who, text="好"),
    "confirm": rules.why_not_close,
    "return": lambda item, who: rules.why_not_return(item, who, reason="不全"),
    "hand-over": lambda item, who: rules.why_not_hand_over(item, who, to=SOMEONE, reason="调岗", today=TODAY),
    "extend": lambda item, who: rules.why_not_extend(
        item, who, due_on=date(2020, 2, 9), reason="待料", today=TODAY
    ),
    "reopen": lambda item, who: rules.why_not_reopen(item, who, reason="复发", due_on=None, today=TODAY),
    "withdraw": lambda item, who: rules.why_not_withdraw(item, who, reason="重复"),
}  # fmt: skip


@pytest.mark.parametrize("who", STANDINGS, ids=str)
@pytest.mark.parametrize("status", Status)
def test_the_page_offers_what_the_rules_allow_and_nothing_else(status, who):
    item = an_item(status)
    allowed = {name for name, why_not in WHY_NOT.items() if why_not(item, who) is None}

    assert set(rules.offered(item, who)) == allowed


def test_the_table_of_states_is_what_the_turns_do():
    """Someone who may do everything, as a second person and as the owner, gets from state to state as drawn."""
    leads = {
        "ask": Status.CLOSING, "confirm": Status.CLOSED, "return": Status.OPEN, "reopen": Status.OPEN,
        "withdraw": Status.WITHDRAWN,
    }  # fmt: skip
    found = {
        status: {leads[name] for who in STANDINGS for name in rules.offered(an_item(status), who) if name in leads}
        for status in Status
    }
    assert found == TRANSITIONS


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (Standing(owns=True, closes=True), "须由第二人确认"),
        (Standing(asked=True, closes=True), "须由第二人确认"),
        (Standing(opens=True), "您不能确认这个单位的销号"),
        (Standing(closes=True), None),
    ],
)
def test_who_may_confirm(who, sentence):
    why = rules.why_not_close(an_item(Status.CLOSING), who)
    assert why is None if sentence is None else sentence in why


@pytest.mark.parametrize("name", ["return", "hand-over", "extend", "reopen", "withdraw"])
def test_nothing_is_turned_back_without_saying_why(name):
    silent = {
        "return": lambda: rules.why_not_return(an_item("closing"), Standing(closes=True), reason=" "),
        "hand-over": lambda: rules.why_not_hand_over(
            an_item("open"), Standing(opens=True), to=SOMEONE, reason="", today=TODAY
        ),
        "extend": lambda: rules.why_not_extend(
            an_item("open"), Standing(opens=True), due_on=date(2020, 2, 9), reason="", today=TODAY
        ),
        "reopen": lambda: rules.why_not_reopen(
            an_item("closed"), Standing(closes=True), reason="", due_on=None, today=TODAY
        ),
        "withdraw": lambda: rules.why_not_withdraw(an_item("open"), Standing(opens=True), reason=""),
    }[name]
    assert silent() == "请写明原因"


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [(date(2020, 2, 7), "应晚于原来的"), (date(2020, 2, 6), "应晚于原来的"), (date(2020, 2, 8), None)],
)
def test_an_extension_gives_more_time(due_on, sentence):
    why = rules.why_not_extend(an_item("open"), Standing(opens=True), due_on=due_on, reason="待料", today=TODAY)
    assert why is None if sentence is None else sentence in why


@pytest.mark.parametrize(("day", "ok"), [(2, False), (3, True), (5, True), (6, False)])
def test_a_follow_up_is_for_a_day_between_the_opening_and_today(day, ok):
    why = rules.why_not_follow_up(
        an_item("open"), Standing(owns=True), text="好", for_date=date(2020, 2, day), opened_on=date(2020, 2, 3),
        today=date(2020, 2, 5),
    )  # fmt: skip
    assert (why is None) == ok


def test_someone_who_has_left_cannot_be_given_anything():
    gone = Person(pk=78, name="马力", on_roll_from=date(2020, 1, 1), on_roll_until=TODAY)
    assert "不在册" in rules.why_not_hand_over(
        an_item("open"), Standing(owns=True), to=gone, reason="调岗", today=TODAY
    )
