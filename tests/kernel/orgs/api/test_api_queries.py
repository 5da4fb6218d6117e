"""The database is asked as often for one row as for five hundred."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import START
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.units import NewUnit
from wuli.kernel.orgs.models import Assignment, Person, Posting, Region

DAY = date(2020, 2, 1)
KNOWING = 2
"""Queries before any list: the token with its owner, and the owner's duties."""


@pytest.fixture
def grown(world):
    """500 teams, each with someone who keeps its grid."""
    shop, works = world.unit("W1-SHOP"), world.unit("WORKS-1")
    teams = units.open_units(
        [NewUnit(f"T{n}", "team", f"班{n}", "W1-SHOP") for n in range(500)], on=DAY, by=None, at=START
    )
    folk = Person.objects.bulk_create(
        Person(number=f"7{n:04}", name=f"人{n}", unit=team, path=team.path, employer=works, on_roll_from=DAY)
        for n, team in enumerate(teams)
    )
    Assignment.objects.bulk_create(Assignment(person=one, unit=one.unit, employer=works, from_date=DAY) for one in folk)
    Posting.objects.bulk_create(
        Posting(person=one, duty="grid_keeper", unit=one.unit, from_date=DAY) for one in folk
    )  # fmt: skip
    Region.objects.bulk_create(Region(code=f"{n:06}", name="县", level="county") for n in range(500))
    return shop


@pytest.mark.parametrize(
    ("path", "asked", "phones", "queries"),
    [
        pytest.param("units", {}, False, KNOWING + 1, id="units"),
        pytest.param("units", {"on": "2020-02-20"}, False, KNOWING + 1, id="units of another day"),
        pytest.param("units", {"under": "shop", "total": "true"}, False, KNOWING + 4, id="units under one"),
        pytest.param("people", {}, False, KNOWING + 1, id="people"),
        pytest.param("people", {"on": "2020-02-20"}, False, KNOWING + 1, id="people of another day"),
        pytest.param("people", {"no_cell": "false", "q": "人"}, False, KNOWING + 2, id="people by filter"),
        pytest.param("people", {}, True, KNOWING + 3, id="people with phones"),
        pytest.param("postings", {}, False, KNOWING + 1, id="duties"),
        pytest.param("regions", {}, False, KNOWING + 1, id="regions"),
    ],
)
def test_a_page_costs_the_same_at_1_3_and_500_rows(program, grown, path, asked, phones, queries):
    reader = program("诺敏")
    reader.get("me")
    headers = {"X-Reason": "call them all"} if phones else {}
    asked = asked | ({"under": grown.pk} if "under" in asked else {})

    for rows in (1, 3, 500):
        assert questions(lambda rows=rows: reader.get(path, limit=rows, headers=headers, **asked)) == queries
        assert len(reader.get(path, limit=rows, **asked).json()["items"]) == rows


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("units/{WORKS-1}", KNOWING + 1),
        ("people/{才让}", KNOWING + 2),
        ("postings/{head}", KNOWING + 1),
        ("me", KNOWING),
    ],
)
def test_one_row(program, world, path, queries):
    reader = program("诺敏")
    reader.get("me")
    head = Posting.objects.get(duty="head", unit__code="NORTH").pk
    keys = {"WORKS-1": world.unit("WORKS-1").pk, "才让": world.person("才让").pk, "head": head}

    assert questions(lambda: reader.get(path.format(**keys))) == queries


def questions(ask):
    """How often answering asks the database, savepoints aside."""
    with CaptureQueriesContext(connection) as asking:
        assert ask().status_code == 200
    return len([query for query in asking if "SAVEPOINT" not in query["sql"]])
