"""One-time passwords: set up, used, lost, and owed by the three administrators."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.world import DAY_ONE
from wuli.kernel.orgs.actions import postings
from wuli.kernel.orgs.models import Posting


@pytest.fixture
def nora(client, log_in):
    log_in(client, "20001")
    return client


def test_setting_up_shows_a_code_to_scan_and_recovery_codes_once(nora, events):
    page = nora.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert page.context["form"].secret in page.content.decode()

    answer = nora.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)}, follow=True)

    codes = answer.context["unused_codes"]
    assert len(set(codes)) == 10
    assert all(code in answer.content.decode() for code in codes)
    assert codes[0] not in nora.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert events()[-1].verb == "account.second_factor_added"


def test_a_wrong_code_sets_nothing_up(nora, events):
    nora.get(reverse("mfa_activate_totp"))

    answer = nora.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "动态口令不对" in answer.content.decode()
    assert not Authenticator.objects.exists()
    assert not events("second_factor")


def test_its_secret_is_stored_encrypted(nora):
    secret = set_up(nora)[0]

    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_the_password_alone_does_not_open_the_door_any_more(nora, log_in, events):
    secret, _codes = set_up(nora)
    phone = Client()

    assert log_in(phone, "20001").url == reverse("mfa_authenticate")
    assert SESSION_KEY not in phone.session
    assert phone.get(reverse("home")).status_code == 302

    assert phone.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == reverse("home")
    assert SESSION_KEY in phone.session
    assert events()[-1].changes == {"how": [None, "password+totp"]}


def test_a_code_works_once(nora, log_in):
    secret, _codes = set_up(nora)
    code = code_of(secret)
    first, second = Client(), Client()
    for device in (first, second):
        log_in(device, "20001")
        device.post(reverse("mfa_authenticate"), {"code": code})

    assert SESSION_KEY in first.session
    assert SESSION_KEY not in second.session


def test_a_recovery_code_works_in_its_place_and_only_once(nora, log_in, events):
    _secret, codes = set_up(nora)
    for times, device in enumerate((Client(), Client())):
        log_in(device, "20001")
        device.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert (SESSION_KEY in device.session) == (times == 0)

    assert events("signed_in")[-1].changes == {"how": [None, "password+recovery_codes"]}


def test_guessing_codes_locks_the_name(nora, log_in, events):
    secret, codes = set_up(nora)
    thief = Client()
    log_in(thief, "20001")
    for _time in range(5):
        answer = thief.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "已锁定" in answer.content.decode()
    assert events()[-1].verb == "account.locked"

    thief.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert SESSION_KEY not in thief.session
    assert "已锁定" in log_in(Client(), "20001").content.decode()


def test_the_password_once_more_gives_no_new_tries(nora, log_in):
    set_up(nora)
    for _round in range(2):
        thief = Client()
        answer = log_in(thief, "20001")
        for _time in range(3):
            answer = thief.post(reverse("mfa_authenticate"), {"code": "000000"}, follow=True)

    assert "已锁定" in answer.content.decode()


def test_whoever_need_not_have_one_may_give_it_up(nora, events):
    set_up(nora)

    nora.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert events()[-1].verb == "account.second_factor_removed"


def test_new_recovery_codes_make_the_old_ones_worthless(nora, log_in, events):
    _secret, codes = set_up(nora)
    nora.post(reverse("mfa_generate_recovery_codes"))
    device = Client()
    log_in(device, "20001")

    device.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert SESSION_KEY not in device.session
    assert "account.recovery_codes_renewed" in [event.verb for event in events()]


def test_long_after_the_log_in_one_is_asked_again_who_one_is(nora, monkeypatch):
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr("wuli.kernel.orgs.accounts.entrance.time", lambda: later)

    answer = nora.get(reverse("mfa_activate_totp"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert "密码不对" in nora.post(answer.url, {"password": "Wrong-2020-wrong"}).content.decode()

    assert nora.post(answer.url, {"password": "Tong-zhou-2020"}).url == reverse("mfa_activate_totp")
    assert nora.get(reverse("mfa_activate_totp")).status_code == 200


class TestAdministrators:
    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.ADMIN_SECOND_FACTOR = True

    @pytest.mark.parametrize("number", ["10002", "10003", "10004"], ids=["system", "security", "audit"])
    def test_one_without_it_is_led_to_set_it_up_before_anything_else(self, client, log_in, number):
        log_in(client, number)

        for page in ("home", "orgs:units", "orgs:settings"):
            assert client.get(reverse(page)).url.startswith(reverse("mfa_activate_totp"))
        assert client.get(reverse("home"), headers={"HX-Request": "true"}).status_code == 403

        set_up(client)
        assert client.get(reverse("home")).status_code == 200

    def test_everyone_else_is_left_alone(self, nora):
        assert nora.get(reverse("home")).status_code == 200

    def test_one_with_it_goes_straight_in(self, client, log_in):
        log_in(client, "10002")
        secret, _codes = set_up(client)
        cache.clear()
        desk = Client()

        log_in(desk, "10002")
        desk.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

        assert desk.get(reverse("home")).status_code == 200

    def test_it_cannot_be_given_up(self, client, log_in, events):
        log_in(client, "10002")
        set_up(client)

        assert "三员账号必须使用双因素验证" in client.get(reverse("mfa_deactivate_totp")).content.decode()
        client.post(reverse("mfa_deactivate_totp"))

        assert Authenticator.objects.filter(type="totp").exists()
        assert not events("second_factor_removed")

    def test_someone_made_an_administrator_since_is_met_at_the_first_page_with_a_permission(
        self, client, log_in, world
    ):
        log_in(client, "30002")
        give_audit_duty(world, "马力")

        assert client.get(reverse("orgs:units")).url.startswith(reverse("mfa_activate_totp"))

    def test_a_session_from_before_a_second_factor_logs_in_again(self, client, log_in, world):
        log_in(client, "30002")
        elsewhere = Client()
        log_in(elsewhere, "30002")
        set_up(elsewhere)
        give_audit_duty(world, "马力")

        assert "用动态口令重新登录" in client.get(reverse("orgs:units"), follow=True).content.decode()
        assert SESSION_KEY not in client.session

    def test_a_site_may_do_without(self, client, log_in, settings):
        settings.ADMIN_SECOND_FACTOR = False
        log_in(client, "10002")

        assert client.get(reverse("home")).status_code == 200


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up(client):
    """Set up the second factor; gives its secret and the recovery codes. The code used counts as not used."""
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    cache.clear()
    return secret, answer.context["unused_codes"]


def give_audit_duty(world, name):
    Posting.objects.filter(duty="audit_admin").delete()
    postings.post(
        person=world.person(name), duty="audit_admin", unit=world.unit("G"), from_date=DAY_ONE, by=None,
        at=world.user(name).created_at,
    )  # fmt: skip
