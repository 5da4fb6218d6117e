"""Who may do what through the interface. 403: nowhere. 404 or 422: not there. 409: allowed, but not in this state."""

import re

import pytest
from django.db import transaction

from wuli.config.api import api
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.access import SIGNED_IN
from wuli.kernel.orgs.queries.tokens import own_perms
from wuli.web.api.house import name_of, needs_of

PEOPLE = ("顾岚", "赵系", "钱安", "孙审", "党宁", "诺敏", "欧阳", "才让", "林河", "石强", "马力")
#                                       顾岚  赵系  钱安  孙审  党宁  诺敏  欧阳  才让  林河  石强  马力
READS = {
    "units/{WORKS-1}":                 "200 200 200 200 404 200 200 200 200 404 404",
    "units/{G}":                       "200 200 200 200 200 200 200 200 200 200 200",
    "units/{P-W1}":                    "404 200 200 200 200 200 404 200 404 404 404",
    "units/{WORKS-1}/plans":           "403 200 403 403 403 403 403 403 403 403 403",
    "people/{才让}":                    "200 403 200 403 200 200 200 200 200 404 403",
    "people/{石强}":                    "200 403 200 403 404 404 404 404 404 200 403",
    "people":                          "200 403 200 403 200 200 200 200 200 200 403",
    "postings":                        "200 403 200 403 200 200 200 200 200 200 403",
    "regions":                         "200 200 200 200 200 200 200 200 200 200 200",
    "blind-spots?unit={NORTH}":        "200 403 403 403 403 200 200 403 422 422 403",
    "me":                              "200 200 200 200 200 200 200 200 200 200 200",
}  # fmt: skip
OPEN = {"code": "NEW", "kind": "team", "name": "新班", "parent": "{W1-SHOP}", "on": "2020-03-01"}
JOIN = {"number": "9", "name": "卓玛", "on": "2020-03-01", "unit": "{W1-T1}", "outside_employer": "顺达劳务"}
POST = {"person": "{林河}", "duty": "tracker", "unit": "{W1-SHOP}", "from_date": "2020-03-01"}
WRITES = [
    ("units", OPEN,                    "403 201 403 403 403 403 403 403 403 403 403"),
    ("units/{W1-T1}/rename", {"name": "新", "on": "2020-03-01"},
                                       "403 200 403 403 403 403 403 403 403 403 403"),
    ("people", JOIN,                   "403 403 403 403 403 403 201 403 403 403 403"),
    ("people/{林河}/leave", {"on": "2020-03-01"},
                                       "403 403 403 403 403 403 200 403 403 403 403"),
    ("people/{马力}/leave", {"on": "2020-03-01"},
                                       "403 403 403 403 403 403 404 403 403 403 403"),
    ("postings", POST,                 "403 403 201 403 422 201 201 403 403 422 403"),
]  # fmt: skip


def named(row):
    return dict(zip(PEOPLE, map(int, row.split()), strict=True))


@pytest.mark.parametrize(("path", "row"), READS.items(), ids=READS)
def test_who_may_read(program, world, path, row):
    assert {who: program(who).get(filled(path, world)).status_code for who in PEOPLE} == named(row)


@pytest.mark.parametrize(("path", "body", "row"), WRITES, ids=[path for path, _body, _row in WRITES])
def test_who_may_write(program, world, path, body, row):
    said = {name: int(filled(value, world)) if "{" in value else value for name, value in body.items()}
    answered, happened = {}, {}
    for who in PEOPLE:
        writer, before = program(who), Event.objects.count()
        with transaction.atomic():
            answered[who] = writer.post(filled(path, world), said).status_code
            happened[who] = Event.objects.count() - before
            transaction.set_rollback(True)

    assert answered == named(row)
    assert happened == {who: int(status < 300) for who, status in answered.items()}


NOISE = [
    pytest.param({"body": "no JSON at all"}, "", id="no JSON"),
    pytest.param({"body": {}}, "", id="an empty body"),
    pytest.param({"body": {"nonsense": 1}}, "", id="an unknown field"),
    pytest.param({"body": {}}, "?nonsense=1", id="an unknown parameter"),
    pytest.param({"body": {}, "Idempotency_Key": "two words"}, "", id="a bad key"),
]


GUARDED = [operation for operation in api.operations() if needs_of(operation) != SIGNED_IN]


@pytest.mark.parametrize(("sent", "query"), NOISE)
@pytest.mark.parametrize("operation", GUARDED, ids=name_of)
def test_whoever_may_not_does_not_learn_what_it_takes(program, world, operation, sent, query):
    """The permission is asked before the body, the parameters and the headers are looked at."""
    other = next(perm for perm in own_perms(world.user("欧阳")) if perm not in needs_of(operation))
    limited, method = program("欧阳", perms=[other]), operation.methods[0].lower()
    path = re.sub(r"{\w+}", "1", operation.path).strip("/") + query

    answer = limited.get(path) if method == "get" else getattr(limited, method)(path, **sent)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert answer.json().keys() == {"code", "message"}


def test_whoever_may_learns_what_is_wrong(program):
    """So the test above could fail."""
    answer = program("欧阳").post("people", {"nonsense": 1})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def filled(text, world):
    """{WORKS-1} and {才让} stand for their ids."""
    for name, row in {**world.units, **world.people}.items():
        text = text.replace(f"{{{name}}}", str(row.pk))
    return text
