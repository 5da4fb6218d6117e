"""Coming in by name and password."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from tests.world import PASSWORD


def test_a_right_password_opens_the_door_and_is_remembered(client, world, log_in, events, clock):
    answer = log_in(client, "20001")

    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert client.session[SESSION_KEY] == str(world.user("诺敏").pk)
    (event,) = events()
    assert (event.verb, event.actor_name, event.origin, event.at) == (
        "account.signed_in", "诺敏", "127.0.0.1", clock.moment)  # fmt: skip
    assert event.changes == {"how": [None, "password"]}


def test_one_comes_back_to_where_one_was_going(client, world, log_in):
    asked = client.get(reverse("orgs:units"))
    assert asked.url == f"{reverse('account_login')}?next={reverse('orgs:units')}"

    assert log_in(client, "20001", next=reverse("orgs:units")).url == reverse("orgs:units")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_one_is_not_sent_to_another_site(client, log_in, elsewhere):
    assert log_in(client, "20001", next=elsewhere).url == reverse("home")


def test_the_session_of_before_the_log_in_is_worth_nothing_afterwards(client, log_in):
    client.get(reverse("mfa_authenticate"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["wuli"] = planted = session.session_key

    log_in(client, "20001")

    assert client.session.session_key != planted
    assert SESSION_KEY not in Client(headers={"Cookie": f"wuli={planted}"}).session


@pytest.mark.parametrize(
    ("number", "password"),
    [
        pytest.param("20001", "Wrong-2020-wrong", id="wrong password"),
        pytest.param("99999", PASSWORD, id="no such name"),
        pytest.param("20001 ", "", id="no password"),
    ],
)
def test_a_wrong_name_or_password_opens_nothing(client, log_in, number, password):
    assert log_in(client, number, password).status_code == 200
    assert SESSION_KEY not in client.session


def test_nobody_learns_which_names_exist(world, log_in, events, django_assert_num_queries, monkeypatch):
    """Same words, same hashing, same queries, and one event each."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    answers = {}
    for number in ("20001", "99999"):
        hashed.clear()
        with django_assert_num_queries(ATTEMPT):
            page = log_in(Client(), number, "Wrong-2020-wrong").content.decode()
        answers[number] = (page.replace(number, "NUMBER").split("csrfmiddlewaretoken")[-1][80:], len(hashed))

    assert answers["20001"] == answers["99999"]
    assert [event.changes["name"][1] for event in events("sign_in_failed")] == ["20001", "99999"]


ATTEMPT = 12
"""Queries of one failed log-in."""


def test_a_password_typed_into_the_wrong_box_is_not_kept(client, log_in, events):
    log_in(client, PASSWORD, "20001")

    (event,) = events("sign_in_failed")
    assert event.changes["name"] == [None, "T***"]


def test_going_out_ends_the_session_and_is_remembered(client, log_in, events):
    log_in(client, "20001")

    answer = client.post(reverse("account_logout"))

    assert answer.url == reverse("account_login")
    assert SESSION_KEY not in client.session
    assert [event.verb for event in events()] == ["account.signed_in", "account.signed_out"]


def test_looking_at_the_log_out_page_ends_nothing(client, log_in):
    log_in(client, "20001")

    assert client.get(reverse("account_logout")).status_code == 200
    assert SESSION_KEY in client.session


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "登录名"), ("en", "language")])
def test_the_language_can_be_changed_before_logging_in(client, db, language, words):
    client.post(reverse("set_language"), {"language": language, "next": reverse("account_login")})

    page = client.get(reverse("account_login")).content.decode()

    assert f'lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in page
    assert reverse("set_language") in page


@pytest.mark.parametrize(
    "address", ["signup/", "password/reset/", "email/", "confirm-email/", "password/set/", "login/code/"]
)
def test_pages_for_strangers_are_not_there(client, db, address):
    assert client.get(f"/account/{address}").status_code == 404


def test_a_flood_from_one_address_is_slowed_down(client, world, log_in, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "login_failed": None}

    assert [log_in(client, f"9000{n}").status_code for n in range(3)] == [200, 200, 429]
