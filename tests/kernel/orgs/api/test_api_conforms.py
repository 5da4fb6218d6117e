"""Requests made up from the OpenAPI document, right and wrong: none breaks us, every answer is as described."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from wuli.base.clock import now
from wuli.config.api import api
from wuli.kernel.ledger.actions import items
from wuli.kernel.ledger.models import Item

DOCUMENT = schemathesis.openapi.from_dict(json.loads(api.document()))
DOCUMENT.app = get_wsgi_application()
OPERATIONS = {found.ok().label: found.ok() for found in DOCUMENT.get_all_operations()}
EXAMPLES = 4
READER = "顾岚"
WRITERS = {"units": "赵系", "people": "欧阳", "postings": "钱安"} | dict.fromkeys(
    ("items", "slots", "replies", "accept", "directive-copies"), "顾岚"
)
"""Whose token writes what; everything is read with that of the commander."""
NOT_CHECKED = [
    schemathesis.checks.positive_data_acceptance,  # a right shape can still name what is not there
]


@pytest.fixture
def one_connection():
    """The connection of the test is that of the server too: nobody closes it between requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_every_operation_answers_as_described(program, world, settings, mode):
    settings.API_CALLS_A_MINUTE = 100_000
    headers = {who: program(who).headers for who in {READER, *WRITERS.values()}}
    items.open_item(title="封闭东门", unit=world.unit("WORKS-1"), owner=world.person("林河"), by=None, at=now())

    for label, operation in OPERATIONS.items():
        who = READER if operation.method == "get" else WRITERS[_noun(label)]
        rows = _real_rows(label, world) if mode is GenerationMode.POSITIVE else None
        _check(operation.as_strategy(generation_mode=mode, path_parameters=rows), headers[who])


def _check(cases, headers):
    @given(case=cases)
    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def check(case):
        with transaction.atomic():
            case.call_and_validate(headers=headers, excluded_checks=NOT_CHECKED)
            transaction.set_rollback(True)

    check()


def _noun(label):
    return label.split("/")[3]


def _real_rows(label, world):
    """Rows that are there, so that a right request gets further than 404."""
    if "{id}" not in label:
        return None
    found = {"units": world.unit("WORKS-1"), "people": world.person("林河"), "items": Item.objects.first()}
    row = found.get(_noun(label)) or world.person("林河").postings.get()
    return {"id": row.pk} | ({"plan": 1} if "{plan}" in label else {})
