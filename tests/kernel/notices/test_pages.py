"""The bell, one's own notices, one's own settings: with and without JavaScript, each at its cost."""

import pytest
from django.db import connection
from django.utils import timezone

from tests.kernel.notices.telling import ALARM, BEIJING_NOON, HOUR, OVERDUE, tell
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.models import Notice, Wishes
from wuli.kernel.orgs.accounts import gate
from wuli.kernel.orgs.rules import accounts

MINE, BELL, SETTINGS = "/notices/", "/notices/bell/", "/notices/settings/"
WISHED = {"quiet_from": "21:30", "quiet_until": "06:30", "muted": [OVERDUE]}


def unread(name):
    return Notice.objects.unread().filter(person__name=name).count()


def test_the_bell_says_how_many(world, client):
    tell(world, "诺敏", key="a")
    tell(world, "诺敏", key="b")
    tell(world, "林河", key="a")
    client.force_login(world.user("诺敏"))
    page = client.get("/units/").text
    assert 'aria-label="消息 2 条"' in page
    assert '<span class="n num" aria-hidden="true">2</span>' in page
    client.force_login(world.user("马力"))
    assert 'aria-label="消息 0 条"' in client.get("/units/").text


def test_a_part_of_a_page_does_not_count(world, client, django_assert_num_queries):
    tell(world, "诺敏", url="/units/")
    client.force_login(world.user("诺敏"))
    asked = client.get("/notices/sent/", headers={"HX-Request": "true"})
    assert asked.status_code == 200
    assert not hasattr(asked.wsgi_request, "_unread")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_bell_is_one_question_to_an_index(world, client, django_assert_num_queries, rows):
    for number in range(rows):
        tell(world, "诺敏", key=f"item:{number}")
    client.force_login(world.user("诺敏"))
    client.get(BELL)
    with django_assert_num_queries(3):  # session, user, the count
        assert client.get(BELL).status_code == 200
    plan = Notice.objects.unread().filter(person=1).values("url").explain()
    assert "COVERING INDEX notice_unread" in plan or connection.vendor == "postgresql"


def test_a_bell_that_says_the_same_is_not_sent_again(world, client):
    tell(world, "诺敏")
    client.force_login(world.user("诺敏"))
    first = client.get(BELL)
    same = client.get(BELL, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, same.status_code, same.content) == (200, 304, b"")
    assert "no-cache" in same["Cache-Control"]

    tell(world, "诺敏", key="another")
    changed = client.get(BELL, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, 'aria-label="消息 2 条"' in changed.text) == (200, True)
    client.force_login(world.user("林河"))
    assert client.get(BELL, headers={"If-None-Match": changed["ETag"]}).status_code == 200


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(world, client, monkeypatch, settings):
    client.force_login(world.user("诺敏"))
    client.get("/units/")
    begun = timezone.now()
    for minutes in range(5, settings.IDLE_MINUTES, 5):
        monkeypatch.setattr(gate, "now", lambda minutes=minutes: begun + minutes * HOUR / 60)
        assert client.get(BELL).status_code == 200
    assert client.session[accounts.SEEN] <= begun.timestamp() + 1
    monkeypatch.setattr(gate, "now", lambda: begun + (settings.IDLE_MINUTES + 1) * HOUR / 60)
    assert client.get(BELL, headers={"HX-Request": "true"}).status_code == 401


def test_the_unread_stand_first_and_only_mine(world, client):
    tell(world, "诺敏", key="old", text="旧的", at=BEIJING_NOON)
    tell(world, "诺敏", key="read", text="读过的", at=BEIJING_NOON + 2 * HOUR)
    tell(world, "诺敏", key="new", text="新的", at=BEIJING_NOON + HOUR)
    tell(world, "林河", key="his", text="别人的")
    Notice.objects.filter(key="read").update(read_at=BEIJING_NOON + 3 * HOUR)
    client.force_login(world.user("诺敏"))
    page = client.get(MINE)
    assert [notice.text for notice, _label, _urgent in page.context["rows"]] == ["新的", "旧的", "读过的"]
    assert "有 2 条通知未读" in page.text
    assert "事项逾期" in page.text


