"""Many duties at once: the rules of one alone, for each of them, or none at all."""

from datetime import timedelta

import pytest

from tests.world import DAY_ONE, START
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions.postings import NewPosting, post_all
from wuli.kernel.orgs.models import Posting
from wuli.kernel.orgs.models.posting import Duty

LATER = DAY_ONE + timedelta(days=30)


def new(world, name, duty, unit, *, since=DAY_ONE, **until):
    return NewPosting(world.person(name), duty, world.unit(unit), since, **until)


def test_each_is_given_and_told(world):
    before = Posting.objects.count()
    given = post_all(
        [new(world, "林河", Duty.HEAD, "WORKS-1"), new(world, "马力", Duty.TRACKER, "W3-T1")], by=None, at=START
    )

    assert [posting.person.name for posting in given] == ["林河", "马力"]
    assert Posting.objects.count() == before + 2
    told = Event.objects.filter(verb="posting.given").order_by("-pk")[:2]
    assert [event.subject_name for event in told] == ["马力", "林河"]
    assert told[0].changes == {"duty": [None, "tracker"], "from": [None, "2020-01-01"], "until": [None, ""]}


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        pytest.param(("林河", Duty.HEAD, "WORKS-1"), "已经是", id="the same duty twice in one go"),
        pytest.param(("欧阳", Duty.ROSTER_KEEPER, "NORTH"), "已经是", id="a duty held before"),
        pytest.param(("林河", Duty.PARTY_SECRETARY, "NORTH"), "不能设在", id="a duty of the other line"),
        pytest.param(("赵系", Duty.AUDIT_ADMIN, "G"), "三员分立", id="a second administrator's duty"),
    ],
)
def test_one_that_is_refused_refuses_them_all(world, second, sentence):
    before = Posting.objects.count(), Event.objects.count()

    with pytest.raises(Refused, match=sentence):
        post_all([new(world, "林河", Duty.HEAD, "WORKS-1"), new(world, *second)], by=None, at=START)

    assert (Posting.objects.count(), Event.objects.count()) == before


def test_two_administrators_duties_exclude_one_another_in_one_go_too(world):
    with pytest.raises(Refused, match="三员分立"):
        post_all(
            [new(world, "顾岚", Duty.SYSTEM_ADMIN, "G"), new(world, "顾岚", Duty.AUDIT_ADMIN, "G")], by=None, at=START
        )


def test_one_after_the_other_may_hold_the_same_duty_twice(world):
    given = post_all(
        [
            new(world, "林河", Duty.HEAD, "WORKS-1", until_date=LATER),
            new(world, "林河", Duty.HEAD, "WORKS-1", since=LATER),
        ],
        by=None, at=START,
    )  # fmt: skip
    assert [posting.from_date for posting in given] == [DAY_ONE, LATER]


def test_it_takes_as_many_queries_for_three_as_for_one(world, django_assert_num_queries):
    for people in (["林河"], ["马力", "才让", "周舟"]):
        news = [new(world, name, Duty.TRACKER, "G") for name in people]
        with django_assert_num_queries(6):
            post_all(news, by=None, at=START)
