"""Hours that the house lays down: which hold where, from when, and who may say so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wuli.base.clock import today
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.organisation.directives.actions import standards as actions
from wuli.organisation.directives.models import Directive, Standard, Urgency
from wuli.organisation.directives.queries import standards
from wuli.organisation.directives.rules.urgency import PACES, Pace

from .office import DAY, NINE, at
from .test_pages import written

STRICT, STRICTER = Pace(sign=12, soon=6, red=12), Pace(sign=1, soon=1, red=2)
TOMORROW = DAY + timedelta(days=1)


def lay_down(world, code="P", by="党宁", pace=STRICT, on=DAY, urgency=Urgency.NORMAL, reason="防控升级", when=NINE):
    return actions.lay_down(
        unit=world.unit(code), urgency=urgency, pace=pace, from_date=on, reason=reason, by=world.user(by), at=when
    )


def held(world, code, on=DAY):
    return standards.paces_at(world.unit(code), on)


def test_without_a_word_the_default_holds(staffed):
    assert held(staffed, "P") == PACES
    assert [one.standard for one in standards.in_force(staffed.unit("P"), DAY)] == [None, None, None]


def test_what_is_laid_down_holds_from_its_day_for_all_below(staffed):
    lay_down(staffed, on=TOMORROW)
    assert held(staffed, "P-W1")[Urgency.NORMAL] == PACES[Urgency.NORMAL]
    assert held(staffed, "P-W1", TOMORROW)[Urgency.NORMAL] == STRICT
    assert held(staffed, "P-W1", TOMORROW)[Urgency.URGENT] == PACES[Urgency.URGENT]
    assert held(staffed, "NORTH", TOMORROW) == PACES


def test_the_group_lays_down_for_its_party_line_too_where_that_says_nothing(staffed):
    lay_down(staffed, "G", by="顾岚")
    assert held(staffed, "P-W2")[Urgency.NORMAL] == held(staffed, "WORKS-1")[Urgency.NORMAL] == STRICT
    lay_down(staffed, "P", pace=STRICTER)
    assert held(staffed, "P-W2")[Urgency.NORMAL] == STRICTER
    assert held(staffed, "WORKS-1")[Urgency.NORMAL] == STRICT


def test_the_nearest_holds_and_of_these_the_newest(staffed):
    lay_down(staffed)
    lay_down(staffed, "P-NORTH", by="诺敏", pace=STRICTER)
    lay_down(staffed, pace=Pace(9, 9, 9), on=TOMORROW)
    assert held(staffed, "P-W1", TOMORROW)[Urgency.NORMAL] == STRICTER
    assert held(staffed, "P", TOMORROW)[Urgency.NORMAL] == Pace(9, 9, 9)
    assert held(staffed, "P")[Urgency.NORMAL] == STRICT


def test_for_the_same_day_again_it_replaces_and_both_are_on_record(staffed):
    lay_down(staffed)
    lay_down(staffed, pace=STRICTER)
    assert held(staffed, "P")[Urgency.NORMAL] == STRICTER
    assert (Standard.objects.count(), Event.objects.filter(verb="standard.laid_down").count()) == (1, 2)


REFUSED = [
    ({"on": DAY - timedelta(days=1)}, "只能从今天或以后起改"),
    ({"pace": Pace(0, 1, 1)}, "1 到 720"),
    ({"pace": Pace(1, 1, 721)}, "1 到 720"),
    ({"reason": " "}, "请写明原因"),
    ({"by": "诺敏"}, "您没有为集团党组规定时限的职责"),
]


@pytest.mark.parametrize(("changes", "sentence"), REFUSED, ids=[sentence for _changes, sentence in REFUSED])
def test_what_is_not_laid_down(staffed, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        lay_down(staffed, **changes)
    assert not Standard.objects.exists()


#                                    党宁 诺敏 周舟 石强 马力 孙审
WHO, MAY = ("党宁", "诺敏", "周舟", "石强", "马力", "孙审"), {
    "P": "200 404 404 404 404 404", "P-W1": "200 200 404 404 404 404", "": "200 200 200 200 404 404",
}  # fmt: skip


@pytest.mark.parametrize(("code", "row"), MAY.items())
def test_who_may_open_it(signed_in, staffed, code, row):
    query = {"unit": staffed.unit(code).pk} if code else {}
    found = [signed_in(who).get(reverse("directives:standards", query=query)).status_code for who in WHO]
    assert found == [int(status) for status in row.split()]


def test_it_is_laid_down_on_the_page_and_a_new_paper_follows_it(signed_in, staffed):
    client, party = signed_in("党宁"), staffed.unit("P")
    form = {"urgency": "extreme", "sign": "3", "soon": "2", "red": "5", "from_date": str(today()), "reason": "节日"}
    address = reverse("directives:standards", query={"unit": party.pk})
    page = client.post(address, form, follow=True).content.decode()
    assert "集团党组，" in page
    assert "系统默认" in page

    assert "特急 3" in client.get(reverse("directives:new")).content.decode()
    client.post(reverse("directives:new"), written(issuer=party.pk))
    made = Directive.objects.get()
    assert (made.sign_hours, made.soon_hours, made.red_hours) == (3, 2, 5)
    client.post(reverse("directives:edit", args=[made.pk]), written(issuer=party.pk, sign_hours="7"))
    assert Directive.objects.get().sign_hours == 7


def test_what_is_wrong_is_said_and_nothing_kept(signed_in, staffed):
    form = {"urgency": "extreme", "sign": "3", "soon": "2", "red": "5", "from_date": "2020-01-01", "reason": "x"}
    answer = signed_in("党宁").post(reverse("directives:standards"), form)
    assert (answer.status_code, "只能从今天或以后起改" in answer.content.decode()) == (422, True)
    assert not Standard.objects.exists()


def test_what_is_out_keeps_its_hours(office):
    lay_down(office.world, pace=STRICTER, urgency=Urgency.URGENT, when=at(10))
    assert office.again().red_hours == 24
