"""How long one stays in, where, and who is put out."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.kernel.orgs.accounts.conftest import TEN_O_CLOCK
from wuli.kernel.orgs.actions import people
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.accounts import sessions_of

EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Safari/537.36 Edg/120"
)
WECOM = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Version/4.0 Chrome/78 Mobile Safari/537.36 wxwork/4.1.0"


@pytest.fixture
def nora(client, log_in, clock):
    """诺敏 at her desk."""
    log_in(client, "20001")
    return client


def test_whoever_does_nothing_for_half_an_hour_is_put_out_and_told_why(nora, clock, events):
    clock.forward(minutes=30)

    answer = nora.get(reverse("orgs:units"))

    assert answer.url == f"{reverse('account_login')}?next={reverse('orgs:units')}"
    assert "您有一段时间没有操作" in nora.get(answer.url).content.decode()
    assert (events()[-1].verb, events()[-1].changes) == ("account.signed_out", {"why": [None, "idle"]})


def test_whoever_goes_on_working_stays(nora, clock):
    for _time in range(4):
        clock.forward(minutes=29)
        assert nora.get(reverse("home")).status_code == 200


def test_after_twelve_hours_even_the_busy_log_in_again(nora, clock, events, settings):
    settings.IDLE_MINUTES = 240
    for _time in range(4):
        clock.forward(minutes=179)
        assert nora.get(reverse("home")).status_code == 200
    clock.forward(minutes=4)

    assert "本次登录已满时限" in nora.get(reverse("home"), follow=True).content.decode()
    assert events()[-1].changes == {"why": [None, "too_long"]}


def test_a_form_sent_too_late_leads_back_to_its_page(nora, clock):
    clock.forward(hours=1)
    page = f"http://testserver{reverse('orgs:units')}?line=party"

    answer = nora.post(reverse("usersessions_list"), headers={"Referer": page})

    assert answer.url == f"{reverse('account_login')}?next=/units/%3Fline%3Dparty"


def test_a_foreign_referer_is_not_followed(nora, clock):
    clock.forward(hours=1)

    answer = nora.post(reverse("usersessions_list"), headers={"Referer": "https://evil.example/x"})

    assert answer.url == f"{reverse('account_login')}?next={reverse('home')}"


def test_a_part_is_told_in_a_sentence(nora, clock):
    clock.forward(hours=1)

    answer = nora.get(reverse("home"), headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert "您有一段时间没有操作" in answer.content.decode()
    assert reverse("account_login") in answer.content.decode()


def test_a_program_is_told_in_json(nora, clock):
    clock.forward(hours=1)

    answer = nora.get(reverse("home"), headers={"Accept": "application/json"})

    assert answer.status_code == 401
    assert answer.json() == {"code": "signed_out", "message": "您有一段时间没有操作，为保护数据已退出，请重新登录"}


def test_nobody_gets_a_part_without_logging_in(client, db):
    assert client.get(reverse("home"), headers={"HX-Request": "true"}).status_code == 401
    assert client.get(reverse("home")).status_code == 302


def test_when_a_session_was_last_used_is_written_once_a_minute(nora, world, clock):
    came, user = clock.moment, world.user("诺敏")
    for seconds, seen in [(59, came), (1, came + timedelta(seconds=60)), (59, came + timedelta(seconds=60))]:
        clock.forward(seconds=seconds)
        nora.get(reverse("home"))
        assert [place.seen for place in sessions_of(user, None, clock.moment)] == [seen]


def test_signed_in_pages_are_kept_nowhere(nora, world):
    for page in ("home", "orgs:settings", "usersessions_list", "account_change_password"):
        assert "no-store" in nora.get(reverse(page))["Cache-Control"]
        assert "private" in nora.get(reverse(page))["Cache-Control"]


def test_a_page_that_says_itself_how_it_may_be_kept_is_believed(nora):
    assert "no-store" in nora.get(reverse("account_login"))["Cache-Control"]


@pytest.mark.parametrize(
    ("happens", "sentence", "why"),
    [
        pytest.param(lambda world: _switch_off(), "账号已停用", "closed", id="account switched off"),
        pytest.param(lambda world: _leaves(world), "不在花名册上", "closed", id="person left the roll"),
    ],
)
def test_whoever_may_not_come_in_any_more_is_put_out_at_the_next_click(
    nora, world, clock, events, happens, sentence, why
):
    happens(world)

    page = nora.get(reverse("home"), follow=True).content.decode()

    assert sentence in page
    assert SESSION_KEY not in nora.session
    assert (events()[-1].subject_name, events()[-1].changes["why"][1]) == ("诺敏", why)


@pytest.mark.parametrize("happens", [lambda world: _switch_off(), lambda world: _leaves(world)], ids=["off", "left"])
def test_and_does_not_come_in_again_with_the_right_password(client, world, log_in, clock, events, happens):
    happens(world)

    page = log_in(client, "20001").content.decode()

    assert "账号已停用" in page or "不在花名册上" in page
    assert SESSION_KEY not in client.session
    assert [event.changes["why"][1] for event in events("sign_in_failed")] == ["closed"]


def test_a_wrong_password_is_not_told_that_the_account_is_closed(client, world, log_in):
    _switch_off()

    assert "登录名或密码不对" in log_in(client, "20001", "Wrong-2020-wrong").content.decode()


@pytest.mark.parametrize("engine", ["db", "cached_db"])
def test_one_device_ends_the_session_of_another_at_once(world, log_in, clock, settings, events, engine):
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
    desk, phone, third = Client(headers={"User-Agent": EDGE}), Client(headers={"User-Agent": WECOM}), Client()
    for device in (desk, phone, third):
        log_in(device, "20001")
    page = desk.get(reverse("usersessions_list")).content.decode()
    assert all(words in page for words in ("Edge · Windows", "企业微信 · Android", "本机", "127.0.0.1"))
    (lost,) = [place for place in places(desk) if "wxwork" in place.device]

    desk.post(reverse("usersessions_list"), {"only": lost.pk})

    assert phone.get(reverse("home")).url.startswith(reverse("account_login"))
    assert "登录已失效" in phone.get(reverse("account_login")).content.decode()
    assert desk.get(reverse("home")).status_code == third.get(reverse("home")).status_code == 200
    assert (events()[-1].verb, events()[-1].changes) == ("account.signed_out_elsewhere", {"sessions": [1, 0]})


@pytest.mark.parametrize("engine", ["db", "cached_db"])
def test_all_others_are_ended_at_once_and_in_the_cache_too(world, log_in, clock, settings, engine):
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
    desk, *others = [Client() for _one in range(3)]
    for device in (desk, *others):
        log_in(device, "20001")
    keys = [device.session.session_key for device in others]

    desk.post(reverse("usersessions_list"))

    assert [device.get(reverse("home")).status_code for device in (desk, *others)] == [200, 302, 302]
    assert not Session.objects.filter(session_key__in=keys).exists()
    assert not any(cache.get(f"django.contrib.sessions.cached_db{key}") for key in keys)


def test_nobody_ends_the_sessions_of_another(world, log_in, clock):
    mine, theirs = Client(), Client()
    log_in(mine, "20001")
    log_in(theirs, "20002")
    (place,) = places(theirs)

    mine.post(reverse("usersessions_list"), {"only": place.pk})

    assert theirs.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("devices", [1, 3])
def test_the_list_of_devices_costs_the_same_for_one_and_three(world, log_in, clock, django_assert_num_queries, devices):
    clients = [Client() for _one in range(devices)]
    for device in clients:
        log_in(device, "20001")

    nora = world.user("诺敏")
    with django_assert_num_queries(2):
        assert len(sessions_of(nora, None, clock.moment)) == devices


def test_what_has_slept_too_long_is_not_listed(nora, world, clock):
    clock.forward(minutes=site.IDLE_MINUTES)

    assert sessions_of(world.user("诺敏"), None, clock.moment) == []


def places(client):
    return client.get(reverse("usersessions_list")).context["places"]


def _switch_off():
    User.objects.filter(username="20001").update(is_active=False)


def _leaves(world):
    people.leave(person=world.person("诺敏"), on=TEN_O_CLOCK.date(), by=world.user("赵系"), at=TEN_O_CLOCK)
