"""Writes: the same actions as the pages, each an event; what is refused changes nothing."""

from datetime import date

import pytest

from tests.kernel.orgs.api.program import MADE
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models import Person, PlannedChange, Region, Unit
from wuli.kernel.orgs.models.posting import Duty, Posting

USCC = "91350100M000100Y43"


def told(answer, status):
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture
def system(program):
    return program("赵系")


@pytest.fixture
def keeper(program):
    return program("欧阳")


@pytest.fixture
def safety(program):
    return program("钱安")


@pytest.fixture
def key(world):
    """The id of a unit by its code, of a person by their name."""
    return lambda name: (world.units.get(name) or world.people[name]).pk


def last():
    return Event.objects.latest("pk")


def test_opening_a_unit(system, key):
    Region.objects.create(code="530102", name="五华区", level="county")
    new = {"code": "WORKS-9", "kind": "enterprise", "name": " 九厂 ", "parent": key("NORTH"), "on": "2020-03-01",
           "uscc": USCC, "region": "530102", "listed": True}  # fmt: skip

    unit = told(system.post("units", new), 201)

    assert (unit["name"], unit["parent"]["code"], unit["region"], unit["listed"]) == ("九厂", "NORTH", "530102", True)
    assert unit["zone"] == "Asia/Shanghai"
    assert (last().verb, last().actor_name) == ("unit.opened", "赵系")


def test_amending_a_unit_changes_what_is_given_only(system, key, world):
    unit = told(system.patch(f"units/{key('WORKS-1')}", {"zone": "Asia/Urumqi"}), 200)

    assert (unit["zone"], unit["uscc"]) == ("Asia/Urumqi", None)
    assert last().changes == {"zone": ["Asia/Shanghai", "Asia/Urumqi"]}
    Unit.objects.filter(code="WORKS-1").update(uscc=USCC)
    assert told(system.patch(f"units/{key('WORKS-1')}", {"uscc": None}), 200)["uscc"] is None


@pytest.mark.parametrize(
    ("verb", "unit", "body", "then"),
    [
        pytest.param("rename", "WORKS-1", {"name": "新一厂"}, {"name": "新一厂"}, id="rename"),
        pytest.param("move", "WORKS-1", {"target": "SOUTH"}, {"parent": "SOUTH"}, id="move"),
        pytest.param("merge", "WORKS-1", {"target": "WORKS-2"}, {"merged_into": "WORKS-2"}, id="merge"),
        pytest.param("close", "W2-T1", {}, {"closed_on": "2020-03-02"}, id="close"),
    ],
)
def test_a_change_of_the_tree_at_once_and_planned(system, key, world, verb, unit, body, then):
    Person.objects.filter(name="周舟").update(on_roll_until="2020-02-02")
    body = body | ({"target": key(body["target"])} if "target" in body else {})
    path = f"units/{key(unit)}/{verb}"

    planned = told(system.post(path, body | {"on": "2020-04-01"}), 202)
    assert (planned["plan"]["verb"], planned["plan"]["on"], planned["plan"]["status"]) == (
        verb,
        "2020-04-01",
        "planned",
    )
    assert last().verb == "unit.change_planned"

    done = told(system.post(path, body | {"on": "2020-03-02"}), 200)
    assert done["plan"] is None
    for field, value in then.items():
        found = done["unit"][field]
        assert (found["code"] if isinstance(found, dict) else found) == value


def test_a_plan_is_seen_and_taken_back(system, key):
    path = f"units/{key('WORKS-1')}"
    plan = told(system.post(f"{path}/rename", {"name": "新一厂", "on": "2020-04-01"}), 202)["plan"]

    assert told(system.get(f"{path}/plans"), 200)["items"] == [plan]
    assert told(system.post(f"{path}/plans/{plan['id']}/cancel"), 200)["status"] == "cancelled"
    assert told(system.post(f"{path}/plans/{plan['id']}/cancel"), 409)["code"] == "refused"
    assert told(system.post(f"units/{key('WORKS-2')}/plans/{plan['id']}/cancel"), 404)["code"] == "not_found"


