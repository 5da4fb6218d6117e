"""Read, signed, reported on, returned, mended; blue, yellow and red on the way."""

from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import world as named
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice
from wuli.organisation.directives.actions import due, ending, reporting, signing
from wuli.organisation.directives.models import Escalation, Opening, Receipt, Step
from wuli.organisation.directives.queries import copies, coverage, directives
from wuli.organisation.directives.queries.coverage import Progress
from wuli.organisation.directives.rules.slips import slip_of

from . import office as party
from .office import COPIES, NINE, at


def progress(office, when, path=""):
    directive = office.again()
    return coverage.total(coverage.by_child(directive, directives.round_of(directive), path, when).values())


def standing(office, code, when):
    slip = slip_of(office.slot(code), when)
    return str(slip.standing), str(slip.colour)


# Read and signed


def test_opening_is_not_signing(office):
    signing.note_opening(slot=office.slot("P-W2"), by=office.secretary("P-W2"), at=at(10))
    signing.note_opening(slot=office.slot("P-W2"), by=office.secretary("P-W2"), at=at(11))

    assert (Opening.objects.get().at, Receipt.objects.count()) == (at(10), 0)
    assert standing(office, "P-W2", at(10)) == ("unsigned", "")


def test_whoever_looks_from_above_leaves_no_trace(office):
    signing.note_opening(slot=office.slot("P-W2"), by=office.writer, at=at(10))
    assert not Opening.objects.exists()


def test_a_receipt_says_who_when_and_whether_in_time(office):
    first, late = office.sign("P-NORTH", at(10)), office.sign("P-W2", at(13, 1))

    assert (first.by.name, first.at, first.late, first.proxy) == ("诺敏", at(10), False, False)
    assert late.late
    assert progress(office, at(14)).received == 2


def test_signed_from_above_it_is_marked_so(office):
    assert office.sign("P-W2", at(10), by="诺敏").proxy


def test_signed_twice_is_signed_once(office):
    assert office.sign("P-W2", at(10)) == office.sign("P-W2", at(11))
    with pytest.raises(Refused, match="二厂支部已经签收"):
        office.sign("P-W2", at(11), by="诺敏")
    assert Event.objects.filter(verb="copy.signed").count() == 1


def test_a_stranger_signs_nothing(office):
    with pytest.raises(Refused, match="您没有为二厂支部签收和填报的职责"):
        office.sign("P-W2", at(10), by="才让")
    assert not Receipt.objects.exists()


def test_where_only_the_receipt_is_asked_signing_is_all(staffed):
    office = party.issued(staffed, asks="receipt")
    office.sign("P-W2", at(16))

    assert standing(office, "P-W2", at(16)) == ("done", "")
    with pytest.raises(Refused, match="只要求签收"):
        office.report("P-W2", at(16))


# Acting


def test_nothing_is_reported_before_it_is_signed(office):
    with pytest.raises(Refused, match="请先签收"):
        office.report("P-W2", at(10))
    assert not Step.objects.exists()


def test_progress_goes_on_until_it_is_done_accepted_from_above(office):
    office.sign("P-W2", at(10))
    office.report("P-W2", at(11), 40)
    assert standing(office, "P-W2", at(11)) == ("working", "")

    office.report("P-W2", at(12), files=[SimpleUploadedFile("签到表.pdf", b"%PDF-1.7")])
    assert standing(office, "P-W2", at(12)) == ("reviewing", "")
    assert Step.objects.get(percent=100).evidence.get().name == "签到表.pdf"

    reporting.accept(slots=[office.slot("P-W2")], by=office.secretary("P-NORTH"), at=at(13))
    assert standing(office, "P-W2", at(13)) == ("done", "")


def test_the_topmost_is_reviewed_by_the_office_that_issued(office):
    office.sign("P-NORTH", at(10))
    office.report("P-NORTH", at(11))
    reporting.accept(slots=[office.slot("P-NORTH")], by=office.writer, at=at(12))
    assert standing(office, "P-NORTH", at(12)) == ("done", "")


def test_without_review_a_report_is_the_end(staffed):
    office = party.issued(staffed, reviewed=False)
    office.sign("P-W2", at(10))
    office.report("P-W2", at(11))
    assert standing(office, "P-W2", at(11)) == ("done", "")


def test_one_unit_is_returned_and_mends(office):
    for code in ("P-W1", "P-W2"):
        office.sign(code, at(10))
        office.report(code, at(11))

    reporting.send_back(slot=office.slot("P-W2"), reason="没有名单", by=office.secretary("P-NORTH"), at=at(12))

    assert standing(office, "P-W2", at(12)) == ("returned", "")
    assert standing(office, "P-W1", at(12)) == ("reviewing", "")
    told = Notice.objects.get(kind="directive.returned")
    assert (told.person.name, told.text) == (
        "周舟",
        "二厂支部的“关于充分发挥各级党组织和党员作用的通知”落实情况被退回：没有名单",
    )
    office.report("P-W2", at(13), text="补上名单")
    assert standing(office, "P-W2", at(13)) == ("reviewing", "")


