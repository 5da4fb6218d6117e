"""The pages of duty and of presence: who sees what, what is done on them, what they cost."""

from datetime import time, timedelta

import pytest

from wuli.kernel.orgs.models import Person
from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.command.actions import duty, presence, standing_down
from wuli.leadership.command.models import DutyDesk, HandOver, KeyPerson, Shift
from wuli.leadership.command.rules.rotation import Pattern
from wuli.web import agenda

from .conftest import DAY, HOUR, MINUTE, MORNING, TODAY

EIGHT = MORNING - 30 * MINUTE
ROSTER = {
    "leads": "诺敏", "officers": "20002\n林河", "each": 1, "first": "2020-01-27", "last": "2020-02-02",
    "starts": "08:00", "hours": 24,
}  # fmt: skip


@pytest.fixture(autouse=True)
def then(clock):
    return clock


@pytest.fixture
def desk(world):
    """North's desk, staffed for four days by 欧阳 and 林河."""
    made = duty.open_desk(unit=world.unit("NORTH"), phone="010-6666 8888", by=None, at=EIGHT)
    officers = [world.person("欧阳"), world.person("林河")]
    pattern = Pattern(TODAY, TODAY + 3 * DAY, time(8), 24, [world.person("诺敏")], officers)
    duty.arrange(desk=made, pattern=pattern, by=None, at=EIGHT)
    return made


def test_a_head_opens_a_desk_and_fills_its_roster(signed_in, world):
    client = signed_in("诺敏")
    answer = client.post("/duty/new/", {"unit": "NORTH", "phone": "010-1", "room": "三楼"})
    desk = DutyDesk.objects.get()
    assert answer.url == f"/duty/{desk.pk}/arrange/"
    answer = client.post(answer.url, ROSTER, follow=True)
    assert "已排 7 班" in answer.content.decode()
    first, second, *_rest = Shift.objects.order_by("from_at")
    assert [turn.person.name for turn in second.turns.order_by("role")] == ["诺敏", "林河"]
    assert first.from_at == EIGHT
    again = client.post(f"/duty/{desk.pk}/arrange/", ROSTER)
    assert again.status_code == 422
    assert "已经排了班" in again.content.decode()


PAGES = {
    # page                       顾岚 诺敏 林河 才让 石强
    "/duty/":                    (200, 200, 200, 200, 200),
    "/duty/new/":                (200, 200, 404, 404, 200),
    "/duty/{desk}/":             (200, 200, 200, 404, 404),
    "/duty/{desk}/arrange/":     (200, 200, 404, 404, 404),
    "/duty/{desk}/close/":       (200, 200, 404, 404, 404),
    "/duty/{desk}/roster.ics":   (200, 200, 200, 404, 404),
    "/duty/shifts/{shift}/":     (200, 200, 200, 404, 404),
    "/duty/turns/{turn}/swap/":  (200, 200, 404, 404, 404),
    "/duty/mine.ics":            (200, 200, 200, 200, 200),
    "/command/{pk}/presence/":   (200, 200, 200, 404, 200),
    "/command/presence/{key}/":  (200, 200, 404, 404, 404),
    "/command/{pk}/presence/name/": (200, 200, 404, 404, 200),
}  # fmt: skip


def test_who_sees_what(client, world, desk, response):
    shift = desk.shifts.order_by("from_at").first()
    known = {
        "desk": desk.pk, "shift": shift.pk, "turn": shift.turns.get(role="officer").pk, "pk": response.pk,
        "key": KeyPerson.objects.get(person__name="诺敏").pk,
    }  # fmt: skip
    for name, place in zip(("顾岚", "诺敏", "林河", "才让", "石强"), range(5), strict=True):
        client.force_login(world.user(name))
        found = {page: client.get(page.format(**known)).status_code for page in PAGES}
        assert found == {page: codes[place] for page, codes in PAGES.items()}, name


def test_everyone_below_finds_the_phone_and_no_own_number(signed_in, desk, world):
    page = signed_in("才让").get("/duty/").content.decode()
    assert "010-6666 8888" in page
    assert "欧阳" in page
    assert world.person("欧阳").phone not in page
    assert f"/duty/{desk.pk}/" not in page


def test_the_outgoing_hands_over_and_the_incoming_signs(signed_in, desk, clock):
    first = desk.shifts.order_by("from_at").first()
    clock(EIGHT + 23 * HOUR)
    client = signed_in("欧阳")
    assert "请交班：北方板块" in client.get("/").content.decode()
    said = {"happened": "无", "unfinished": "口罩未到货"}
    assert client.post(f"/duty/shifts/{first.pk}/hand-over/", said).status_code == 302
    assert client.post(f"/duty/shifts/{first.pk}/take/", {}).status_code == 422
    assert HandOver.objects.get().taken_at is None

    client = signed_in("林河")
    assert "请接班：北方板块" in client.get("/").content.decode()
    page = client.get(f"/duty/shifts/{first.pk}/").content.decode()
    assert "口罩未到货" in page
    assert client.post(f"/duty/shifts/{first.pk}/take/", {"remark": "已核对"}).status_code == 302
    assert HandOver.objects.get().taken_by.name == "林河"


