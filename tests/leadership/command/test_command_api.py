"""Responses and duty for programs."""

import pytest

from tests.kernel.orgs.api.program import token_of
from tests.kernel.orgs.api.test_api_queries import KNOWING, questions
from wuli.leadership.command.actions import duty
from wuli.leadership.command.models import DutyDesk, Shift, Turn

from .conftest import HOUR, MORNING

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def program(world):
    return lambda who: token_of(world.user(who), at=MORNING)


@pytest.fixture
def desk(world):
    return duty.open_desk(unit=world.unit("NORTH"), phone="0971-110", by=world.user("顾岚"), at=MORNING)


def test_a_response_with_groups_and_presence_as_on_its_page(program, response, set_up):
    group = set_up("G", "顾岚", "诺敏")
    reader = program("顾岚")

    (listed,) = reader.get("responses", status="active").json()["items"]
    told = reader.get(f"responses/{response.pk}").json()
    groups = reader.get(f"responses/{response.pk}/groups").json()
    presence = reader.get(f"responses/{response.pk}/presence").json()

    assert (listed["title"], listed["level"], reader.get("responses", level=2).json()["items"]) == (
        "新冠肺炎疫情防控", 1, [])  # fmt: skip
    assert (told["groups"], told["groups"] == groups["groups"]) == ({"expected": 6, "there": 1, "missing": 5}, True)
    assert [(one["person"]["name"], one["role"]) for one in groups["own"]["members"]] == [
        ("顾岚", "leader"), ("诺敏", "member")]  # fmt: skip
    assert groups["own"]["id"] == group.pk
    assert told["presence"] == presence["presence"]
    assert presence["presence"]["unstated"] == sum(one["presence"]["expected"] for one in presence["children"]) > 0


@pytest.mark.parametrize(
    ("who", "one", "inside", "south"),
    [("顾岚", 200, True, 200), ("诺敏", 200, True, 404), ("石强", 404, None, 404), ("马力", 403, None, 403)],
)
def test_who_sees_what_of_the_norths_response(program, activate, world, who, one, inside, south):
    north, reader = activate("雪灾", issuer="NORTH", roots=("NORTH",)), program(who)

    answer = reader.get(f"responses/{north.pk}")

    assert answer.status_code == one
    if inside is not None:
        assert (answer.json()["presence"] is not None) == inside
    away = reader.get(f"responses/{north.pk}/presence", unit=world.unit("SOUTH").pk)
    assert away.status_code == (404 if who == "顾岚" else south)
    if one == 404:
        assert reader.get("responses/999999").json() == answer.json()


def test_a_list_costs_the_same_however_long(program, activate):
    for title in ("一", "二", "三"):
        activate(title)
    reader = program("诺敏")
    reader.get("responses")
    for rows in (1, 3):
        assert questions(lambda rows=rows: reader.get("responses", limit=rows)) == KNOWING + 1


def test_who_is_on_duty_now(program, world, desk):
    duty.open_desk(unit=world.unit("SOUTH"), phone="0991-110", by=world.user("顾岚"), at=MORNING)
    reader = program("诺敏")

    (north,) = reader.get("duty").json()["items"]

    assert (north["phone"], north["now"], north["next"]) == ("0971-110", None, None)
    assert north["gap_from"] is not None
    assert len(program("顾岚").get("duty", gaps="true").json()["items"]) == DutyDesk.objects.count() == 2
    commander = program("顾岚")
    commander.get("duty")
    costs = {questions(lambda rows=rows: commander.get("duty", limit=rows)) for rows in (1, 2)}
    assert len(costs) == 1
    assert program("马力").get("duty").json()["code"] == "not_allowed"


def test_a_shift_names_who_is_there(program, world, desk):
    shift = Shift.objects.create(desk=desk, from_at=MORNING, until_at=MORNING + 8 * HOUR)
    Turn.objects.create(shift=shift, person=world.person("林河"), role="lead")

    (north,) = program("诺敏").get("duty").json()["items"]

    assert [(one["person"]["name"], one["role"]) for one in north["now"]["people"]] == [("林河", "lead")]
