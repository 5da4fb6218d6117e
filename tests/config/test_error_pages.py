"""Pages that say no: in the frame for whoever is signed in, a bare card for others and where the house itself fails."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

RAIL = 'class="side"'


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def is_framed(answer, status):
    page = answer.content.decode()
    assert answer.status_code == status
    assert ('class="card-page"' in page) is not (RAIL in page)
    return RAIL in page


@pytest.mark.parametrize("address", ["/nothing/here/", "/nothing", "/units/999999/"], ids=["folder", "file", "object"])
def test_not_found_keeps_the_frame_of_whoever_is_signed_in(signed_in, address):
    client = signed_in("诺敏")
    answer = client.get(address)

    assert is_framed(answer, 404)
    assert "诺敏" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_not_found_is_a_bare_card_for_everybody_else(client, db):
    assert not is_framed(client.get("/nothing/here/"), 404)


def test_a_session_that_has_ended_shows_nothing_of_its_person(signed_in, settings, monkeypatch):
    client = signed_in("诺敏")
    client.get("/")
    later = timezone.now() + timedelta(minutes=settings.IDLE_MINUTES)
    monkeypatch.setattr(timezone, "now", lambda: later)

    answer = client.get("/nothing/here/")

    assert not is_framed(answer, 404)
    assert "诺敏" not in answer.content.decode()


def test_an_account_switched_off_meanwhile_shows_nothing(signed_in, world):
    client = signed_in("诺敏")
    type(world.user("诺敏")).objects.filter(pk=world.user("诺敏").pk).update(is_active=False)
    assert not is_framed(client.get("/nothing/here/"), 404)


def test_a_page_gone_stale_keeps_the_frame(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user("诺敏"))
    answer = client.post(reverse("account_logout"))
    assert is_framed(answer, 403)
    assert "页面已过期" in answer.content.decode()


@pytest.mark.parametrize(("who", "framed"), [("诺敏", True), (None, False)])
def test_too_many_requests(client, world, who, framed, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip", "change_password": "1/m/user"}
    if who:
        client.force_login(world.user(who))
    door = reverse("account_change_password" if who else "account_login")

    answers = [client.post(door, {"login": "1", "password": "x"}) for _time in range(2)]

    assert is_framed(answers[-1], 429) is framed
    assert "请过一会儿再试" in answers[-1].content.decode()


@pytest.mark.urls("tests.config.faulty_urls")
def test_a_broken_house_is_told_of_without_the_house(signed_in):
    client = signed_in("诺敏")
    client.raise_request_exception = False
    assert not is_framed(client.get("/broken/"), 500)


def test_a_part_gets_a_sentence_and_a_program_its_code(signed_in):
    client = signed_in("诺敏")
    part = client.get("/nothing/here/", headers={"HX-Request": "true"})
    assert ("X-Sentence" in part, RAIL in part.content.decode()) == (True, False)
    assert client.get("/nothing/here/", headers={"Accept": "application/json"}).json()["code"] == "not_found"
