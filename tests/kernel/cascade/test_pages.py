"""The pages of a round: who may open them, what they ask of the database, what they show."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wuli.base.clock import today
from wuli.kernel.cascade.actions import freezing, reviewing, rounds
from wuli.kernel.cascade.models import Reply
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice

from . import asking
from .asking import at

LONG = dict.fromkeys(asking.HOURS, (0, 24 * 60, 24 * 60))


@pytest.fixture
def live(world, settings):
    """The same call, for today: the pages read the clock."""
    asking.HOURS, kept = LONG, asking.HOURS
    yield asking.evening(world, day=today())
    asking.HOURS = kept


def address(name, asked, code=""):
    return reverse(f"cascade:{name}", args=[asked.slot(code).pk if code else asked.round.pk])


WHO = ("顾岚", "诺敏", "林河", "才让", "石强", "马力", "孙审")
#                        顾岚  诺敏  林河  才让  石强  马力  孙审
PAGES = {
    ("board", ""):      "200 200 200 200 200 404 404",
    ("figures", ""):    "200 200 200 200 200 404 404",
    ("review", ""):     "200 200 404 404 200 404 404",
    ("slot", "W1-T1"):  "200 200 200 200 404 404 404",
    ("return", "W1-T1"): "200 200 404 404 404 404 404",
    ("exempt", "W1-T1"): "200 200 404 404 404 404 404",
    ("ask_again", "W1-T1"): "200 200 404 404 404 404 404",
}  # fmt: skip


@pytest.mark.parametrize(("door", "row"), PAGES.items(), ids=[" ".join(key) for key in PAGES])
def test_who_may_open_what(signed_in, live, door, row):
    found = [signed_in(who).get(address(door[0], live, door[1])).status_code for who in WHO]
    assert found == [int(status) for status in row.split()]


def test_a_team_reports_zero_from_its_page_in_one_post(signed_in, live):
    client = signed_in("才让")
    page = client.get(address("slot", live, "W1-T1")).content.decode()
    assert "没有情况，零报告" in page

    answer = client.post(address("slot", live, "W1-T1"), {"key": "k", "present": "12", "abnormal": "3", "zero": "1"})

    assert answer.status_code == 302
    assert Reply.objects.get().values == {"present": 12, "abnormal": 0}
    assert live.slot("W1-T1").state == "zero"


def test_a_blank_is_sent_back_with_what_was_typed(signed_in, live):
    answer = signed_in("才让").post(address("slot", live, "W1-T1"), {"key": "k", "present": "", "abnormal": "2"})

    assert answer.status_code == 422
    assert "空白不算零" in answer.content.decode()
    assert 'value="2"' in answer.content.decode()
    assert not Reply.objects.exists()


def test_the_board_costs_the_same_for_any_number_of_slots(signed_in, live, django_assert_max_num_queries):
    client = signed_in("顾岚")
    client.get(address("board", live))
    with django_assert_max_num_queries(15):
        client.get(address("board", live))


def test_a_board_that_did_not_change_is_not_sent_again(signed_in, live):
    client = signed_in("顾岚")
    asks = {"HX-Request": "true"}
    tag = client.get(address("board", live), headers=asks)["ETag"]

    assert client.get(address("board", live), headers=asks | {"If-None-Match": tag}).status_code == 304
    live.answer("W1-T1", live.slot("W1-T1").opens_at)
    assert client.get(address("board", live), headers=asks | {"If-None-Match": tag}).status_code == 200


def test_picked_units_are_chased_by_name_and_once(signed_in, live):
    asking.give(live.world, "马力", "reporter", "W3-T1")
    client = signed_in("顾岚")
    pick = {"slot": [live.slot("W1-T1").pk, live.slot("W3-T1").pk], "text": "请尽快"}

    client.post(address("chase", live), pick)

    assert set(Notice.objects.values_list("person__name", flat=True)) == {"才让", "马力"}
    assert live.slot("W1-T1").chased == 1
    assert Event.objects.filter(verb="round.chased").count() == 1


def test_a_unit_without_anyone_who_answers_is_refused_by_name(signed_in, live):
    answer = signed_in("顾岚").post(address("chase", live), {"slot": [live.slot("W1-T2").pk]}, follow=True)

    assert "这些单位没有填报人，催不到：电解二班" in answer.content.decode()
    assert not Notice.objects.exists()


def test_the_reviewer_sees_first_what_changed(signed_in, world, settings):
    asked = asking.evening(world)
    for code, abnormal in (("W1-T1", 0), ("W1-T2", 0)):
        asked.answer(code, at(14), abnormal=abnormal)
    tomorrow = asking.DAY + timedelta(days=1)
    asked.round = rounds.open_round(call=asked.call, on=tomorrow, at=at(9, days=1))
    asked.answer("W1-T1", at(14, days=1))
    asked.answer("W1-T2", at(14, days=1), abnormal=2)

    _frame, page = signed_in("诺敏").get(address("review", asked)).content.decode().split('id="review"')

    assert page.index("电解二班") < page.index("电解一班")
    assert "体温异常 0 → <b>2</b>" in page


def test_a_unit_is_spared_and_asked_again_with_the_reason(signed_in, live):
    client = signed_in("诺敏")
    assert client.post(address("exempt", live, "W1-T1"), {"reason": "全员休假"}).status_code == 302
    assert "全员休假" in client.get(address("board", live), {"show": "all"}).content.decode()
    assert client.post(address("ask_again", live, "W1-T1"), {"reason": ""}).status_code == 422
    assert client.post(address("ask_again", live, "W1-T1"), {"reason": "提前返岗"}).status_code == 302

    assert live.slot("W1-T1").state == "missing"
    assert Event.objects.get(verb="slot.asked_again").reason == "提前返岗"


def test_what_was_spared_after_the_freeze_stands_beside_the_figure(signed_in, live):
    live.round.figures.update(freeze_at=live.slot("W1-T1").opens_at)
    freezing.freeze_due(live.slot("W1-T1").opens_at)
    signed_in("诺敏").post(address("exempt", live, "W1-T1"), {"reason": "全员休假"})

    page = signed_in("顾岚").get(address("figures", live)).content.decode()
    assert "此后 1 个单位免报" in page
    assert "全员休假" in page


def test_a_returned_answer_comes_back_to_whoever_answers(signed_in, live):
    live.answer("W1-T1", live.slot("W1-T1").opens_at, abnormal=1)
    nomin = live.world.user("诺敏")
    reviewing.send_back(
        slot=live.slot("W1-T1"), fields={"abnormal": "请核对"}, by=nomin, at=live.slot("W1-T1").opens_at
    )

    client = signed_in("才让")
    assert "电解一班" in client.get(reverse("cascade:mine")).content.decode()
    assert "请核对" in client.get(address("slot", live, "W1-T1")).content.decode()
