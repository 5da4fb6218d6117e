"""The proof of coverage: what it counts, its digest, and whether a printed one still holds."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wuli.kernel.cascade.queries.board import Node
from wuli.kernel.ledger.actions import evidence
from wuli.kernel.ledger.queries.evidence import path_of
from wuli.organisation.directives import tasks
from wuli.organisation.directives.actions import proofs, reporting
from wuli.organisation.directives.models import Proof, Receipt
from wuli.organisation.directives.queries import directives
from wuli.organisation.directives.queries import proof as queries
from wuli.organisation.directives.rules import proof as rules
from wuli.organisation.directives.rules.proof import Tally

from .office import at


@pytest.fixture
def under_way(office):
    """Three signed, one of them late and by proxy; one done with a file; at two in the afternoon."""
    office.sign("P-NORTH", at(10))
    office.sign("P-W1", at(10, 5))
    office.sign("P-W2", at(13, 30), by="诺敏")
    office.report("P-W1", at(11), files=[SimpleUploadedFile("名单.pdf", b"%PDF-1.7")])
    reporting.accept(slots=[office.slot("P-W1")], by=office.secretary("P-NORTH"), at=at(12))
    return office


def rows(office, when, code="P"):
    of = directives.round_of(office.again())
    return queries.rows_at(of, office.world.unit(code).path, when)


def take(office, when, code="P"):
    unit = office.world.unit(code)
    return proofs.take(directive=office.again(), node=Node(unit, unit.path), by=office.writer, at=when)[0]


def test_it_counts_each_level_by_whom_and_when(under_way):
    found = rows(under_way, at(14))

    assert [(row.code, row.state) for row in found] == [
        ("P-NORTH", "办理中"), ("P-W1", "已办结"), ("P-W1-A", "未签收"), ("P-W2", "办理中"),
    ]  # fmt: skip
    assert dict(rules.by_kind(found))["党支部"] == Tally(issued=2, received=1, received_late=1)
    assert rules.total(found) == Tally(issued=4, received=3, received_late=1, done=1, evidence=1)
    works = found[1]
    assert (works.received.name, works.received.at, works.done.name, works.above) == (
        "林河", at(10, 5), "林河", "集团党组 / 北方板块党委",
    )  # fmt: skip
    assert found[3].received.proxy


def test_any_moment_can_be_counted_again(under_way):
    assert rules.total(rows(under_way, at(10, 1))) == Tally(issued=4, received=1)
    assert rules.total(rows(under_way, at(11, 30))).done == 0
    assert rules.total(rows(under_way, at(8))).issued == 0


def test_a_node_is_proved_by_itself(under_way):
    assert [row.code for row in rows(under_way, at(14), "P-W1")] == ["P-W1", "P-W1-A"]


def test_a_printed_proof_holds_whatever_comes_after(under_way):
    proof = take(under_way, at(14))
    assert queries.check(proof, at(14)) == queries.Check(proof, is_same=True, moved_on=0)

    under_way.sign("P-W1-A", at(15))
    assert queries.check(proof, at(16)) == queries.Check(proof, is_same=True, moved_on=1)


def test_a_receipt_that_was_tampered_with_shows(under_way):
    proof = take(under_way, at(14))
    Receipt.objects.filter(late=True).update(at=at(9, 1), late=False)
    assert not queries.check(proof, at(15)).is_same


def test_every_fact_of_a_row_is_in_its_digest(under_way):
    before = {row.code: row for row in rows(under_way, at(14))}
    for at_, code in ((at(10, 2), "P-W1"), (at(11, 30), "P-W1")):
        earlier = {row.code: row for row in rows(under_way, at_)}
        assert earlier[code].line != before[code].line
    assert rules.digest("1号", "P", at(14), before.values()) != rules.digest("2号", "P", at(14), before.values())
    assert rules.digest("1号", "P", at(14), before.values()) == rules.digest(
        "1号", "P", at(14), reversed(before.values())
    )


@pytest.mark.parametrize(
    ("text", "found"), [("{0}", True), ("{0:.16}", True), (" {0:.8} {1}", True), ("{0:.15}", False), ("zz", False)]
)
def test_a_proof_is_found_by_what_is_typed(under_way, text, found):
    proof = take(under_way, at(14))
    typed = rules.typed(text.format(proof.digest, proof.digest[8:30].upper()))
    assert queries.found_by(under_way.writer, under_way.again(), typed) == (proof if found else None)


def test_nobody_finds_the_proof_of_a_level_above(under_way):
    proof = take(under_way, at(14))
    assert queries.found_by(under_way.secretary("P-NORTH"), under_way.again(), proof.digest) is None


def test_its_paper_is_a_pdf_kept_as_it_was_printed(under_way, settings):
    proof = take(under_way, at(14))
    tasks.set_going(proof)
    proof = Proof.objects.get(pk=proof.pk)
    kept = settings.EVIDENCE_DIR / proof.file[:2] / proof.file
    assert kept.read_bytes().startswith(b"%PDF-")


def test_a_long_one_is_left_to_the_worker(under_way, monkeypatch):
    proof = take(under_way, at(14))
    asked = []
    monkeypatch.setattr(tasks, "AT_ONCE", 3)
    monkeypatch.setattr(type(tasks.print_proof), "enqueue", lambda self, *args: asked.append(args))
    tasks.set_going(proof)
    assert asked == [(proof.pk, "zh-hans")]


def test_a_proof_says_when_it_was_taken_to_the_second(under_way):
    first, second = take(under_way, at(14)), take(under_way, at(14) + timedelta(seconds=1))
    assert first.digest != second.digest


def test_the_paper_of_a_proof_is_never_taken_for_a_file_that_was_let_go(under_way):
    digest = evidence.put(b"%PDF-1.7")
    Proof.objects.filter(pk=take(under_way, at(14)).pk).update(file=digest)
    evidence.discard([digest], at=at(14))

    evidence.remove_discarded(at=at(16))
    assert path_of(digest).exists()
