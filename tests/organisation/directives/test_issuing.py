"""Written, looked over, numbered, sent."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.kernel.cascade.asking import give
from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import rounds
from wuli.kernel.cascade.models import Call, Slot
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.models import Posting
from wuli.organisation.directives.actions import drafting, issuing
from wuli.organisation.directives.models import Attachment, Directive, Series
from wuli.organisation.directives.queries import audience

from . import office as party
from .office import BODIES, COPIES, DAY, NINE, at

PDF = b"%PDF-1.7 one page"


def draft(world, by="党宁", **changes):
    return drafting.draft(party.paper(world, **changes), by=world.user(by), at=NINE)


def issue(world, directive, by="党宁", when=NINE):
    return issuing.issue(directive=directive, by=world.user(by), at=when)


def test_a_notice_goes_out_to_every_body_with_its_number(office):
    assert office.directive.number == "同舟党发〔2020〕1号"
    assert tuple(Slot.objects.order_by("path").values_list("unit__code", flat=True)) == COPIES
    assert {slot.due_at for slot in Slot.objects.all()} == {at(17)}
    assert office.again().sign_by == at(13)


def test_everyone_who_receives_is_told_once(office):
    assert set(Notice.objects.values_list("person__name", "url")) == {
        (name, f"/directives/{office.directive.pk}/") for name in party.SECRETARIES
    }


def test_a_draft_is_nobodys_business(staffed):
    draft(staffed)
    assert not Slot.objects.exists()
    assert not Notice.objects.exists()
    assert not Series.objects.exists()


def test_numbers_run_by_prefix_and_year_without_gaps(staffed):
    numbers = [party.issued(staffed).directive.number for _turn in range(2)]
    numbers.append(party.issued(staffed, prefix="同舟党办发").directive.number)
    later = datetime(2021, 1, 4, 1, 0, tzinfo=UTC)
    numbers.append(party.issued(staffed, when=later, due_on=later.date()).directive.number)

    assert numbers == ["同舟党发〔2020〕1号", "同舟党发〔2020〕2号", "同舟党办发〔2020〕1号", "同舟党发〔2021〕1号"]


def test_a_draft_thrown_away_leaves_no_gap(staffed):
    drafting.discard(directive=draft(staffed), by=staffed.user("党宁"), at=NINE)
    assert not Call.objects.exists()
    assert party.issued(staffed).directive.number == "同舟党发〔2020〕1号"


def test_a_number_typed_by_hand_is_kept_and_the_series_steps_over_it(staffed):
    typed = party.issued(staffed, number="同舟党发〔2020〕1号")
    assert typed.directive.number == "同舟党发〔2020〕1号"
    assert party.issued(staffed).directive.number == "同舟党发〔2020〕2号"


def test_a_number_is_given_once(office, staffed):
    with pytest.raises(Refused, match="编号 同舟党发〔2020〕1号 已被使用"):
        draft(staffed, number="同舟党发〔2020〕1号")


def test_the_prefix_of_another_office_is_refused(office, staffed):
    north = staffed.unit("P-NORTH")
    other = draft(staffed, by="诺敏", issuer=north, targets={north: BODIES[1:]})
    with pytest.raises(Refused, match="机关代字“同舟党发”由集团党组使用"):
        issue(staffed, other, by="诺敏")
    assert Directive.objects.get(pk=other.pk).is_draft


FAULTS = [
    ({"title": " "}, "请写标题"),
    ({"text": ""}, "请写正文"),
    ({"prefix": ""}, "请填写机关代字，或自编文号"),
    ({"prefix": "党 发!"}, "只用汉字或字母"),
    ({"due_clock": time(8)}, "截止时间已过"),
    ({"targets": {}}, "还没有选择下发对象"),
]


@pytest.mark.parametrize(("changes", "sentence"), FAULTS, ids=[sentence for _changes, sentence in FAULTS])
def test_what_cannot_be_a_directive_is_not_written_down(staffed, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        draft(staffed, **changes)
    assert not Directive.objects.exists()


def test_nobody_is_asked_beyond_the_writers_reach(staffed):
    with pytest.raises(Refused, match="您没有向同舟集团下发的职责"):
        draft(staffed, targets={staffed.unit("G"): ["enterprise"]})


def test_both_lines_may_be_asked_by_one_who_reaches_both(staffed):
    user = give(staffed, "党宁", "commander", "G")
    paper = party.paper(staffed, targets={staffed.unit("P"): ["party_committee"], staffed.unit("G"): ["enterprise"]})
    issue(staffed, drafting.draft(paper, by=user, at=NINE))
    found = set(Slot.objects.values_list("unit__code", flat=True))
    assert found == {"P-NORTH", "WORKS-1", "WORKS-2", "WORKS-3"}


def test_an_issued_paper_stays_as_it_was(office, staffed):
    other = party.paper(staffed, title="别的")
    with pytest.raises(Refused, match="已经签发，不能再改"):
        drafting.redraft(directive=office.directive, paper=other, by=office.writer, at=at(10))
    with pytest.raises(Refused, match="只能撤销或替代"):
        drafting.discard(directive=office.directive, by=office.writer, at=at(10))
    assert office.again().call.title.startswith("关于")


def test_issued_twice_is_issued_once(office):
    with pytest.raises(Refused, match="已经签发"):
        issuing.issue(directive=office.directive, by=office.writer, at=at(10))
    assert Event.objects.filter(verb="call.issued").count() == 1
    assert Series.objects.get().last == 1


def test_a_draft_whose_time_has_passed_is_not_issued(staffed):
    late = draft(staffed)
    with pytest.raises(Refused, match="截止时间已过"):
        issue(staffed, late, when=at(18))
    assert not Slot.objects.exists()


def test_the_audience_names_kinds_and_who_would_not_hear(staffed):
    made = draft(staffed)
    Posting.objects.filter(unit__code="P-W2").update(until_date=DAY)
    told = audience.audience_of(made.call, DAY)

    assert told.kinds == [("党委", 1), ("党总支", 1), ("党支部", 2)]
    assert (told.units, told.deaf, [unit.code for unit in told.named]) == (4, 1, ["P-W2"])


def test_files_go_with_it_once_and_may_be_taken_out_of_a_draft(staffed):
    files = [SimpleUploadedFile("附件.pdf", PDF), SimpleUploadedFile("同一份.pdf", PDF)]
    made = draft(staffed, files=files)
    assert made.attachments.get().name == "同一份.pdf"

    drafting.drop_file(directive=made, attachment=made.attachments.get().pk, at=NINE)
    assert not Attachment.objects.exists()


def test_files_of_an_issued_paper_stay(staffed):
    sent = party.issued(staffed, files=[SimpleUploadedFile("附件.pdf", PDF)]).directive
    with pytest.raises(Refused, match="不能再改附件"):
        drafting.drop_file(directive=sent, attachment=sent.attachments.get().pk, at=NINE)
    assert Attachment.objects.count() == 1


def test_a_unit_that_opens_later_is_not_asked_and_one_that_closes_is_spared(office, staffed):
    tomorrow = DAY + timedelta(days=1)
    system = {"by": staffed.user("赵系"), "at": at(9, days=1)}
    units.merge_unit(unit=staffed.unit("P-W2"), target=staffed.unit("P-W1-A"), on=tomorrow, **system)
    rounds.follow_tree(at(9, days=1))

    assert office.slot("P-W2").exempt_reason == "单位已关闭"
    assert Slot.objects.count() == 4
