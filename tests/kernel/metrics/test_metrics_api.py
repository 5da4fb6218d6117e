"""Numbers and readings for programs."""

import re

import pytest

from tests.kernel.cascade import asking
from tests.kernel.orgs.api.program import Program
from tests.kernel.orgs.api.test_api_queries import questions
from wuli.base import clock as house
from wuli.kernel.orgs.actions.tokens import create_token
from wuli.kernel.orgs.rules.duties import Perm

from .conftest import TODAY

PERMS = (Perm.UNIT_VIEW, Perm.BLIND_SPOT_VIEW, Perm.CALL_VIEW, Perm.ITEM_VIEW)
ROWS = (*PERMS, Perm.PERSON_VIEW)
"""Who sees how many people there are does not see who they are."""


@pytest.fixture
def program(world, clock):
    """A program with a token of someone."""

    def of(who, perms=PERMS):
        _token, secret = create_token(user=world.user(who), name="看板", perms=perms, days=90, at=house.now())
        return Program(secret)

    return of


def test_the_metrics_that_a_program_may_see(program):
    codes = {one["code"] for one in program("顾岚").get("metrics").json()["items"]}
    assert {"orgs.people", "orgs.no_post", "cascade.coverage", "ledger.open"} <= codes
    few = {one["code"] for one in program("顾岚", [Perm.UNIT_VIEW]).get("metrics").json()["items"]}
    assert "orgs.people" in few
    assert not few & {"orgs.no_post", "cascade.coverage", "ledger.open"}


def test_a_number_with_its_children(program, world):
    answer = program("诺敏").get("metrics/orgs.people", unit=world.unit("NORTH").pk).json()
    assert (answer["code"], answer["on"], answer["number"]["value"]) == ("orgs.people", str(TODAY), "5")
    assert {one["unit"]["code"]: one["value"] for one in answer["children"]} == {"WORKS-1": "4", "WORKS-2": "1"}
    assert program("诺敏").get("metrics/orgs.people").json()["number"]["unit"]["code"] == "NORTH"


def test_nothing_to_divide_by_is_null_and_not_zero(program, world):
    number = program("诺敏").get("metrics/cascade.coverage", unit=world.unit("NORTH").pk).json()["number"]
    assert (number["value"], number["source"]) == (None, None)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("metrics/orgs.martians", 404, "not_found"), ("metrics/orgs.people?unit={SOUTH}", 422, "unknown"),
        ("metrics/orgs.people?on=2020-02-21", 422, "invalid"), ("readings?metric=orgs.martians", 422, "unknown"),
        ("readings?unit={P-W1}&metric=orgs.people", 200, None), ("metrics/orgs.people?until=1", 422, "invalid"),
        ("dataValueSets", 422, "invalid"),
        ("dataValueSets?from_date=2020-01-01&until_date=2020-02-20", 422, "invalid"),
        ("dataValueSets?from_date=2020-02-20&until_date=2020-02-20", 422, "invalid"),
    ],
)  # fmt: skip
def test_what_is_refused(program, world, path, status, code):
    path = re.sub(r"\{(.*?)\}", lambda found: str(world.unit(found[1]).pk), path)
    answer = program("诺敏").get(path)
    assert (answer.status_code, answer.json().get("code")) == (status, code)


def test_readings_by_what_is_asked(program, world, read):
    head = program("诺敏")
    asked = {"metric": "orgs.people", "from_date": "2020-02-18", "until_date": "2020-02-20"}

    answer = head.get("readings", **asked, total="true").json()

    assert answer["total"] == 6
    assert [(one["on"], one["unit"]["code"], one["value"]) for one in answer["items"]][:3] == [
        ("2020-02-18", "NORTH", "5.0000"), ("2020-02-18", "WORKS-1", "4.0000"), ("2020-02-18", "WORKS-2", "1.0000"),
    ]  # fmt: skip
    assert len(head.get("readings", **asked, unit=world.unit("WORKS-1").pk).json()["items"]) == 2
    assert len(head.get("readings", **asked, under=world.unit("WORKS-1").pk).json()["items"]) == 2


def test_readings_stay_within_reach(program, read):
    south = program("石强").get("readings", metric="orgs.people", limit=500).json()["items"]
    assert {one["unit"]["code"] for one in south} == {"SOUTH", "WORKS-3"}
    assert program("马力", [Perm.UNIT_VIEW]).get("readings").json()["items"] == []


def test_readings_for_dhis2_are_of_one_level_and_without_ratios(program, read):
    day = {"from_date": str(asking.DAY), "until_date": "2020-02-04"}

    found = program("诺敏").get("dataValueSets", **day).json()["dataValues"]

    assert {"dataElement": "orgs.people", "period": "20200203", "orgUnit": "WORKS-1", "value": "4"} in found
    assert {one["orgUnit"] for one in found} == {"WORKS-1", "WORKS-2"}
    assert "cascade.coverage" not in {one["dataElement"] for one in found}
    segments = program("诺敏").get("dataValueSets", **day, kind="segment", metric="cascade.missing").json()
    assert segments == {
        "dataValues": [{"dataElement": "cascade.missing", "period": "20200203", "orgUnit": "NORTH", "value": "5"}]
    }


def test_the_rows_behind_a_number_are_as_many_as_it_says(program, world):
    head, north = program("诺敏", ROWS), world.unit("NORTH").pk

    number = head.get("metrics/orgs.people", unit=north).json()["number"]["value"]
    rows = head.get("metrics/orgs.people/rows", unit=north, total="true").json()
    first = head.get("metrics/orgs.people/rows", unit=north, limit=2).json()

    assert rows["total"] == len(rows["items"]) == int(number)
    assert {len(row) for row in rows["items"]} == {len(rows["columns"])}
    assert head.get(first["next"]).json()["items"] == rows["items"][2:4]


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("诺敏", "metrics/orgs.people/rows?unit={NORTH}", 404),
        ("诺敏", "metrics/cascade.coverage/rows?unit={NORTH}", 404), ("诺敏", "metrics/orgs.people/rows", 422),
        ("诺敏", "metrics/orgs.people/rows?unit={SOUTH}", 422), ("诺敏", "metrics/orgs.nothing/rows?unit={NORTH}", 404),
        ("石强", "metrics/orgs.people/rows?unit={NORTH}", 422), ("马力", "metrics/orgs.people/rows?unit={W3-T1}", 404),
    ],
)  # fmt: skip
def test_whose_rows_are_opened(program, world, who, path, status):
    path = re.sub(r"\{(.*?)\}", lambda found: str(world.unit(found[1]).pk), path)
    assert program(who, [Perm.UNIT_VIEW] if who == "马力" else PERMS).get(path).status_code == status


def test_the_rows_cost_the_same_however_many(program, world):
    head, north = program("诺敏", ROWS), world.unit("NORTH").pk
    head.get("metrics/orgs.people/rows", unit=north)
    costs = {questions(lambda n=n: head.get("metrics/orgs.people/rows", unit=north, limit=n)) for n in (1, 3)}
    assert len(costs) == 1


@pytest.mark.parametrize(("who", "text", "found"), [("诺敏", "在册", 1), ("诺敏", "orgs.peo", 1), ("马力", "在册", 0)])
def test_a_metric_is_found_by_its_name_or_code(signed_in, clock, who, text, found):
    shown = signed_in(who).get("/search/", {"q": text}).text
    assert shown.count('href="/metrics/orgs.people/"') == found
