"""The grid for programs."""

import pytest

from tests.kernel.orgs.api.program import token_of
from tests.kernel.orgs.api.test_api_queries import questions
from wuli.base import clock


@pytest.fixture
def program(world):
    return lambda who: token_of(world.user(who), at=clock.now())


def test_who_employs_manages_and_answers_for_somebody(program, world):
    told = program("诺敏").get(f"people/{world.person('林河').pk}/chain").json()

    assert [link["place"] for link in told["employs"]] == ["一厂"]
    (team,) = told["manages"]
    assert (team["unit"]["code"], team["holders"], bool(team["gap"])) == ("W1-T2", [], True)
    heads = {link["place"]: [one["name"] for one in link["holders"]] for link in told["answers"]}
    assert heads["北方板块"] == ["诺敏"]
    assert "138****0001" in {one["phone"] for link in told["answers"] for one in link["holders"]}


def test_a_day_before_anybody_was_there_tells_nothing(program, world):
    told = program("诺敏").get(f"units/{world.unit('WORKS-1').pk}/chain", on="2019-01-01").json()
    assert told == {"on": "2019-01-01", "employs": [], "manages": [], "answers": []}


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("诺敏", "people/{林河}/chain", 200), ("石强", "people/{林河}/chain", 404),
        ("马力", "people/{林河}/chain", 403),
        ("诺敏", "units/{WORKS-1}/chain", 200), ("石强", "units/{WORKS-1}/chain", 404),
        ("马力", "units/{WORKS-3}/chain", 200), ("顾岚", "units/{P-NORTH}/chain", 404),
        ("诺敏", "units/{NORTH}/cells", 200), ("石强", "units/{NORTH}/cells", 404),
        ("马力", "units/{W3-T1}/cells", 403),
        ("诺敏", "units/{W1-T1}/inner-cells", 200), ("石强", "units/{W1-T1}/inner-cells", 404),
    ],
)  # fmt: skip
def test_who_may_read(program, world, who, path, status):
    keys = {unit.code: unit.pk for unit in world.units.values()} | {name: p.pk for name, p in world.people.items()}
    assert program(who).get(path.format(**keys)).status_code == status


def test_the_cells_of_a_unit_with_who_keeps_them(program, world, join):
    join("W1-T1", "电解", "槽工")
    head, path = program("诺敏"), f"units/{world.unit('NORTH').pk}/cells"

    rows = head.get(path, total="true").json()
    unkept = head.get(path, only="unkept").json()["items"]
    inner = head.get(f"units/{world.unit('W1-T1').pk}/inner-cells").json()

    assert [row["unit"]["code"] for row in rows["items"]] == ["W1-T1", "W1-T2", "W2-T1"]
    assert rows["total"] == 3
    assert [one["name"] for one in rows["items"][0]["keepers"]] == ["才让"]
    assert [row["unit"]["code"] for row in unkept] == ["W1-T2", "W2-T1"]
    assert (inner["people"], inner["uncut"], inner["cells"]) == (4, 4, [])
    assert len({questions(lambda n=n: head.get(path, limit=n)) for n in (1, 3)}) == 1
