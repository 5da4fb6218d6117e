"""Meetings for programs."""

import pytest

from tests.kernel.orgs.api.program import token_of
from tests.kernel.orgs.api.test_api_queries import KNOWING, questions
from wuli.leadership.meetings.actions import decisions, packs
from wuli.leadership.meetings.actions.decisions import NewDecision
from wuli.leadership.meetings.models import Meeting

from .conftest import EVENING_BEFORE, HALF_PAST_EIGHT, MONDAY


@pytest.fixture
def program(world, clock):
    return lambda who: token_of(world.user(who), at=EVENING_BEFORE)


def test_a_meeting_with_the_figures_of_its_pack_and_its_decisions(program, world, dispatch, monday, clock):
    packs.make(meeting=monday, by=world.user("欧阳"), at=EVENING_BEFORE)
    head = program("诺敏")

    (first, *_rest) = head.get("meetings", limit=1).json()["items"]
    told = head.get(f"meetings/{monday.pk}").json()

    assert (first["id"], first["title"], first["chair"]["name"]) == (monday.pk, "北方板块生产运营调度会", "诺敏")
    assert told["pack_made_at"] is not None
    figures = {one["metric"]: one for point in told["points"] for one in point["figures"]}
    assert figures
    assert {one["person"]["name"] for one in told["attendances"]} >= {"诺敏", "欧阳", "周舟"}


def test_decisions_stand_with_their_items(program, world, opened):
    said = NewDecision("封闭东门", MONDAY, owner=world.person("周舟"), unit=world.unit("WORKS-2"), point="other")
    decisions.decide(said, meeting=opened, key="k", by=world.user("欧阳"), at=HALF_PAST_EIGHT)

    told = program("诺敏").get(f"meetings/{opened.pk}").json()

    (decided,) = [one for point in told["points"] for one in point["decisions"]]
    assert (decided["text"], decided["owner"]["name"], decided["status"]) == ("封闭东门", "周舟", "open")
    assert decided["item"] is not None


@pytest.mark.parametrize(("who", "status"), [("诺敏", 200), ("顾岚", 200), ("石强", 404), ("马力", 403)])
def test_who_may_read_one(program, monday, who, status):
    reader = program(who)
    assert reader.get(f"meetings/{monday.pk}").status_code == status
    if status == 404:
        assert reader.get("meetings").json()["items"] == []
        assert reader.get("meetings/999999").json() == reader.get(f"meetings/{monday.pk}").json()


def test_a_list_costs_the_same_however_long(program, dispatch):
    assert Meeting.objects.count() >= 3
    head = program("诺敏")
    head.get("meetings")
    for rows in (1, 3):
        assert questions(lambda rows=rows: head.get("meetings", limit=rows)) == KNOWING + 1
    assert head.get("meetings", when="past").json()["items"] == []
