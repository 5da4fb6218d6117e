"""A write sent twice with the same key is done once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.kernel.orgs.api.program import MADE, Program
from wuli.base import ticking
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import receipts
from wuli.kernel.orgs.models import ApiReceipt, Person


@pytest.fixture
def new(world):
    return {"number": "90001", "name": "卓玛", "on": "2020-03-01", "unit": world.unit("W1-T1").pk,
            "employer": world.unit("WORKS-1").pk}  # fmt: skip


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(program, new):
    keeper = program("欧阳")

    first, again = (keeper.post("people", new, Idempotency_Key="a-1") for _time in range(2))

    assert (first.status_code, first.content) == (again.status_code, again.content) == (201, again.content)
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert Person.objects.filter(number="90001").count() == 1
    assert Event.objects.filter(verb="person.joined", subject_name="卓玛").count() == 1


def test_without_a_key_it_is_refused_the_second_time(program, new):
    keeper = program("欧阳")

    assert [keeper.post("people", new).status_code for _time in range(2)] == [201, 422]


def test_a_key_belongs_to_one_request(program, new):
    keeper = program("欧阳")
    keeper.post("people", new, Idempotency_Key="a-1")

    other = keeper.post("people", new | {"number": "90002"}, Idempotency_Key="a-1")

    assert (other.status_code, other.json()["code"], other.json()["field"]) == (422, "key_reused", "Idempotency-Key")
    assert not Person.objects.filter(number="90002").exists()


def test_what_was_refused_may_be_tried_again_with_the_same_key(program, new):
    keeper = program("欧阳")
    bad = new | {"identity": "1"}

    assert keeper.post("people", bad, Idempotency_Key="a-1").status_code == 422
    assert not ApiReceipt.objects.exists()
    assert keeper.post("people", new, Idempotency_Key="a-1").status_code == 201


def test_keys_of_two_programs_do_not_meet(program, new):
    one, two = program("欧阳"), program("欧阳")

    assert one.post("people", new, Idempotency_Key="a-1").status_code == 201
    assert two.post("people", new | {"number": "90002"}, Idempotency_Key="a-1").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_the_same_request_many_times_at_once_is_done_once(program, new):
    keeper, start = program("欧阳"), Barrier(5)

    def send(_time):
        try:
            start.wait()
            return Program(**keeper.headers).post("people", new, Idempotency_Key="a-1")
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(send, range(5)))

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert sum("Idempotency-Replayed" in answer for answer in answers) == 4
    assert Person.objects.filter(number="90001").count() == 1


def test_work_that_breaks_off_leaves_no_receipt(program, new, monkeypatch):
    keeper = program("欧阳")
    keeper.client.raise_request_exception = False

    def breaks(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("wuli.kernel.orgs.actions.people.journal.record", breaks)
        assert keeper.post("people", new, Idempotency_Key="a-1").status_code == 500
    assert not ApiReceipt.objects.exists()
    assert not Person.objects.filter(number="90001").exists()

    assert keeper.post("people", new, Idempotency_Key="a-1").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 65, "a b", "键".encode().decode("latin-1")])
def test_a_key_is_a_short_word(program, new, key):
    answer = program("欧阳").post("people", new, Idempotency_Key=key)

    assert (answer.status_code, answer.json()["field"]) == (422, "Idempotency-Key")


def test_a_planned_change_answers_alike_too(program, world):
    system = program("赵系")
    path, body = f"units/{world.unit('WORKS-1').pk}/rename", {"name": "新一厂", "on": "2020-04-01"}

    answers = [system.post(path, body, Idempotency_Key="a-1") for _time in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert Event.objects.filter(verb="unit.change_planned").count() == 1


def test_receipts_are_kept_a_day(db):
    for hours in (1, 23, 25):
        ApiReceipt.objects.create(caller="token:1", key=str(hours), digest="x", at=MADE - timedelta(hours=hours))

    assert ticking.chores()["api.receipts"](MADE) == 1
    assert list(ApiReceipt.objects.order_by("pk").values_list("key", flat=True)) == ["1", "23"]
    assert receipts.forget_old(at=MADE) == 0
