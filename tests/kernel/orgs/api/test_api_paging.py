import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wuli.kernel.orgs.models import Person


@pytest.fixture
def crowd(world):
    """Forty more people, twenty in each of two teams."""
    teams = [world.unit("W1-T1"), world.unit("W1-T2")]
    Person.objects.bulk_create(_someone(f"5{n:04}", teams[n % 2]) for n in range(40))
    return world


@pytest.fixture
def reader(program, crowd):
    return program("顾岚")


def _someone(number, team):
    return Person(
        number=number,
        name=f"人{number}",
        unit=team,
        path=team.path,
        employer_id=team.parent_id,
        on_roll_from="2020-01-01",
    )


def pages(program, path, **asked):
    """All rows, page by page, as lists of ids."""
    answer = program.get(path, **asked).json()
    yield [row["id"] for row in answer["items"]]
    while answer["next"]:
        answer = program.get(answer["next"].removeprefix("http://testserver")).json()
        yield [row["id"] for row in answer["items"]]


@pytest.mark.parametrize("size", [1, 7, 52, 500])
@pytest.mark.parametrize("on", [None, "2020-02-01"], ids=["today", "a past day"])
def test_pages_together_are_the_list_once(program, crowd, size, on):
    asked = {"limit": size} | ({"on": on} if on else {})

    seen = list(pages(program("顾岚"), "people", **asked))

    assert all(len(page) == size for page in seen[:-1])
    rows = [row for page in seen for row in page]
    assert len(rows) == len(set(rows)) == (12 if on else 52)


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_stays_is_given_once_whoever_comes_between_pages(reader, crowd, data):
    cache.clear()
    teams = [crowd.unit("W1-T1"), crowd.unit("W1-T2"), crowd.unit("W3-T1")]
    with transaction.atomic():
        staying, seen = set(Person.objects.values_list("pk", flat=True)), []
        for page in pages(reader, "people", limit=data.draw(st.integers(5, 20), label="page")):
            seen += page
            joining = data.draw(st.lists(st.tuples(st.sampled_from(teams), st.integers(10000, 99999)), max_size=4))
            for place, (team, number) in enumerate(joining):
                _someone(f"{number}x{len(seen)}x{place}", team).save(force_insert=True)
        transaction.set_rollback(True)

    assert len(seen) == len(set(seen))
    assert staying <= set(seen)


def test_the_total_is_given_when_asked(program, crowd):
    reader = program("顾岚")

    assert reader.get("people", limit=5).json()["total"] is None
    second = reader.get(reader.get("people", limit=5, total="true").json()["next"].removeprefix("http://testserver"))
    assert second.json()["total"] == 52


@pytest.mark.parametrize(
    "misused",
    [
        pytest.param(lambda cursor: ("people", {"cursor": cursor, "q": "人"}), id="with another filter"),
        pytest.param(lambda cursor: ("postings", {"cursor": cursor}), id="at another address"),
        pytest.param(lambda cursor: ("people", {"cursor": cursor[:-1]}), id="cut short"),
        pytest.param(lambda cursor: ("people", {"cursor": "x" + cursor}), id="altered"),
    ],
)
def test_a_cursor_belongs_to_its_question(program, crowd, misused):
    reader = program("顾岚")
    first = reader.get("people", limit=5).json()["next"]
    cursor = first.split("cursor=")[1]
    path, asked = misused(cursor.replace("%3A", ":"))

    answer = reader.get(path, **asked)

    assert (answer.status_code, answer.json()["field"]) == (422, "cursor")


def test_a_page_not_changed_is_not_sent_again(program, crowd):
    reader = program("顾岚")
    first = reader.get("people")

    again = reader.get("people", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    Person.objects.filter(number="50000").update(name="改名")
    changed = reader.get("people", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_answers_are_for_the_one_who_asked(program):
    answer = program("顾岚").get("units")

    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))
