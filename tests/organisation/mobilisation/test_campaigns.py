"""The four commitments: issued, signed once, recorded for others, taken back, reworded, ended."""

import pytest

from tests.organisation.mobilisation.conftest import DAY, NOON, TODAY
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice
from wuli.kernel.orgs.actions import people, units
from wuli.organisation.mobilisation.actions import campaigns, commitments
from wuli.organisation.mobilisation.models import Campaign, Commitment
from wuli.organisation.mobilisation.queries import campaigns as queries
from wuli.organisation.mobilisation.queries import participation
from wuli.organisation.mobilisation.rules.campaigns import FOUR_LEADS


def sign(world, campaign, who, at=NOON):
    return commitments.sign(campaign=campaign, own_words="", by=world.user(who), at=at)


def counted(world, campaign, code, on=TODAY):
    total = participation.table(world.unit(code), on, campaign).total
    return total.committed, total.members


def test_the_office_issues_the_four_and_each_secretary_hears_once(world, campaign):
    assert queries.wording_of(campaign).items == list(FOUR_LEADS)
    assert sorted(Notice.objects.values_list("person__name", flat=True)) == ["周舟", "诺敏"]
    assert Event.objects.get(verb="campaign.issued").subject_name == "四个带头"


@pytest.mark.parametrize(
    ("by", "changes", "sentence"),
    [
        ("诺敏", {}, "没有组织“集团党组”党员的职责"),
        ("党宁", {"body": "WORKS-1"}, "没有组织“一厂”党员的职责"),
        ("党宁", {"items": []}, "至少写一项"),
        ("党宁", {"items": ["一"] * 13}, "最多 12 项"),
        ("党宁", {"title": "  "}, "请写明标题"),
        ("党宁", {"from_date": TODAY - DAY}, "最早为今天"),
        ("党宁", {"last_day": TODAY - DAY}, "不能早于开始"),
    ],
)
def test_a_campaign_that_is_refused_is_not_there(issue, by, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        issue(by=by, **changes)
    assert not Campaign.objects.exists()
    assert not Event.objects.filter(verb__startswith="campaign.").exists()


def test_signing_twice_is_signing_once(world, campaign):
    first = sign(world, campaign, "才让")
    assert sign(world, campaign, "才让") == first
    assert Commitment.objects.get().way == "own"
    assert counted(world, campaign, "P") == (1, 3)


@pytest.mark.parametrize(("who", "sentence"), [("林河", "不在这次承诺的范围内"), ("顾岚", "不在这次承诺的范围内")])
def test_only_members_in_scope_sign(world, campaign, who, sentence):
    with pytest.raises(Refused, match=sentence):
        sign(world, campaign, who)
    assert not Commitment.objects.exists()


def test_a_campaign_of_one_branch_does_not_ask_another(world, issue):
    narrow = issue(body="P-W2", by="周舟")
    with pytest.raises(Refused, match="范围"):
        sign(world, narrow, "才让")
    assert list(queries.unsigned_of(world.person("才让"), TODAY)) == []
    assert list(queries.unsigned_of(world.person("周舟"), TODAY)) == [narrow]


def test_nobody_signs_before_it_begins_or_after_it_ends(world, issue):
    later = issue(from_date=TODAY + DAY)
    with pytest.raises(Refused, match="才开始"):
        sign(world, later, "才让")
    ended = issue(last_day=TODAY)
    with pytest.raises(Refused, match="已经结束"):
        sign(world, ended, "才让", at=NOON + DAY)


def test_the_branch_records_for_members_without_accounts(world, campaign, join_party):
    folk = [join_party("老郭"), join_party("老马")]
    made = commitments.record_for(campaign=campaign, people=folk, way="paper", by=world.user("诺敏"), at=NOON)

    assert [(one.way, one.by.name) for one in made] == [("paper", "诺敏")] * 2
    assert counted(world, campaign, "P-W1-A") == (2, 4)
    assert Event.objects.filter(verb="commitment.recorded").count() == 2
    assert commitments.record_for(campaign=campaign, people=folk, way="paper", by=world.user("诺敏"), at=NOON) == []


def test_one_stranger_in_the_list_and_nobody_is_recorded(world, campaign):
    people_ = [world.person("才让"), world.person("周舟")]
    with pytest.raises(Refused, match="周舟不在您组织的支部"):
        commitments.record_for(campaign=campaign, people=people_, way="paper", by=world.user("诺敏"), at=NOON)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("way", ["own", "", "phone"])
def test_nobody_signs_as_another(world, campaign, way):
    with pytest.raises(Refused):
        commitments.record_for(
            campaign=campaign, people=[world.person("才让")], way=way, by=world.user("诺敏"), at=NOON
        )  # fmt: skip


def test_taken_back_it_no_longer_counts_and_stays_in_the_history(world, campaign):
    given = sign(world, campaign, "才让")
    with pytest.raises(Refused, match="本人或所在支部"):
        commitments.take_back(commitment=given, reason="误", by=world.user("周舟"), at=NOON + DAY)
    commitments.take_back(commitment=given, reason="签错了", by=world.user("才让"), at=NOON + DAY)

    assert counted(world, campaign, "P", TODAY) == (1, 3)
    assert queries.standing(campaign, world.person("才让")) is None
    again = sign(world, campaign, "才让", at=NOON + 2 * DAY)
    assert [one.ended_reason for one in queries.history_of(campaign, world.person("才让"))] == ["", "签错了"]
    assert again.pk != given.pk


def test_taken_back_on_the_same_day_it_never_counted(world, campaign):
    commitments.take_back(
        commitment=sign(world, campaign, "才让"), reason="签错了", by=world.user("诺敏"), at=NOON
    )  # fmt: skip
    assert counted(world, campaign, "P") == (0, 3)


@pytest.mark.parametrize(("again", "left"), [(False, 1), (True, 0)])
def test_reworded_the_signed_stay_or_are_asked_again(world, campaign, again, left):
    sign(world, campaign, "才让")
    campaigns.reword(
        campaign=campaign, items=["带头上岗"], reason="更清楚", asks_again=again, by=world.user("党宁"), at=NOON + DAY
    )
    assert Commitment.objects.filter(ended_at=None).count() == left
    assert [one.number for one in queries.wordings_of(campaign)] == [2, 1]
    if not again:
        assert queries.standing(campaign, world.person("才让")).wording.items == list(FOUR_LEADS)
    with pytest.raises(Refused, match="没有需要保存"):
        campaigns.reword(
            campaign=campaign, items=["带头上岗"], reason="x", asks_again=False, by=world.user("党宁"), at=NOON + DAY
        )


def test_ended_it_asks_nobody(world, campaign):
    campaigns.end(campaign=campaign, reason="任务完成", by=world.user("党宁"), at=NOON + DAY)
    assert list(queries.unsigned_of(world.person("才让"), TODAY + DAY)) == []
    with pytest.raises(Refused, match="已经结束"):
        campaigns.end(campaign=campaign, reason="再来", by=world.user("党宁"), at=NOON + DAY)


def test_who_moves_keeps_the_commitment_and_counts_where_they_are(world, campaign, transfer, clock):
    sign(world, campaign, "才让")
    clock(NOON + DAY)
    transfer("才让", "P-W2", on=TODAY + DAY)

    assert counted(world, campaign, "P-W1-A", TODAY) == (1, 2)
    assert counted(world, campaign, "P-W2", TODAY) == (0, 1)
    assert counted(world, campaign, "P-W1-A", TODAY + DAY) == (0, 1)
    assert counted(world, campaign, "P-W2", TODAY + DAY) == (1, 2)


def test_who_leaves_the_company_or_the_party_line_counts_nowhere(world, campaign, transfer, clock):
    sign(world, campaign, "才让")
    sign(world, campaign, "诺敏")
    clock(NOON + DAY)
    people.leave(person=world.person("才让"), on=TODAY + DAY, by=world.user("欧阳"), at=NOON + DAY)
    transfer("诺敏", "", on=TODAY + DAY)
    assert counted(world, campaign, "P", TODAY + DAY) == (0, 1)
    assert counted(world, campaign, "P", TODAY) == (2, 3)


def test_who_joins_later_is_asked(world, campaign, join_party, clock):
    clock(NOON + DAY)
    newcomer = join_party("新人", on=TODAY + DAY)
    assert list(queries.unsigned_of(newcomer, TODAY + DAY)) == [campaign]
    assert counted(world, campaign, "P", TODAY + DAY) == (0, 4)
    assert counted(world, campaign, "P", TODAY) == (0, 3)


def test_a_branch_merged_meanwhile_takes_its_members_and_its_own_campaign_along(world, campaign, issue, clock):
    own = issue(body="P-W2", by="周舟", title="二厂的承诺")
    sign(world, own, "周舟")
    clock(NOON + DAY)
    units.merge_unit(
        unit=world.unit("P-W2"), target=world.unit("P-W1-A"), on=TODAY + DAY, by=world.user("赵系"), at=NOON + DAY
    )
    assert campaigns.follow_bodies(at=NOON + DAY) == 1
    assert campaigns.follow_bodies(at=NOON + DAY) == 0

    own.refresh_from_db()
    assert own.body.code == "P-W1-A"
    assert counted(world, own, "P-W1-A", TODAY + DAY) == (1, 3)
    assert counted(world, campaign, "P", TODAY + DAY) == (0, 3)
