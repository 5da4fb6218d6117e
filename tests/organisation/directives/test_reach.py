"""What lies beyond someone is neither told nor offered, and what is looked at often costs little."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.kernel.cascade.asking import give
from wuli.base.clock import now, today
from wuli.base.errors import Refused
from wuli.organisation.directives.actions import drafting, ending, issuing, proofs, reporting
from wuli.organisation.directives.models import Directive, Opening, Proof
from wuli.organisation.directives.queries import numbering

from . import office as party
from .office import BODIES, NINE, at
from .test_pages import address


@pytest.fixture
def live(staffed):
    return party.issued(staffed, when=now(), due_on=today() + timedelta(days=1))


def below(live, **changes):
    """What the committee made out of it."""
    live.sign("P-NORTH", now())
    return party.passed_on(live, when=now(), due_on=today() + timedelta(days=1), **changes)


def test_sums_and_papers_of_others_are_not_told(signed_in, live):
    """林河 answers for two bodies: he sees how far these are, and not what the committee above has issued."""
    below(live)
    give(live.world, "林河", "party_secretary", "P-W2")
    page = signed_in("林河").get(address("directive", live)).content.decode()
    assert "发给 3 个单位" in page
    assert "北方党发" not in page
    assert "还有 3 个单位没有签收" in page
    whole = signed_in("党宁").get(address("directive", live)).content.decode()
    assert "发给 4 个单位" in whole
    assert "北方党发" in whole


def test_the_paper_in_force_is_a_link_for_those_who_were_sent_it(signed_in, live):
    new = party.issued(live.world, when=now(), due_on=today() + timedelta(days=1), title="新的通知",
                       targets={live.world.unit("P"): ["party_committee"]})  # fmt: skip
    ending.supersede(directive=live.again(), new=new.again(), reason="改了", by=live.writer, at=now())
    link = f'href="{address("directive", new)}"'
    assert link in signed_in("诺敏").get(address("copy", live, "P-NORTH")).content.decode()
    page = signed_in("周舟").get(address("copy", live, "P-W2")).content.decode()
    assert link not in page
    assert "新的通知，没有发给您的单位" in page


def test_files_go_down_with_the_text_that_is_passed_on(signed_in, staffed):
    top = party.issued(staffed, when=now(), due_on=today() + timedelta(days=1), targets={
        staffed.unit("P"): ["party_committee"]}, files=[SimpleUploadedFile("标准.pdf", b"%PDF-1.7")])  # fmt: skip
    url = reverse("directives:attachment", args=[top.directive.attachments.get().pk])
    assert signed_in("周舟").get(url).status_code == 404
    mine = below(top)
    assert signed_in("周舟").get(url).status_code == 200
    assert "标准.pdf" in signed_in("周舟").get(address("copy", mine, "P-W2")).content.decode()
    assert signed_in("石强").get(url).status_code == 404


def test_what_is_over_is_not_reviewed(signed_in, live):
    live.sign("P-W2", now())
    live.report("P-W2", now())
    ending.end(directive=live.again(), reason="完成", by=live.writer, at=now())
    for act in (
        lambda: reporting.accept(slots=[live.slot("P-W2")], by=live.writer, at=now()),
        lambda: reporting.send_back(slot=live.slot("P-W2"), reason="改", by=live.writer, at=now()),
    ):
        with pytest.raises(Refused, match="已结束，不用再审"):
            act()
    assert live.slot("P-W2").review == "waiting"
    assert address("return", live, "P-W2") not in signed_in("党宁").get(address("copy", live, "P-W2")).content.decode()


# Numbers


def test_nobody_types_a_number_of_another_office(live):
    north = live.world.unit("P-NORTH")
    paper = party.paper(live.world, issuer=north, targets={north: BODIES[1:]}, number="同舟党发 〔2020〕 99号")
    with pytest.raises(Refused, match="机关代字“同舟党发”由集团党组使用") as no:
        drafting.draft(paper, by=live.world.user("诺敏"), at=NINE)
    assert no.value.field == "number"


def test_a_prefix_stays_with_its_office_over_the_new_year(office, staffed):
    north, later = staffed.unit("P-NORTH"), at(9, days=366)
    paper = party.paper(staffed, issuer=north, targets={north: BODIES[1:]}, due_on=later.date() + timedelta(days=3))
    made = drafting.draft(paper, by=staffed.user("诺敏"), at=later)
    with pytest.raises(Refused, match="机关代字“同舟党发”由集团党组使用"):
        issuing.issue(directive=made, by=staffed.user("诺敏"), at=later)


def test_a_number_does_not_begin_like_that_of_a_draft(staffed):
    with pytest.raises(Refused, match="文号不能以 # 开头"):
        drafting.draft(party.paper(staffed, number="#1"), by=staffed.user("党宁"), at=NINE)


def test_the_number_foretold_is_the_one_given(office, staffed):
    party.issued(staffed, number="同舟党发〔2020〕2号")
    foretold = numbering.next_number(staffed.unit("P"), "同舟党发", 2020)
    assert foretold == party.issued(staffed).directive.number == "同舟党发〔2020〕3号"


# What is looked at often


def test_looking_whether_the_paper_is_there_counts_nothing(signed_in, live, django_assert_max_num_queries):
    client, unit = signed_in("党宁"), live.world.unit("P")
    client.post(address("proof_take", live), {"unit": unit.pk})
    url = reverse("directives:proof", args=[Proof.objects.get().pk])
    client.get(url)
    with django_assert_max_num_queries(6):
        client.get(url, headers={"HX-Request": "true", "HX-Request-Type": "partial"})


def test_where_nothing_can_be_set_it_says_so_and_the_proof_is_kept(signed_in, live, monkeypatch):
    def refused(_proof):
        raise Refused("服务器缺少排版库")

    monkeypatch.setattr("wuli.organisation.directives.tasks.set_going", refused)
    page = signed_in("党宁").post(address("proof_take", live), {"unit": live.world.unit("P").pk}, follow=True)
    assert "服务器缺少排版库" in page.content.decode()
    assert Proof.objects.count() == 1
    assert proofs.PRINTED


def test_a_copy_opened_again_writes_nothing(signed_in, live, django_assert_max_num_queries):
    client, url = signed_in("周舟"), address("copy", live, "P-W2")
    client.get(url)
    assert Opening.objects.count() == 1
    with django_assert_max_num_queries(20) as done:
        client.get(url)
    assert not [one for one in done.captured_queries if one["sql"].startswith(("INSERT", "SAVEPOINT"))]
    assert Directive.objects.count() == 1
