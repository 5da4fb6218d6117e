"""What is written about the interface: the guide, the document, the page."""

import json
import re
import shlex
from pathlib import Path
from string import Template

import pytest

from tests.kernel.orgs.api.program import Program
from wuli.config.api import api
from wuli.kernel.orgs.models import Person
from wuli.web.api import reference
from wuli.web.api.fields import Input, Output
from wuli.web.api.house import name_of

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "api.md"
HOW_TO = GUIDE.parents[1] / "how-to" / "connect-a-program.md"
EXAMPLES = re.findall(r"```sh\n(curl.*?)```", GUIDE.read_text(), re.DOTALL)
STEPS = re.findall(r"```sh\n(curl.*?)```", HOW_TO.read_text(), re.DOTALL)


def run(command, **names):
    """A curl command line, done by our test client."""
    words = shlex.split(Template(command).substitute(names))
    said, headers, method, query = [], {}, "GET", False
    address = ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _colon, value = next(rest).partition(": ")
            headers[name] = value
        elif word in {"-d", "--data-urlencode"}:
            said.append(next(rest))
        elif word == "-G":
            query = True
        else:
            address = word
    program, path = Program(), address.removeprefix(names["SITE"])
    if query:
        return program.client.get(path, dict(part.split("=", 1) for part in said), headers=headers)
    return program.client.generic(method, path, "".join(said), headers.pop("Content-Type", ""), headers=headers)


@pytest.fixture
def names(program, world):
    def of(who):
        secret = program(who).headers["Authorization"].removeprefix("Bearer ")
        keys = {"SEGMENT": "NORTH", "TEAM": "W1-T1", "ENTERPRISE": "WORKS-1"}
        ids = {name: world.unit(code).pk for name, code in keys.items()}
        ids["OWNER"] = world.person("林河").pk
        return ids | {"TOKEN": secret, "SITE": "http://testserver"}

    return of


def test_the_first_example_reads_a_past_day(names):
    answer = run(EXAMPLES[0], **names("顾岚")).json()

    assert ([unit["code"] for unit in answer["items"]], answer["total"]) == (["WORKS-1", "WORKS-2"], 2)


def test_the_second_example_shows_a_phone_for_a_reason(names):
    answer = run(EXAMPLES[1], **names("顾岚")).json()

    assert [(person["name"], person["is_masked"]) for person in answer["items"]] == [("才让", False)]


def test_the_third_example_may_be_sent_twice(names):
    named = names("欧阳")

    answers = [run(EXAMPLES[2], **named) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Person.objects.get(number="90001").name == "卓玛"


def test_a_program_is_connected_step_by_step(names):
    named = names("诺敏")

    me, behind, chain, number, made = (run(step, **named).json() for step in STEPS)

    assert (me["person"]["name"], behind["items"]) == ("诺敏", [])
    assert chain["answers"][0]["gap"]
    assert number["number"]["value"] == "5"
    assert (made["title"], made["owner"]["name"]) == ("更换除尘滤袋", "林河")
    assert run(STEPS[-1], **named).json() == made


def test_there_are_no_examples_that_nobody_ran():
    assert (len(EXAMPLES), len(STEPS)) == (3, 5)


@pytest.mark.parametrize(
    "code",
    ["not_json", "not_signed_in", "token_unknown", "token_revoked", "token_expired", "token_owner_gone", "not_allowed",
     "csrf", "not_found", "wrong_method", "refused", "too_large", "invalid", "unknown", "key_reused", "too_many",
     "elsewhere"],
)  # fmt: skip
def test_the_guide_knows_every_code(code):
    assert f"`{code}`" in GUIDE.read_text()


def test_the_document_marks_personal_fields_as_the_models_do(db):
    person = json.loads(api.document())["components"]["schemas"]["PersonOut"]["properties"]

    marked = {name: field.get("x-sensitivity") for name, field in person.items()}
    assert {name for name, kind in marked.items() if kind == "personal"} == {"number", "name", "phone", "branch"}
    assert person["phone"]["description"].endswith("（个人信息）")
    assert "identity" not in person


def test_the_document_describes_every_refusal(db):
    document = json.loads(api.document())

    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            expected = {"401", "403", "422", "429"} | ({"404"} if "{" in path else set())
            expected |= {"409"} if method != "get" else {"304"}
            expected |= {"400", "413"} if "requestBody" in operation else set()
            assert expected <= set(operation["responses"]), path
            assert operation["x-needs"], path


def test_nothing_in_the_document_dangles(db):
    text = api.document().decode()
    schemas = json.loads(text)["components"]["schemas"]

    assert set(re.findall(r"#/components/schemas/(\w+)", text)) == set(schemas)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_page_shows_every_operation_and_loads_nothing_from_elsewhere(signed_in, language):
    page = signed_in("马力").get("/api/v1/docs", headers={"Accept-Language": language})

    assert page.status_code == 200
    for operation in api.operations():
        if operation.include_in_schema:
            assert f'id="{name_of(operation)}"' in page.text
    assert not re.search(r'(src|href)="(https?:)?//', page.text)
    assert "<style" not in page.text


def test_the_page_is_for_the_signed_in(client, db):
    answer = client.get("/api/v1/docs", headers={"Accept": "text/html"})

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/api/v1/docs")


def test_every_field_and_parameter_is_told(db):
    document = json.loads(api.document())
    told = {
        f"{name}.{field}": value.get("description", "")
        for name, schema in document["components"]["schemas"].items()
        for field, value in schema.get("properties", {}).items()
    } | {
        f"{path}?{one['name']}": one.get("description") or one["schema"].get("description", "")
        for path, methods in document["paths"].items()
        for operation in methods.values()
        for one in operation["parameters"]
    }

    assert [name for name, words in told.items() if not words or re.fullmatch("[a-z_ ]+", words)] == []


def test_the_page_lays_an_object_open_where_it_first_stands(db):
    sections = reference.sections_of(json.loads(api.document()))
    (shown,) = (one for section in sections for one in section.operations if one.key == "directive_coverage")
    names = [field.name for field in shown.answer]

    assert {"unit.code", "progress.issued", "children[].progress"} <= set(names)
    assert "children[].progress.issued" not in names


def test_a_name_means_one_schema():
    """The document keeps schemas by their bare names: of two with one name it would show only the last."""
    meant = {}
    for model in (*_models(Input), *_models(Output)):
        schema = model.model_json_schema()
        for name, said in {model.__name__: schema, **schema.get("$defs", {})}.items():
            bare = {word: value for word, value in said.items() if word not in ("description", "$defs")}
            meant.setdefault(name, []).append(json.dumps(bare, default=str))

    assert {name: set(said) for name, said in meant.items() if len(set(said)) > 1} == {}


def _models(model):
    for below in model.__subclasses__():
        yield from _models(below)
        if re.match(r"wuli\..*\.api", below.__module__) and "[" not in below.__name__:
            yield below