def test_what_was_left_unfinished_is_carried_along(signed_in, desk, clock):
    first, second = desk.shifts.order_by("from_at")[:2]
    clock(EIGHT + 23 * HOUR)
    signed_in("欧阳").post(f"/duty/shifts/{first.pk}/hand-over/", {"happened": "无", "unfinished": "口罩未到货"})
    clock(EIGHT + 47 * HOUR)
    page = signed_in("林河").get(f"/duty/shifts/{second.pk}/").content.decode()
    assert page.count("口罩未到货") == 2, "in the note before, and in the form"


def test_turns_are_exchanged_on_their_page(signed_in, desk, world):
    first, second = desk.shifts.order_by("from_at")[:2]
    mine, theirs = first.turns.get(role="officer"), second.turns.get(role="officer")
    client = signed_in("欧阳")
    address = f"/duty/turns/{mine.pk}/swap/"
    assert client.post(address, {"reason": "送孩子"}).status_code == 422
    assert client.post(address, {"reason": "送孩子", "other": theirs.pk}).status_code == 302
    assert [shift.turns.get(role="officer").person.name for shift in (first, second)] == ["林河", "欧阳"]


def test_my_shifts_come_as_a_calendar(signed_in, desk):
    answer = signed_in("欧阳").get("/duty/mine.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "北方板块值班" in text


def test_my_shifts_stand_in_my_feed_without_the_names_of_others(world, desk):
    feed = agenda.appointments_of(world.user("欧阳"), EIGHT, EIGHT + 30 * DAY)
    assert [one.title for one in feed] == ["北方板块值班"] * 2
    assert all("诺敏" not in f"{one.title}{one.text}{one.place}" for one in feed)
    assert agenda.appointments_of(world.user("石强"), EIGHT, EIGHT + 30 * DAY) == []


def test_people_say_where_they_are_and_the_board_counts_it(signed_in, response):
    client = signed_in("诺敏")
    assert "请报到岗情况" in client.get("/").content.decode()
    key = KeyPerson.objects.get(person__name="诺敏")
    refused = client.post(f"/command/presence/{key.pk}/", {"status": "away"})
    assert refused.status_code == 422
    said = {"status": "away", "reason": "封路", "expected_on": str(TODAY + DAY)}
    assert client.post(f"/command/presence/{key.pk}/", said).status_code == 302
    assert "请报到岗情况" not in client.get("/").content.decode()

    client = signed_in("顾岚")
    page = client.get(f"/command/{response.pk}/presence/?show=all").content.decode()
    assert "应到岗 3 人，在岗 0 人" in page
    assert "封路" in page
    left = KeyPerson.objects.exclude(pk=key.pk).values_list("pk", flat=True)
    client.post(f"/command/{response.pk}/presence/at-post/", {"key": list(left)})
    assert "在岗 2 人" in client.get(f"/command/{response.pk}/presence/").content.decode()


def test_who_should_be_back_by_now_is_asked_again(signed_in, response, world, clock):
    key = KeyPerson.objects.get(person__name="诺敏")
    presence.state(
        key=key, status="on_way", expected_on=TODAY + DAY, by=world.user("诺敏"), at=MORNING
    )  # fmt: skip
    clock(MORNING + 2 * DAY)
    assert "预计到岗日期已过" in signed_in("诺敏").get("/").content.decode()


def test_many_desks_and_people_cost_no_more_than_few(
    signed_in, world, desk, response, django_assert_num_queries, posted
):
    client = signed_in("顾岚")
    pages = ["/duty/", f"/duty/{desk.pk}/", f"/command/{response.pk}/presence/?show=all", "/"]
    for page in pages:
        client.get(page)
    costs = []
    for extra in range(2):
        if extra:
            for name, unit in (("马力", "WORKS-1"), ("才让", "WORKS-3"), ("党宁", "SOUTH")):
                posted(name, Duty.DEPUTY, unit)
                more = duty.open_desk(unit=world.unit(unit), phone="1", by=None, at=EIGHT)
                folk = list(Person.objects.exclude(name="顾岚")[:5])
                pattern = Pattern(TODAY, TODAY + timedelta(days=9), time(8), 12, (), folk)
                duty.arrange(desk=more, pattern=pattern, by=None, at=EIGHT)
            presence.follow(response=response, at=MORNING)
        for page in pages:
            with django_assert_num_queries(99, exact=False) as asked:
                client.get(page)
            costs.append(len(asked))
    assert costs[4:7] == costs[:3]
    assert max(costs) < 40


def test_nobody_says_where_they_are_once_the_response_has_ended(signed_in, response, world):
    key = KeyPerson.objects.get(person__name="诺敏")
    standing_down.stand_down(response=response, reason="结束", conclusion="", by=world.user("顾岚"), at=MORNING + HOUR)
    assert signed_in("诺敏").get(f"/command/presence/{key.pk}/").status_code == 404
