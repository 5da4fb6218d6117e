"""Commitments and activities for programs."""

import pytest

from tests.kernel.orgs.api.program import token_of
from tests.kernel.orgs.api.test_api_queries import KNOWING, questions

from .conftest import NOON
from .test_activities import attend
from .test_campaigns import sign


@pytest.fixture
def program(world):
    return lambda who: token_of(world.user(who), at=NOON)


def test_a_commitment_with_its_participation_by_branch(program, world, campaign):
    sign(world, campaign, "才让")
    office = program("党宁")

    (listed,) = office.get("party/campaigns", going="true").json()["items"]
    told = office.get(f"party/campaigns/{campaign.pk}").json()
    table = office.get(f"party/campaigns/{campaign.pk}/participation", unit=world.unit("P-NORTH").pk).json()
    every = office.get("party/participation").json()

    assert (listed["id"], listed["title"], len(told["items"]), told["last_day"]) == (campaign.pk, "四个带头", 4, None)
    assert {one["unit"]["code"]: one["tally"] for one in table["children"]} == {
        "P-W1": {"branches": 1, "asked": 2, "committed": 1}, "P-W2": {"branches": 1, "asked": 1, "committed": 0},
    }  # fmt: skip
    assert table["total"] == {"branches": 2, "asked": 3, "committed": 1}
    assert (every["unit"]["code"], every["total"]["members"], every["total"]["committed"]) == ("P", 3, 1)
    assert "才让" not in office.get(f"party/campaigns/{campaign.pk}/participation").text


@pytest.mark.parametrize(
    ("who", "campaign_of_north", "table_of_second", "activity"),
    [("党宁", 200, 200, 200), ("诺敏", 200, 422, 200), ("周舟", 200, 200, 404), ("石强", 403, 403, 403)],
)
def test_who_may_read(program, world, issue, plan, who, campaign_of_north, table_of_second, activity):
    north, day, reader = issue("P-NORTH", title="北方"), plan(), program(who)

    answers = [
        reader.get(f"party/campaigns/{north.pk}"), reader.get("party/participation", unit=world.unit("P-W2").pk),
        reader.get(f"party/activities/{day.pk}"),
    ]  # fmt: skip

    assert [one.status_code for one in answers] == [campaign_of_north, table_of_second, activity]
    if activity == 404:
        assert reader.get("party/activities/999999").json() == answers[2].json()


def test_an_activity_with_how_many_came(program, world, plan):
    day = plan()
    attend(world, day, "才让")
    reader = program("诺敏")

    (listed,) = reader.get("party/activities", sort="theme_day").json()["items"]
    told = reader.get(f"party/activities/{day.pk}").json()

    assert (listed["id"], [one["code"] for one in listed["hosts"]]) == (day.pk, ["P-W1-A"])
    assert told["attendance"]["present"] == 1
    assert "才让" not in str(told)


def test_lists_cost_the_same_however_long(program, issue, plan):
    for n in range(3):
        issue(title=f"承诺{n}")
        plan(title=f"党日{n}", days=n)
    office = program("党宁")
    office.get("party/campaigns")
    for rows in (1, 3):
        assert questions(lambda rows=rows: office.get("party/campaigns", limit=rows)) == KNOWING + 1
        assert questions(lambda rows=rows: office.get("party/activities", limit=rows)) == KNOWING + 2
