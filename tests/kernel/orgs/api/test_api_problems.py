"""One shape for everything that is refused."""

import pytest

from wuli.kernel.journal.models import Event


@pytest.mark.parametrize(
    ("path", "query", "field", "code"),
    [
        pytest.param("units", {"knd": "team"}, "knd", "extra_forbidden", id="a misspelt filter"),
        pytest.param("units/1", {"x": "1"}, "x", "extra_forbidden", id="a parameter where there is none"),
        pytest.param("units", {"kind": ["team", "group"]}, "kind", "repeated", id="a filter given twice"),
        pytest.param("units", {"kind": "ship"}, "kind", "enum", id="no such kind"),
        pytest.param("units", {"on": "20200101"}, "on", "day", id="a number for a day"),
        pytest.param("units", {"on": "2020-02-30"}, "on", "day", id="a day that is none"),
        pytest.param("units", {"on": "0001-01-01"}, "on", "day", id="a day long ago"),
        pytest.param("units", {"limit": 501}, "limit", "less_than_equal", id="too long a page"),
        pytest.param("units", {"limit": "x"}, "limit", "int_parsing", id="no number"),
        pytest.param("units", {"under": 2**70}, "under", "less_than_equal", id="a number that no row has"),
        pytest.param("units", {"q": "a\0b"}, "q", "control_sign", id="a sign that no database takes"),
        pytest.param("units", {"q": "a" * 81}, "q", "string_too_long", id="too long a text"),
        pytest.param("units", {"cursor": "x"}, "cursor", "cursor", id="no cursor of ours"),
        pytest.param("people", {"contractor": "yes"}, "contractor", "bool_type", id="yes for true"),
        pytest.param("units/x", {}, "id", "int_parsing", id="a word for an id"),
        pytest.param("blind-spots", {}, "unit", "missing", id="what must be given"),
    ],
)
def test_a_request_that_is_wrong_is_told_where(program, path, query, field, code):
    answer = program("顾岚").get(path, **query)

    assert answer.status_code == 422
    said = answer.json()
    assert (said["code"], said["field"]) == ("invalid", field)
    assert [(error["field"], error["code"]) for error in said["errors"]] == [(field, code)]
    assert said["message"].startswith(f"{field}：")
    assert "%" not in said["message"]


@pytest.mark.parametrize(
    ("body", "status", "faults"),
    [
        pytest.param("{", 400, None, id="half a body"),
        pytest.param("[]", 422, {"": "model_type"}, id="a list"),
        pytest.param("", 422, {"": "missing"}, id="no body"),
        pytest.param({"number": 9}, 422, {"number": "string_type"}, id="a number for a text"),
        pytest.param({"number": "  "}, 422, {"number": "string_too_short"}, id="only spaces"),
        pytest.param('{"number": "\\ud800"}', 422, {"number": "string_unicode"}, id="half a sign"),
        pytest.param({"unit": "1"}, 422, {"unit": "int_type"}, id="a text for a number"),
        pytest.param({"unit": True}, 422, {"unit": "int_type"}, id="true for a number"),
        pytest.param({"on": 1583366400}, 422, {"on": "day"}, id="seconds for a day"),
        pytest.param({"colour": "red", "x": 1}, 422, {"colour": "extra_forbidden", "x": "extra_forbidden"}, id="more"),
    ],
)
def test_a_body_that_is_wrong_is_told_field_by_field(program, body, status, faults):
    keeper = program("欧阳")
    before = Event.objects.count()

    answer = keeper.post("people", body)

    assert answer.status_code == status
    told = {error["field"]: error["code"] for error in answer.json().get("errors", [])}
    assert set((faults or {}).items()) <= set(told.items())
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        pytest.param("get", "ships", 404, "not_found", id="no such address"),
        pytest.param("get", "", 404, "not_found", id="the bare address"),
        pytest.param("delete", "units", 405, "wrong_method", id="no such method"),
        pytest.param("get", "units/987654", 404, "not_found", id="no such unit"),
    ],
)
def test_what_is_not_there_is_told_in_json(program, method, path, status, code):
    answer = getattr(program("顾岚").client, method)(f"/api/v1/{path}")

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    assert answer.json()["code"] == code


def test_a_method_that_is_not_there_names_those_that_are(program):
    assert program("顾岚").client.delete("/api/v1/units")["Allow"] == "GET, POST"


def test_a_body_too_large_is_refused(program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = program("欧阳").post("people", {"name": "x" * 200})

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_absent_and_not_ones_own_are_the_same(program, world):
    stranger = program("石强")

    answers = [stranger.get(f"people/{pk}") for pk in (world.person("才让").pk, 987654)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_units_named_in_a_filter_or_body_are_absent_alike_too(program, world):
    stranger = program("石强")

    ours, none = (stranger.get("people", under=pk).json() for pk in (world.unit("NORTH").pk, 987654))

    assert ours["code"] == none["code"] == "unknown"
    assert ours["message"].replace(str(world.unit("NORTH").pk), "987654") == none["message"]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_sentences_follow_the_language_of_the_reader(program, language):
    answer = program("顾岚", **{"Accept-Language": language}).get("units", limit=0)

    assert answer["Content-Language"] == language
    assert answer.json()["code"] == "invalid"
