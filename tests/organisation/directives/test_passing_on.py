"""Made into one's own for those below, level by level; and what stands when the one above is taken back."""

from datetime import time

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.models import Call, Slot
from wuli.kernel.notices.models import Notice
from wuli.organisation.directives.actions import drafting, ending
from wuli.organisation.directives.models import Directive
from wuli.organisation.directives.queries import copies, coverage, directives, lineage
from wuli.organisation.directives.queries.coverage import Progress

from . import office as party
from .office import BODIES, at


@pytest.fixture
def committees(staffed):
    """To committees only, who must pass it on."""
    return party.issued(staffed, targets={staffed.unit("P"): ["party_committee"]}, pass_on=True)


def silent(office):
    of = directives.round_of(office.again())
    return [slot.unit.code for slot in lineage.must_pass_on(of, "").filter(passed_on=False)]


def statuses():
    return list(Directive.objects.order_by("level", "pk").values_list("call__status", flat=True))


def warning(office):
    return lineage.warning_of(office.again(), lineage.parents_of(office.again()), office.writer)


# Passing on


def test_a_unit_adds_its_own_words_to_the_text_that_stays_as_it_was(committees):
    committees.sign("P-NORTH", at(10))
    below = party.passed_on(committees)

    assert below.directive.number == "北方党发〔2020〕1号"
    assert below.again().call.text == "另请各支部今天建立突击队。"
    assert [one.call.text for one in lineage.parents_of(below.again())] == ["各级党组织要迅速行动。"]
    assert set(below.directive.call.targets.values_list("root__code", flat=True)) == {"P-NORTH"}
    codes = Slot.objects.filter(round__call=below.directive.call).order_by("path").values_list("unit__code", flat=True)
    assert list(codes) == ["P-W1", "P-W1-A", "P-W2"]


def test_it_goes_down_several_levels_and_the_first_sees_them_all(committees):
    committees.sign("P-NORTH", at(10))
    below = party.passed_on(committees)
    below.sign("P-W1", at(12))
    last = party.passed_on(below, "P-W1", when=at(12, 30), due_clock=time(15))

    assert [[one.level for one in level] for level in lineage.made_from(committees.again())] == [[1], [2]]
    assert [one.call.issuer.code for one in lineage.parents_of(last.again())] == ["P", "P-NORTH"]


def test_a_level_that_must_pass_on_and_has_not_is_named(committees):
    assert silent(committees) == ["P-NORTH"]
    committees.sign("P-NORTH", at(10))
    party.passed_on(committees)
    assert silent(committees) == []


REFUSED = [
    ("unsigned", {}, "还没有签收，先签收再分解"),
    ("later than above", {"due_clock": time(18)}, "不能晚于上级文件的截止时间"),
]


@pytest.mark.parametrize(("case", "changes", "sentence"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_may_not_be_passed_on(committees, case, changes, sentence):
    if case != "unsigned":
        committees.sign("P-NORTH", at(10))
    with pytest.raises(Refused, match=sentence):
        party.passed_on(committees, **changes)
    assert Directive.objects.count() == 1


def test_nobody_passes_on_what_was_not_sent_to_them(committees, staffed):
    with pytest.raises(Refused, match="没有发给这个单位"):
        party.passed_on(committees, "P-W1", targets={staffed.unit("P-W1"): ["party_branch"]})


def test_nobody_passes_on_beside_or_above_themselves(office, staffed):
    office.sign("P-W1", at(10))
    user, paper = staffed.user("林河"), party.paper(
        staffed, issuer=staffed.unit("P-W1"), parent=office.again(), targets={staffed.unit("P-W2"): BODIES}, prefix="一"
    )  # fmt: skip
    with pytest.raises(Refused, match="只能向自己的下级分解"):
        drafting.draft(paper, by=user, at=at(11))


# Taken back


def test_revoked_it_is_over_for_everyone_all_the_way_down(committees, staffed):
    committees.sign("P-NORTH", at(10))
    below = party.passed_on(committees)
    below.sign("P-W1", at(12))
    below.report("P-W1", at(12, 10))
    last = party.passed_on(below, "P-W1", when=at(12, 30), due_clock=time(15))

    ending.revoke(directive=committees.again(), reason="发错了范围", by=committees.writer, at=at(13))

    assert statuses() == ["revoked", "revoked", "revoked"]
    for copy in (committees, below, last):
        assert warning(copy).directive == committees.directive
    assert warning(last).instead is None
    assert not copies.first_owed_by(staffed.user("周舟"))
    assert below.slot("P-W1").state == "some"
    whole = coverage.of_many([committees.directive.call_id, below.directive.call_id], at(14))
    assert whole[below.directive.call_id] == Progress(reviewing=1, exempt=2, received=1)
    assert whole[committees.directive.call_id] == Progress(exempt=1)
    told = Notice.objects.filter(kind="directive.withdrawn")
    assert set(told.values_list("person__name", flat=True)) == set(party.SECRETARIES)
    assert "已撤销：发错了范围" in told[0].text


def test_superseded_each_old_copy_leads_to_the_newest(committees, staffed):
    committees.sign("P-NORTH", at(10))
    below = party.passed_on(committees)
    second, third = party.issued(staffed), party.issued(staffed)
    for old, new in ((committees, second), (second, third)):
        ending.supersede(directive=old.again(), new=new.again(), reason="标准改了", by=old.writer, at=at(13))

    assert statuses() == ["superseded", "superseded", "issued", "revoked"]
    assert warning(below).instead == warning(committees).instead == third.directive
    assert warning(third) is None
    assert lineage.replaced_by(third.again()) == [second.directive, committees.directive]


def test_only_the_same_office_puts_another_in_its_place(committees, staffed):
    north = staffed.unit("P-NORTH")
    other = party.issued(staffed, by="诺敏", issuer=north, targets={north: BODIES[1:]}, prefix="北方党发")
    with pytest.raises(Refused, match="同一单位印发"):
        ending.supersede(directive=committees.again(), new=other.again(), reason="x", by=committees.writer, at=at(13))
    assert committees.again().call.status == Call.Status.ISSUED


def test_nobody_below_takes_it_back(committees, staffed):
    with pytest.raises(Refused, match="您没有向集团党组下发的职责"):
        ending.revoke(directive=committees.again(), reason="不想办", by=staffed.user("诺敏"), at=at(13))
    assert statuses() == ["issued"]


@pytest.mark.parametrize("act", ["sign", "report"])
def test_what_is_taken_back_is_neither_signed_nor_done(office, act):
    office.sign("P-W1", at(10))
    ending.revoke(directive=office.again(), reason="发错了", by=office.writer, at=at(11))
    with pytest.raises(Refused, match="已撤销，不用再办"):
        office.sign("P-W2", at(12)) if act == "sign" else office.report("P-W1", at(12))


def test_what_was_revoked_is_not_passed_on(committees):
    committees.sign("P-NORTH", at(10))
    ending.revoke(directive=committees.again(), reason="发错了", by=committees.writer, at=at(11))
    with pytest.raises(Refused, match="已撤销，不用再办"):
        party.passed_on(committees, when=at(12))
