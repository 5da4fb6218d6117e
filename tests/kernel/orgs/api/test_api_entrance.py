"""Who gets in, as whom, how often."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.kernel.orgs.api.program import MADE, Program
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models import ApiToken, Posting, User
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import pace


def test_a_program_is_its_owner(program):
    me = program("顾岚").get("me").json()

    assert (me["person"]["name"], me["token"], me["expires_on"]) == ("顾岚", "人力系统", "2020-05-01")
    assert "person.unmask" in me["perms"]


def test_a_token_may_do_less_than_its_owner_and_never_more(program):
    narrow = program("顾岚", perms=[Perm.UNIT_VIEW])

    assert narrow.get("me").json()["perms"] == ["unit.view"]
    assert narrow.get("units").json()["items"]
    refused = narrow.get("people")
    assert refused.status_code == 403
    assert refused.json() == {
        "code": "not_allowed",
        "message": "您的职责或令牌不含这项操作所需的权限：person.view",
    }


def test_what_a_duty_gave_ends_with_the_duty(program, world):
    nora = program("诺敏")
    assert nora.get("people").status_code == 200

    postings.end_posting(posting=Posting.objects.get(duty="head", unit__code="NORTH"), on=MADE.date(), by=None, at=MADE)

    assert nora.get("people").status_code == 403
    assert {unit["code"] for unit in nora.get("units").json()["items"]} == {
        "G", "NORTH", "WORKS-1", "W1-SHOP", "W1-T1", "P", "P-NORTH", "P-W1", "P-W1-A"}  # fmt: skip


@pytest.mark.parametrize(
    ("happened", "code"),
    [
        pytest.param(lambda: ApiToken.objects.all().delete(), "token_unknown", id="never ours"),
        pytest.param(lambda: ApiToken.objects.update(revoked_at=MADE), "token_revoked", id="revoked"),
        pytest.param(lambda: ApiToken.objects.update(expires_on="2020-03-04"), "token_expired", id="expired"),
        pytest.param(lambda: User.objects.update(is_active=False), "token_owner_gone", id="owner switched off"),
        pytest.param(lambda: _leaves("顾岚"), "token_owner_gone", id="owner left"),
    ],
)
def test_a_token_that_opens_nothing_says_why(program, happened, code):
    holder = program("顾岚")
    happened()

    refused = holder.get("units")

    assert refused.status_code == 401
    assert refused["WWW-Authenticate"] == "Bearer"
    assert refused.json()["code"] == code
    assert len(refused.json()["message"]) > 8


@pytest.mark.parametrize("path", ["units", "me", "openapi.json"])
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic eDp5"}], ids=["nothing", "a password"])
def test_nobody_is_told_how_to_come_in(db, path, headers):
    refused = Program(**headers).get(path)

    assert refused.status_code == 401
    assert refused.json()["code"] == "not_signed_in"


def test_a_bad_token_is_not_saved_by_a_good_session(signed_in):
    assert signed_in("顾岚").get("/api/v1/me", headers={"Authorization": "Bearer wuli_no"}).status_code == 401


def test_a_browser_reads_with_its_session(signed_in):
    me = signed_in("顾岚").get("/api/v1/me").json()

    assert (me["person"]["name"], me["token"]) == ("顾岚", None)


def test_a_browser_writes_only_from_our_own_pages(world, today):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.user("欧阳"))
    person, before = world.person("马力"), Event.objects.count()
    path, body = f"/api/v1/people/{world.person('林河').pk}/leave", {"on": "2020-03-01"}

    forged = browser.post(path, body, content_type="application/json")

    assert (forged.status_code, forged.json()["code"]) == (403, "csrf")
    assert Event.objects.count() == before
    assert world.person("马力").on_roll_until == person.on_roll_until

    browser.cookies["csrftoken"] = "a" * 32
    meant = browser.post(path, body, content_type="application/json", headers={"X-CSRFToken": "a" * 32})
    assert meant.status_code == 200


def test_use_is_noted_and_work_is_told_from_whom_and_where(program, world):
    keeper = program("欧阳")

    keeper.post(f"people/{world.person('林河').pk}/leave", {"on": "2020-03-01"})

    assert ApiToken.objects.get().last_used_at - MADE > timedelta(days=30)
    event = Event.objects.get(verb="person.left")
    assert event.actor_name == "欧阳"
    assert event.origin.startswith("127.0.0.1 人力系统 …")


def test_too_many_calls_in_a_minute_wait(program, settings, world, monkeypatch):
    settings.API_CALLS_A_MINUTE = 2
    monkeypatch.setattr(pace, "time", lambda: 90.0)  # all in one minute of the clock
    hasty, patient = program("顾岚"), program("欧阳")

    answers = [hasty.get("me") for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert answers[2].json()["code"] == "too_many"
    assert patient.get("me").status_code == 200


def test_a_token_cannot_lend_a_duty_that_is_more_than_the_token(program, world):
    own = Posting.objects.get(duty="head", unit__code="WORKS-2")
    body = {"to": world.person("林河").pk, "from_date": "2020-03-06", "until_date": "2020-03-09"}
    before = Posting.objects.count()

    refused = program("诺敏", perms=[Perm.POSTING_VIEW, Perm.PERSON_VIEW]).post(f"postings/{own.pk}/delegate", body)
    assert refused.status_code == 404  # not one's own

    mine = Posting.objects.get(duty="head", unit__code="NORTH")
    refused = program("诺敏", perms=[Perm.POSTING_VIEW, Perm.PERSON_VIEW]).post(f"postings/{mine.pk}/delegate", body)
    assert (refused.status_code, Posting.objects.count()) == (403, before)

    assert program("诺敏").post(f"postings/{mine.pk}/delegate", body).status_code == 201


def _leaves(name):
    person = User.objects.get(person__name=name).person
    person.on_roll_until = MADE.date()
    person.save()