def test_someone_joins_moves_is_corrected_and_leaves(keeper, key):
    new = {
        "number": "90001", "name": "卓玛", "on": "2020-03-01", "unit": key("W1-T1"), "employer": key("WORKS-1"),
        "post": "电解工", "process_step": "电解", "phone": "13900001234", "identity": "11010519491231002X",
    }  # fmt: skip
    person = told(keeper.post("people", new), 201)
    path = f"people/{person['id']}"
    assert (person["post"], person["phone"], person["is_contractor"]) == ("电解工", "139****1234", False)

    person = told(keeper.patch(path, {"phone": "13900009999"}), 200)
    assert person["phone"] == "139****9999"
    assert last().changes == {"phone": ["139****1234", "139****9999"]}

    person = told(keeper.post(f"{path}/transfer", {"on": "2020-03-02", "outside_employer": "顺达劳务"}), 200)
    assert (person["employer"], person["outside_employer"], person["post"]) == (None, "顺达劳务", "电解工")

    person = told(keeper.post(f"{path}/transfer", {"on": "2020-03-03", "unit": key("W1-T2")}), 200)
    assert (person["unit"]["code"], person["post"], person["outside_employer"]) == ("W1-T2", "", "顺达劳务")

    person = told(keeper.post(f"{path}/transfer", {"on": "2020-03-03", "employer": key("WORKS-1")}), 200)
    assert (person["employer"]["code"], person["outside_employer"]) == ("WORKS-1", "")

    assert told(keeper.post(f"{path}/leave", {"on": "2020-03-04"}), 200)["on_roll_until"] == "2020-03-04"
    events = Event.objects.filter(actor_name="欧阳", verb__startswith="person.").order_by("pk")
    assert [event.verb.removeprefix("person.") for event in events] == [
        "joined",
        "amended",
        "moved",
        "moved",
        "moved",
        "left",
    ]


def test_a_duty_is_given_and_ended(safety, key):
    new = {"person": key("林河"), "duty": "deputy", "unit": key("WORKS-1"), "from_date": "2020-03-01"}
    posting = told(safety.post("postings", new), 201)
    assert (posting["person"]["name"], posting["until_date"]) == ("林河", None)

    ended = told(safety.post(f"postings/{posting['id']}/end", {"on": "2020-03-10"}), 200)
    assert ended["until_date"] == "2020-03-10"
    assert last().verb == "posting.ended"


def test_a_duty_that_never_began_is_gone_when_ended(safety, key):
    new = {"person": key("林河"), "duty": "deputy", "unit": key("WORKS-1"), "from_date": "2020-03-08"}
    posting = told(safety.post("postings", new), 201)

    told(safety.post(f"postings/{posting['id']}/end", {"on": "2020-03-08"}), 200)

    assert not Posting.objects.filter(pk=posting["id"]).exists()


def test_ones_own_duty_is_lent(program, key):
    own = Posting.objects.get(duty=Duty.HEAD, unit__code="NORTH")
    body = {"to": key("周舟"), "from_date": "2020-03-06", "until_date": "2020-03-09"}

    lent = told(program("诺敏").post(f"postings/{own.pk}/delegate", body), 201)

    assert (lent["person"]["name"], lent["stands_in_for"]["name"]) == ("周舟", "诺敏")
    assert told(program("欧阳").post(f"postings/{own.pk}/delegate", body), 404)["code"] == "not_found"


MARCH = "2020-03-01"
JOIN = {"number": "90001", "name": "卓玛", "on": MARCH, "unit": "W1-T1", "employer": "WORKS-1"}
OPEN = {"code": "WORKS-9", "kind": "enterprise", "name": "九厂", "parent": "NORTH", "on": MARCH}
POST = {"person": "林河", "duty": "deputy", "unit": "WORKS-1", "from_date": MARCH}