def test_a_return_needs_its_reason(office):
    office.sign("P-W2", at(10))
    office.report("P-W2", at(11))
    with pytest.raises(Refused, match="请写明退回的原因"):
        reporting.send_back(slot=office.slot("P-W2"), reason=" ", by=office.writer, at=at(12))
    assert standing(office, "P-W2", at(12)) == ("reviewing", "")


def test_the_same_report_twice_is_one(office):
    office.sign("P-W2", at(10))
    assert office.report("P-W2", at(11), key="k") == office.report("P-W2", at(11), key="k")
    assert (Step.objects.count(), office.slot("P-W2").reply.number) == (1, 1)


@pytest.mark.parametrize(
    ("percent", "text", "sentence"), [(101, "好", "0 到 100"), (-1, "好", "0 到 100"), (9, " ", "请写")]
)
def test_a_report_says_something_that_can_be(office, percent, text, sentence):
    office.sign("P-W2", at(10))
    with pytest.raises(Refused, match=sentence):
        office.report("P-W2", at(11), percent, text)
    assert not Step.objects.exists()


# Late

WHEN = [
    #  hour        unsigned  working
    (at(10),       "",       ""),
    (at(11, 1),    "blue",   ""),
    (at(13, 1),    "yellow", ""),
    (at(15, 1),    "yellow", "blue"),
    (at(17, 1),    "yellow", "yellow"),
    (at(13, 1, 1), "red",    "yellow"),
    (at(17, 1, 1), "red",    "red"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "unsigned", "working"), WHEN, ids=[f"{one[0]:%d-%H%M}" for one in WHEN])
def test_the_colour_tells_how_late(office, when, unsigned, working):
    """Four hours to sign, due at five; blue two hours before, red a day after."""
    office.sign("P-NORTH", NINE)

    assert standing(office, "P-W2", when) == ("unsigned", unsigned)
    assert standing(office, "P-NORTH", when) == ("working", working)
    told = progress(office, when)
    assert {name: getattr(told, name) for name in ("blue", "yellow", "red")} == {
        name: 3 * (unsigned == name) + (working == name) for name in ("blue", "yellow", "red")
    }


def test_red_goes_on_record_once_and_to_the_level_above(office):
    office.sign("P-NORTH", NINE)
    assert due.escalate_due(at(17)) == 0

    assert due.escalate_due(at(13, 1, 1)) == 3
    assert due.escalate_due(at(14, 1, 1)) == 0
    assert due.escalate_due(at(17, 1, 1)) == 1

    assert Escalation.objects.count() == 4
    told = Notice.objects.filter(kind="directive.escalated").order_by("made_at", "pk")
    assert list(told.values_list("person__name", flat=True)) == ["诺敏", "林河", "党宁"]
    assert "2 个下级单位严重逾期（一厂党总支、二厂支部）" in told[0].text


def test_what_is_over_is_not_late(office):
    ending.end(directive=office.directive, reason="已完成", by=office.writer, at=at(10))
    assert due.escalate_due(at(17, 1, 2)) == 0
    assert progress(office, at(17, 1, 2)) == Progress(unsigned=4)


# Always

TURNS = st.lists(
    st.tuples(st.sampled_from(COPIES), st.sampled_from(["sign", "progress", "done", "accept", "return"])), max_size=14
)


@pytest.mark.django_db
class TestAlways:
    @settings(max_examples=20, deadline=None)
    @given(turns=TURNS)
    def test_every_copy_is_one_thing_and_children_add_up(self, turns):
        with transaction.atomic():
            office = party.issued(party.staff(named.build()))
            for minute, (code, turn) in enumerate(turns):
                self._try(office, code, turn, at(10, minute))
            self._check(office, at(18))
            transaction.set_rollback(True)

    def _try(self, office, code, turn, when):
        act = {
            "sign": lambda: office.sign(code, when),
            "progress": lambda: office.report(code, when, 30),
            "done": lambda: office.report(code, when),
            "accept": lambda: reporting.accept(slots=[office.slot(code)], by=office.writer, at=when),
            "return": lambda: reporting.send_back(slot=office.slot(code), reason="改", by=office.writer, at=when),
        }  # fmt: skip
        with suppress(Refused):
            act[turn]()

    def _check(self, office, when):
        of = directives.round_of(office.again())
        slips = {code: slip_of(office.slot(code), when) for code in COPIES}
        whole = progress(office, when)
        assert whole.issued == len(COPIES)
        assert whole.received == Receipt.objects.count()
        for path in of.slots.values_list("path", flat=True):
            children = coverage.by_child(office.again(), of, path, when).values()
            under = [slips[slot.unit.code] for slot in of.slots.under(path).select_related("unit")]
            told = coverage.total(children)
            for name in ("unsigned", "working", "returned", "reviewing", "done"):
                assert getattr(told, name) == sum(slip.standing == name for slip in under)
            for name in ("blue", "yellow", "red"):
                assert getattr(told, name) == sum(slip.colour == name for slip in under)
        assert copies.to_review(office.writer) == ([(office.again(), whole.reviewing)] if whole.reviewing else [])
