"""Who may do what through the interface. 403: nowhere. 404 or 422: not there. 409: allowed, but not in this state."""

import pytest
from django.db import transaction

from wuli.kernel.journal.models import Event

PEOPLE = ("顾岚", "赵系", "钱安", "孙审", "党宁", "诺敏", "欧阳", "才让", "林河", "石强", "马力")
#                                       顾岚  赵系  钱安  孙审  党宁  诺敏  欧阳  才让  林河  石强  马力
READS = {
    "units/{WORKS-1}":                 "200 200 200 200 404 200 200 200 200 404 404",
    "units/{G}":                       "200 200 200 200 200 200 200 200 200 200 200",
    "units/{P-W1}":                    "404 404 404 404 200 200 404 200 404 404 404",
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


def filled(text, world):
    """{WORKS-1} and {才让} stand for their ids."""
    for name, row in {**world.units, **world.people}.items():
        text = text.replace(f"{{{name}}}", str(row.pk))
    return text
