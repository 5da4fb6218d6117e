"""Where evidence is demanded, nothing is done without a file, whatever the door."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import replies, reviewing
from wuli.kernel.cascade.actions.replies import Answer
from wuli.kernel.cascade.models import Reply
from wuli.kernel.orgs.actions import tokens
from wuli.organisation.directives.actions import loading
from wuli.organisation.directives.actions.loading import Arrival
from wuli.organisation.directives.models import Directive, Receipt, Step

from . import office as party
from .office import at

SENTENCE = "这份通知要求办结须附佐证，请上传至少一个文件再报告办结"


@pytest.fixture
def strict(staffed):
    office = party.issued(staffed, needs_evidence=True)
    office.sign("P-W2", at(10))
    return office


def photo():
    return SimpleUploadedFile("现场.pdf", b"%PDF-1.7 photo")


def test_done_without_a_file_is_refused_and_with_one_accepted(strict):
    with pytest.raises(Refused, match=SENTENCE) as no:
        strict.report("P-W2", at(11))
    assert no.value.field == "files"
    assert not Step.objects.exists()
    assert strict.report("P-W2", at(12), files=[photo()]).is_done


def test_progress_needs_none_and_its_files_do_not_prove_the_end(strict):
    strict.report("P-W2", at(11), 60, files=[photo()])
    with pytest.raises(Refused, match=SENTENCE):
        strict.report("P-W2", at(12))


def test_what_is_not_demanded_is_not_asked(office):
    office.sign("P-W2", at(10))
    assert office.report("P-W2", at(11)).is_done


def test_what_comes_over_from_elsewhere_brings_no_files(strict):
    slot, by = strict.slot("P-W1"), strict.secretary("P-W1")
    with pytest.raises(Refused, match=SENTENCE), transaction.atomic():
        loading.load_arrivals(directive=strict.again(), arrivals=[Arrival(slot, by, at(10), at(11), "办完")],
                              by=strict.writer, at=at(12))  # fmt: skip
    assert not Reply.objects.exists()
    loading.load_arrivals(directive=strict.again(), arrivals=[Arrival(slot, by, at(10))], by=strict.writer, at=at(12))
    assert Receipt.objects.count() == 2


def test_a_copy_is_answered_and_returned_through_its_own_pages_only(office):
    """The door of all calls asks neither for a receipt nor for words, and tells nobody of a return."""
    slot = office.slot("P-W2")
    with pytest.raises(Refused, match="请在它自己的页面或接口办理"):
        replies.file_reply(slot=slot, answer=Answer("k"), by=office.secretary("P-W2"), at=at(11))
    assert not Reply.objects.exists()
    office.sign("P-W2", at(10))
    office.report("P-W2", at(11))
    with pytest.raises(Refused, match="请在它自己的页面或接口办理"):
        reviewing.send_back(slot=office.slot("P-W2"), fields={}, reason="改", by=office.writer, at=at(12))
    assert office.slot("P-W2").review == "waiting"


def test_a_program_finishes_nothing_past_the_page(world, staffed):
    office = party.issued(staffed, due_on=today().replace(year=2099), when=now(), needs_evidence=True)
    user = world.user("周舟")
    _token, secret = tokens.create_token(
        user=user, name="办公系统", perms=["reply.file", "call.view"], days=9, at=now()
    )
    door = Client(headers={"Authorization": f"Bearer {secret}"})
    slot = office.slot("P-W2").pk

    one = door.post(
        f"/api/v1/slots/{slot}/replies", json.dumps({"key": "a", "values": {}}), content_type="application/json"
    )
    many = door.post("/api/v1/replies", json.dumps({"replies": [{"slot": slot, "key": "b", "values": {}}]}),
                     content_type="application/json")  # fmt: skip

    office.sign("P-W2", now())
    said = {"key": "c", "percent": 100, "text": "已完成"}
    own = door.post(f"/api/v1/directive-copies/{slot}/reports", json.dumps(said), content_type="application/json")

    assert (own.status_code, SENTENCE in own.content.decode()) == (422, True)
    assert one.status_code == 409
    assert "请在它自己的页面或接口办理" in one.content.decode()
    assert "请在它自己的页面或接口办理" in many.content.decode()
    assert not Reply.objects.exists()


def test_the_page_says_so_beside_the_files(signed_in, staffed):
    office = party.issued(staffed, when=now(), due_on=today().replace(year=2099), needs_evidence=True)
    office.sign("P-W2", now())
    client, slot = signed_in("周舟"), office.slot("P-W2").pk
    assert "报告办结时必须上传" in client.get(f"/directives/copies/{slot}/").content.decode()

    said = {"key": "a", "text": "已完成", "done": "1"}
    answer = client.post(f"/directives/copies/{slot}/report/", said)
    assert (answer.status_code, SENTENCE in answer.content.decode()) == (422, True)
    client.post(f"/directives/copies/{slot}/report/", said | {"files": photo()})
    assert Step.objects.get().is_done


def test_the_form_proposes_where_the_unit_is(signed_in, staffed):
    office = party.issued(staffed, when=now(), due_on=today().replace(year=2099))
    office.sign("P-W2", now())
    office.report("P-W2", now(), 80)
    page = signed_in("周舟").get(f"/directives/copies/{office.slot('P-W2').pk}/").content.decode()
    assert 'name="percent" value="80"' in page


def test_a_receipt_needs_no_evidence(staffed):
    office = party.issued(staffed, asks="receipt", needs_evidence=True)
    assert not office.again().needs_evidence
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.update(needs_evidence=True)