def test_a_long_list_goes_on_from_the_unread_to_the_read(world, client):
    for number in range(60):
        tell(world, "诺敏", key=f"n:{number}")
    Notice.objects.filter(key__in=[f"n:{number}" for number in range(20)]).update(read_at=BEIJING_NOON)
    client.force_login(world.user("诺敏"))
    first = client.get(MINE)
    second = client.get(MINE, {"after": first.context["page"].next})
    shown = [notice.pk for page in (first, second) for notice, _label, _urgent in page.context["rows"]]
    assert (len(shown), len(set(shown))) == (60, 60)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(world, client, django_assert_num_queries, rows):
    for number in range(rows):
        tell(world, "诺敏", key=f"item:{number}", unit="WORKS-1")
    client.force_login(world.user("诺敏"))
    client.get(MINE)
    with django_assert_num_queries(LIST):
        client.get(MINE)


LIST = 6


def test_opening_one_marks_it_read_and_leads_on(world, client):
    tell(world, "诺敏", url="/units/?q=1")
    client.force_login(world.user("诺敏"))
    notice = Notice.objects.get()
    answer = client.get(f"{MINE}{notice.pk}/")
    assert (answer.status_code, answer["Location"], unread("诺敏")) == (302, "/units/?q=1", 0)
    tell(world, "诺敏", url="", key="leads nowhere")
    assert client.get(f"{MINE}{Notice.objects.unread().get().pk}/")["Location"] == MINE


@pytest.mark.parametrize(("who", "status"), [("诺敏", 302), ("顾岚", 404), ("赵系", 404)])
def test_nobody_opens_anothers(world, client, who, status):
    tell(world, "诺敏")
    client.force_login(world.user(who))
    assert client.get(f"{MINE}{Notice.objects.get().pk}/").status_code == status
    assert unread("诺敏") == (status == 404)


def test_all_at_once(world, client):
    tell(world, "诺敏", "林河", key="a")
    tell(world, "诺敏", key="b")
    client.force_login(world.user("诺敏"))
    assert client.get("/notices/read/").status_code == 405
    assert "已读 2 条" in client.post("/notices/read/", follow=True).text
    assert (unread("诺敏"), unread("林河")) == (0, 1)


def test_opening_the_page_itself_reads_the_notice(world, client):
    tell(world, "诺敏", url="/units/", key="a")
    tell(world, "诺敏", url="/units/?q=2", key="b")
    tell(world, "林河", url="/units/", key="c")
    client.force_login(world.user("诺敏"))
    assert 'aria-label="消息 1 条"' in client.get("/units/").text  # what is read by this very page is not counted
    assert (unread("诺敏"), unread("林河")) == (1, 1)


def test_a_page_that_is_not_there_has_not_been_read(world, client):
    tell(world, "诺敏", url="/units/999999/")
    client.force_login(world.user("诺敏"))
    assert client.get("/units/999999/").status_code == 404
    assert unread("诺敏") == 1


def test_what_i_wish(world, client):
    client.force_login(world.user("诺敏"))
    assert client.get(SETTINGS).status_code == 200
    assert client.post(SETTINGS, WISHED).status_code == 302
    wishes = Wishes.objects.get()
    assert (str(wishes), wishes.person.name, wishes.muted) == ("21:30-06:30", "诺敏", [OVERDUE])
    event = Event.objects.get(verb="notices.wished")
    assert event.actor_name == "诺敏"
    client.post(SETTINGS, WISHED)  # again: nothing changes, nothing happened
    assert Event.objects.filter(verb="notices.wished").count() == 1


@pytest.mark.parametrize(
    "changed", [{"muted": [ALARM]}, {"quiet_from": "25:00"}, {"quiet_until": ""}, {"muted": ["?"]}]
)
def test_what_cannot_be_wished(world, client, changed):
    client.force_login(world.user("诺敏"))
    assert client.post(SETTINGS, WISHED | changed).status_code == 422
    assert not Wishes.objects.exists()


@pytest.mark.parametrize("door", [MINE, SETTINGS, "/notices/sent/", BELL])
def test_one_must_be_signed_in(client, db, door):
    assert client.get(door).status_code == 302
