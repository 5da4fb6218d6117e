"""Items for programs."""

import pytest

from tests.kernel.ledger.items.conftest import DAY
from tests.kernel.orgs.api.program import Program
from wuli.base import clock
from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.models import FollowUp
from wuli.kernel.orgs.actions.tokens import create_token
from wuli.kernel.orgs.rules.duties import Perm


@pytest.fixture
def program(world):
    """A program with a token of someone, for everything that they may do."""

    def of(who, perms=(Perm.ITEM_VIEW, Perm.ITEM_OPEN)):
        _token, secret = create_token(user=world.user(who), name="督办", perms=perms, days=90, at=clock.now())
        return Program(secret)

    return of


@pytest.fixture
def fresh(given):
    return given(at=clock.now(), due_on=clock.today() + DAY, cadence="daily")


def test_a_list_by_what_is_asked(program, given, world, fresh):
    given("另一件", unit="WORKS-2", at=clock.now())
    head = program("诺敏")

    answer = head.get("items", total="true").json()

    assert ([one["title"] for one in answer["items"]], answer["total"]) == (["更换除尘滤袋", "另一件"], 2)
    assert answer["items"][0]["colour"] == "blue"
    for asked, count in (
        ({"under": world.unit("WORKS-1").pk}, 1), ({"colour": "grey"}, 1), ({"behind": "true"}, 0),
        ({"mine": "true"}, 0), ({"status": "closed"}, 0), ({"q": "滤袋"}, 1),
    ):  # fmt: skip
        assert len(head.get("items", **asked).json()["items"]) == count, asked


def test_pages_go_on_where_they_stopped(program, given):
    for number in range(5):
        given(f"{number}", at=clock.now(), due_on=clock.today() + (number % 2) * DAY)
    head, found, address = program("诺敏"), [], "items?limit=2"
    while address:
        answer = head.get(address).json()
        found += [one["title"] for one in answer["items"]]
        address = answer["next"]
    assert found == ["0", "2", "4", "1", "3"]


@pytest.mark.parametrize(("who", "status"), [("诺敏", 200), ("顾岚", 200), ("石强", 404)])
def test_who_may_read_one(program, fresh, who, status):
    assert program(who).get(f"items/{fresh.pk}").status_code == status


def test_whoever_has_no_duty_for_items_is_told_so(program, fresh):
    assert program("欧阳", [Perm.UNIT_VIEW]).get("items").json()["code"] == "not_allowed"


def test_a_follow_up_is_written_once_and_shown(program, fresh):
    head = program("诺敏")
    answers = [
        head.post(f"items/{fresh.pk}/follow-ups", {"text": "已订货"}, Idempotency_Key="k1") for _time in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert FollowUp.objects.get().text == "已订货"
    shown = head.get(f"items/{fresh.pk}").json()["follow_ups"]
    assert [(one["text"], one["by"]["name"], one["files"]) for one in shown] == [("已订货", "诺敏", [])]
    assert "督办" in Event.objects.get(verb="item.followed_up").origin


@pytest.mark.parametrize(
    ("body", "status"),
    [({"text": ""}, 422), ({}, 422), ({"text": "好", "for_date": "2020-01-01"}, 409), ({"text": "好", "x": 1}, 422)],
)
def test_what_is_refused_leaves_nothing(program, fresh, body, status):
    assert program("诺敏").post(f"items/{fresh.pk}/follow-ups", body).status_code == status
    assert not FollowUp.objects.exists()


def test_an_item_out_of_reach_takes_no_follow_up(program, fresh):
    assert program("石强").post(f"items/{fresh.pk}/follow-ups", {"text": "好"}).status_code == 404
