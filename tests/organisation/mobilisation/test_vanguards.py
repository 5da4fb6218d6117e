"""Vanguard posts and task forces: proposed below, approved above by another, manned, dissolved; members' tasks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.organisation.mobilisation.conftest import DAY, NOON, TODAY
from tests.organisation.mobilisation.test_activities import PICTURE
from wuli.base.errors import Refused
from wuli.kernel.ledger.actions import items
from wuli.kernel.ledger.models import Item
from wuli.kernel.ledger.queries.items import items_for
from wuli.kernel.orgs.actions import people, units
from wuli.organisation.mobilisation.actions import errands, vanguards
from wuli.organisation.mobilisation.actions.errands import NewErrand
from wuli.organisation.mobilisation.models import Errand, Vanguard, VanguardMember
from wuli.organisation.mobilisation.queries import participation
from wuli.organisation.mobilisation.queries import vanguards as queries


def approve(world, vanguard, by="党宁", at=NOON):
    return vanguards.decide(vanguard=vanguard, approve=True, opinion="", by=world.user(by), at=at)


def counted(world, code="P", on=TODAY):
    return participation.table(world.unit(code), on).total.vanguards


def test_it_stands_once_the_body_above_has_approved(world, propose):
    vanguard = propose()
    assert counted(world) == 0
    assert list(queries.waiting_for(world.user("党宁"))) == [vanguard]
    assert list(queries.waiting_for(world.user("诺敏"))) == []
    approve(world, vanguard)
    assert (counted(world), counted(world, "P-W2")) == (1, 0)


@pytest.mark.parametrize(
    ("by", "approve_", "sentence"),
    [("诺敏", True, "申请人不能审批"), ("周舟", True, "由上级党组织审批"), ("党宁", False, "退回的原因")],
)
def test_who_may_not_decide(world, propose, by, approve_, sentence):
    vanguard = propose()
    with pytest.raises(Refused, match=sentence):
        vanguards.decide(vanguard=vanguard, approve=approve_, opinion="", by=world.user(by), at=NOON)
    assert Vanguard.objects.get().status == "proposed"


def test_even_the_office_cannot_approve_what_it_proposed(world, propose):
    with pytest.raises(Refused, match="申请人不能审批"):
        approve(world, propose(by="党宁"))


def test_returned_it_is_changed_and_proposed_again(world, propose):
    vanguard = vanguards.decide(vanguard=propose(), approve=False, opinion="写清任务", by=world.user("党宁"), at=NOON)
    again = vanguards.NewVanguard(
        sort="post", name="东门岗", body=world.unit("P-W1-A"), unit=world.unit("W1-T1"), purpose="测温、登记、报告",
        from_date=TODAY, leader=world.person("诺敏"),
    )  # fmt: skip
    vanguards.amend(again, vanguard=vanguard, by=world.user("诺敏"), at=NOON)
    approve(world, vanguard)
    assert queries.heads([vanguard], TODAY)[vanguard.pk] == ("诺敏", 2)


def test_who_leaves_drops_out_and_shows(world, propose, clock):
    vanguard = approve(world, propose())
    clock(NOON + DAY)
    people.leave(person=world.person("才让"), on=TODAY + DAY, by=world.user("欧阳"), at=NOON + DAY)
    assert [(one.member.person.name, one.gone) for one in queries.serving(vanguard, TODAY + DAY)] == [("才让", True)]
    assert queries.heads([vanguard], TODAY + DAY)[vanguard.pk] == ("", 0)

    vanguards.lead(vanguard=vanguard, person=world.person("诺敏"), by=world.user("诺敏"), at=NOON + DAY)
    assert queries.heads([vanguard], TODAY + DAY)[vanguard.pk] == ("诺敏", 1)
    assert [one.person.name for one in queries.served_before(vanguard)] == ["才让"]


def test_members_come_and_go_and_the_leader_stays_until_another_leads(world, propose):
    vanguard = approve(world, propose())
    by = world.user("诺敏")
    vanguards.join(vanguard=vanguard, person=world.person("诺敏"), by=by, at=NOON)
    with pytest.raises(Refused, match="已经在"):
        vanguards.join(vanguard=vanguard, person=world.person("诺敏"), by=by, at=NOON)
    leader = VanguardMember.objects.get(leads=True)
    with pytest.raises(Refused, match="请先指定新的负责人"):
        vanguards.leave(member=leader, by=by, at=NOON)
    vanguards.lead(vanguard=vanguard, person=world.person("诺敏"), by=by, at=NOON + DAY)
    assert queries.heads([vanguard], TODAY + DAY)[vanguard.pk] == ("诺敏", 2)


def test_whoever_leads_is_a_member_of_that_body(propose):
    with pytest.raises(Refused, match="负责人须是“电解支部”的党员"):
        propose(leader="周舟")
    assert not Vanguard.objects.exists()


def test_results_are_kept_with_their_evidence_once(world, propose):
    vanguard = approve(world, propose())
    picture = SimpleUploadedFile("岗.png", PICTURE)
    said = {"text": "测温 312 人次", "on_date": TODAY, "by": world.user("诺敏"), "at": NOON, "key": "k"}
    first = vanguards.tell(vanguard=vanguard, files=[picture], **said)
    assert vanguards.tell(vanguard=vanguard, **said) == first
    (file,) = first.attachments.all()
    assert queries.attachment_for(world.user("才让"), file.pk) == file
    with pytest.raises(Exception, match="No Attachment"):
        queries.attachment_for(world.user("周舟"), file.pk)


def test_dissolved_it_counts_until_that_day(world, propose, clock):
    vanguard = approve(world, propose())
    clock(NOON + DAY)
    with pytest.raises(Refused, match="撤销的原因"):
        vanguards.dissolve(vanguard=vanguard, note="", by=world.user("诺敏"), at=NOON + DAY)
    vanguards.dissolve(vanguard=vanguard, note="任务完成", by=world.user("诺敏"), at=NOON + DAY)
    assert (counted(world, on=TODAY), counted(world, on=TODAY + DAY)) == (1, 0)
    assert VanguardMember.objects.filter(until_date=TODAY + DAY).count() == 1


def give(world, key="k", *, by="诺敏", body="P-W1-A", names=(), **more):
    new = NewErrand(body=world.unit(body), title="联系两名职工", people=[world.person(name) for name in names], **more)
    return errands.give(new, key=key, by=world.user(by), at=NOON)


def test_each_member_gets_an_item_and_a_second_person_closes_it(world):
    errand = give(world, to_all=True, due_on=TODAY + 3 * DAY)
    assert give(world, to_all=True) == errand
    assert sorted(item.owner.name for item in Item.objects.all()) == ["才让", "诺敏"]
    mine = Item.objects.get(owner__name="才让")
    items.ask_to_close(item=mine, text="已联系", by=world.user("才让"), at=NOON)
    items.close(item=mine, by=world.user("诺敏"), at=NOON)

    total = participation.table(world.unit("P"), TODAY).total
    assert (total.tasked, total.finished, total.members) == (2, 1, 3)


def test_that_someone_has_a_members_task_is_seen_by_the_party_line_only(world):
    give(world, names=["才让"])
    seen = {who: items_for(world.user(who)).count() for who in ("党宁", "诺敏", "才让", "周舟", "顾岚", "林河")}
    assert seen == {"党宁": 1, "诺敏": 1, "才让": 1, "周舟": 0, "顾岚": 0, "林河": 0}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"names": ["周舟"]}, "名单已有变化"), ({}, "请选择党员"), ({"by": "周舟", "to_all": True}, "没有组织"),
        ({"to_all": True, "due_on": TODAY - DAY}, "已经过去"),
    ],
)  # fmt: skip
def test_a_task_that_is_refused_is_given_to_nobody(world, more, sentence):
    with pytest.raises(Refused, match=sentence):
        give(world, **more)
    assert not Errand.objects.exists()
    assert not Item.objects.exists()


def test_it_follows_the_unit_where_it_stands_and_its_body_into_those_they_were_merged_into(world, propose):
    vanguard = propose(unit="W1-T1")
    for unit, target in (("W1-T1", "W1-T2"), ("P-W1-A", "P-W2")):
        units.merge_unit(unit=world.unit(unit), target=world.unit(target), on=TODAY, by=None, at=NOON)

    assert vanguards.follow_bodies(at=NOON) == 1
    vanguard.refresh_from_db()
    assert (vanguard.unit.code, vanguard.body.code) == ("W1-T2", "P-W2")
    assert vanguards.follow_bodies(at=NOON) == 0