@pytest.mark.parametrize(
    ("who", "path", "body", "status", "field"),
    [
        pytest.param("赵系", "units", OPEN | {"code": "NORTH"}, 422, "code", id="a code in use"),
        pytest.param("赵系", "units", OPEN | {"uscc": "9135"}, 422, "uscc", id="a wrong credit code"),
        pytest.param("赵系", "units", OPEN | {"region": "999999"}, 422, "region", id="no such region"),
        pytest.param("赵系", "units", OPEN | {"zone": "Moon"}, 422, "zone", id="no such time zone"),
        pytest.param("赵系", "units", OPEN | {"kind": "group"}, 409, None, id="a group below a segment"),
        pytest.param("赵系", "units", OPEN | {"parent": 987654}, 422, "parent", id="no such parent"),
        pytest.param(
            "赵系", "units/NORTH/move", {"target": "WORKS-1", "on": "2020-03-01"}, 409, None, id="under itself"
        ),
        pytest.param("赵系", "units/NORTH/move", {"target": 987654, "on": MARCH}, 422, "target", id="to nowhere"),
        pytest.param("赵系", "units/NORTH/close", {"on": "2020-03-01"}, 409, None, id="closing what is full"),
        pytest.param("赵系", "units/NORTH/rename", {"name": "北方板块", "on": MARCH}, 422, "name", id="same name"),
        pytest.param("赵系", "units/NORTH/rename", {"name": "x", "on": "2019-03-01"}, 409, None, id="before it opened"),
        pytest.param("欧阳", "people", JOIN | {"number": "20001"}, 422, "number", id="a number in use"),
        pytest.param("欧阳", "people", JOIN | {"identity": "1"}, 422, "identity", id="a wrong identity number"),
        pytest.param("欧阳", "people", JOIN | {"outside_employer": "x"}, 422, "employer", id="two employers"),
        pytest.param("欧阳", "people", JOIN | {"unit": "W3-T1"}, 422, "unit", id="into a team out of reach"),
        pytest.param("欧阳", "people/林河/leave", {"on": "2020-01-01"}, 409, None, id="leaving before having come"),
        pytest.param("欧阳", "people/林河/transfer", {"on": "2020-03-01"}, 409, None, id="moving nowhere"),
        pytest.param("欧阳", "people/石强/leave", {"on": "2020-03-01"}, 404, None, id="someone out of reach"),
        pytest.param("钱安", "postings", POST | {"unit": "W1-T1", "duty": "commander"}, 409, None, id="wrong place"),
        pytest.param("钱安", "postings", POST | {"until_date": "2020-03-01"}, 422, "until_date", id="no day long"),
        pytest.param("钱安", "postings", POST | {"person": 987654}, 422, "person", id="nobody"),
        pytest.param("诺敏", "postings", POST | {"duty": "head"}, 422, "duty", id="a duty not hers to give"),
    ],
)
def test_what_is_refused_is_told_and_changes_nothing(program, key, world, who, path, body, status, field):
    writer = program(who)
    kept = _everything()
    body = {name: key(value) if value in world.units and name != "code" or value in world.people else value
            for name, value in body.items()}  # fmt: skip
    path = "/".join(str(key(part)) if part in world.units or part in world.people else part for part in path.split("/"))

    problem = told(writer.post(path, body), status)

    assert problem.get("field") == field
    assert len(problem["message"]) > 4
    assert _everything() == kept


def test_a_credit_code_is_one_units_own(system, key):
    Unit.objects.filter(code="WORKS-1").update(uscc=USCC)
    kept = _everything()
    new = OPEN | {"parent": key("NORTH"), "uscc": USCC}

    assert told(system.post("units", new), 422)["field"] == "uscc"
    assert told(system.patch(f"units/{key('WORKS-2')}", {"uscc": USCC}), 422)["field"] == "uscc"
    assert _everything() == kept


def test_only_a_party_body_serves_a_unit(system, key):
    kept = _everything()
    new = OPEN | {"parent": key("NORTH"), "serves": key("SOUTH")}

    assert told(system.post("units", new), 422)["field"] == "serves"
    assert told(system.patch(f"units/{key('WORKS-2')}", {"serves": key("SOUTH")}), 422)["field"] == "serves"
    assert _everything() == kept


def test_an_end_that_has_passed_is_refused(safety, key, world):
    posting = Posting.objects.get(duty=Duty.REPORTER)
    postings.end_posting(posting=posting, on=date(2020, 2, 1), by=world.user("钱安"), at=MADE)

    assert told(safety.post(f"postings/{posting.pk}/end", {"on": "2020-03-01"}), 409)["code"] == "refused"


def _everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Unit, Person, Posting, PlannedChange, Event)
    ]  # fmt: skip
