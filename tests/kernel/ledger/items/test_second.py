"""Somebody is named to confirm that an item is done: asked first, able without a duty there, never in the way."""

import pytest

from wuli.base.errors import Refused
from wuli.kernel.ledger.actions import items
from wuli.kernel.ledger.models import Item
from wuli.kernel.ledger.queries import items as queries
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people

from .conftest import DAY, MONDAY, NOON


@pytest.fixture
def named(world, given):
    """林河's item, which 石强 of South is to confirm: no duty of his reaches 一厂."""
    return given(second=world.person("石强"))


def ask(world, item, at=NOON):
    return items.ask_to_close(item=item, text="换好了", by=world.user("林河"), at=at)


def asked():
    return set(Notice.objects.filter(kind="item.asked").values_list("person__name", flat=True))


def test_who_is_named_is_asked_sees_it_and_confirms(world, named):
    second = world.user("石强")
    assert named in queries.items_for(second)
    asked_for = ask(world, named)
    assert asked() == {"石强"}
    assert list(queries.waiting_for_second(second)) == [named]
    assert items.close(item=asked_for, by=second, at=NOON).closed_by.name == "石强"


def test_others_who_may_confirm_still_may(world, named):
    assert items.close(item=ask(world, named), by=world.user("诺敏"), at=NOON).closed_by.name == "诺敏"


def test_where_the_named_has_left_the_heads_are_asked(world, named):
    people.leave(person=world.person("石强"), on=MONDAY + DAY, by=world.user("赵系"), at=NOON)
    ask(world, named, NOON + 2 * DAY)
    assert asked() == {"诺敏"}


def test_nobody_confirms_their_own(world, given):
    with pytest.raises(Refused, match="不能是责任人"):
        given(second=world.person("林河"))
    assert not Item.objects.exists()


def test_to_be_named_for_one_item_opens_no_other(world, given, named):
    other = given("别的事", key="other")
    assert other not in queries.items_for(world.user("石强"))
    with pytest.raises(Refused, match="不能确认"):
        items.close(item=items.ask_to_close(item=other, text="好", by=world.user("林河"), at=NOON),
                    by=world.user("石强"), at=NOON)  # fmt: skip
