"""How long a password is good: a temporary one for days, a chosen one as long as the site says."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import identify_hasher
from django.urls import reverse

from tests.world import PASSWORD
from wuli.kernel.orgs.actions import accounts, signing_in
from wuli.kernel.orgs.models import FormerPassword, User

CHANGE = "account_change_password"


@pytest.fixture
def reset(world, clock):
    """Give 诺敏 a temporary password now."""

    def give():
        outcome = accounts.change(
            verb="reset_password", account=world.user("诺敏"), reason="忘记", by=world.user("赵系"), at=clock.moment
        )
        return outcome.password

    return give


@pytest.fixture
def choose(world, clock):
    def chosen(password):
        signing_in.change_password(user=world.user("诺敏"), password=password, keep=None, at=clock.moment)
        return password

    return chosen


class TestATemporaryPassword:
    def test_opens_the_change_until_its_last_moment(self, client, log_in, reset, clock):
        password = reset()
        clock.forward(days=7, seconds=-1)

        log_in(client, "20001", password)

        assert SESSION_KEY in client.session

    def test_opens_nothing_afterwards_and_says_whom_to_ask(self, client, log_in, reset, clock, events):
        password = reset()
        clock.forward(days=7)

        page = log_in(client, "20001", password).content.decode()

        assert "临时密码已于 2020-03-09 10:00 过期" in page
        assert "联系系统管理员" in page
        assert SESSION_KEY not in client.session
        assert (events()[-1].verb, events()[-1].changes) == ("account.sign_in_failed", {"why": [None, "expired"]})

    def test_that_is_wrong_is_only_wrong(self, client, log_in, reset, clock):
        reset()
        clock.forward(days=7)
        assert "过期" not in log_in(client, "20001", "Wrong-2020-wrong").content.decode()

    def test_that_has_expired_does_not_change_itself_either(self, client, log_in, reset, clock, world):
        password = reset()
        clock.forward(days=7, minutes=-1)
        log_in(client, "20001", password)
        clock.forward(minutes=2)

        new = "Qing-Hai-4500"
        page = client.post(reverse(CHANGE), {"oldpassword": password, "password1": new, "password2": new})

        assert "过期" in page.content.decode()
        assert not world.user("诺敏").check_password(new)

    def test_does_not_expire_where_the_site_says_so(self, client, log_in, reset, clock, settings):
        settings.TEMPORARY_PASSWORD_DAYS = 0
        password = reset()
        clock.forward(days=400)
        log_in(client, "20001", password)
        assert SESSION_KEY in client.session

    def test_of_before_that_was_noted_counts_from_the_opening_of_the_account(self, client, log_in, reset, clock):
        password = reset()
        opened = {"password_at": None, "created_at": clock.moment - timedelta(days=7)}
        User.objects.filter(username="20001").update(**opened)
        assert "过期" in log_in(client, "20001", password).content.decode()

    def test_is_shown_to_administrators_with_its_end(self, signed_in, world, reset, clock):
        reset()
        page = reverse("orgs:account", args=[world.user("诺敏").pk])
        assert "2020-03-09 10:00 前有效" in signed_in("赵系").get(page).content.decode()

        clock.forward(days=7)
        client = signed_in("赵系")
        assert "已于 2020-03-09 10:00 过期" in client.get(page).content.decode()
        listed = client.get(reverse("orgs:accounts"), {"state": "temporary"}).content.decode()
        assert "临时密码已过期" in listed

    def test_is_handed_out_with_its_term(self, signed_in, world):
        client = signed_in("赵系")
        address = reverse("orgs:account_change", args=[world.user("诺敏").pk, "reset_password"])
        assert "临时密码 7 天内有效" in client.post(address, {"reason": "忘记密码"}).content.decode()


class TestAChosenPassword:
    @pytest.fixture(autouse=True)
    def ninety_days(self, settings):
        settings.PASSWORD_DAYS = 90
        settings.SESSION_COOKIE_AGE = 10 * 24 * 3600
        settings.IDLE_MINUTES = 10 * 24 * 60

    @pytest.mark.parametrize(
        ("days", "led_to"), [pytest.param(89, "", id="day 89"), pytest.param(90, CHANGE, id="day 90")]
    )
    def test_leads_to_the_change_once_it_is_old(self, client, log_in, choose, clock, days, led_to):
        password = choose("Qing-Hai-4500")
        clock.forward(days=days)
        log_in(client, "20001", password)

        answer = client.get(reverse("home"))

        assert (answer.status_code, answer.headers.get("Location", "").partition("?")[0]) == (
            (302, reverse(led_to)) if led_to else (200, "")
        )

    def test_does_not_cut_short_what_one_is_doing(self, client, log_in, choose, clock):
        password = choose("Qing-Hai-4500")
        clock.forward(days=89)
        log_in(client, "20001", password)
        clock.forward(days=2)
        assert client.get(reverse("home")).status_code == 200

    def test_once_changed_leads_on(self, client, log_in, choose, clock):
        password, new = choose("Qing-Hai-4500"), "Chai-Dan-3200"
        clock.forward(days=90)
        log_in(client, "20001", password)
        assert "密码已使用满 90 天" in client.get(reverse(CHANGE)).content.decode()

        client.post(reverse(CHANGE), {"oldpassword": password, "password1": new, "password2": new})

        assert client.get(reverse("home")).status_code == 200

    def test_never_grows_old_where_the_site_does_not_say(self, client, log_in, choose, clock, settings):
        settings.PASSWORD_DAYS = 0
        password = choose("Qing-Hai-4500")
        clock.forward(days=4000)
        log_in(client, "20001", password)
        assert client.get(reverse("home")).status_code == 200


class TestTheLastFive:
    CHOSEN = tuple(f"Qing-Hai-450{number}" for number in range(5))

    def try_again(self, client, log_in, now, password):
        log_in(client, "20001", now)
        answer = client.post(reverse(CHANGE), {"oldpassword": now, "password1": password, "password2": password})
        return list(answer.context["form"].errors) if answer.context else []

    @pytest.mark.parametrize("back", range(5), ids="{} back".format)
    def test_cannot_be_chosen_again(self, client, log_in, choose, world, back):
        for password in self.CHOSEN:
            choose(password)

        assert self.try_again(client, log_in, self.CHOSEN[-1], self.CHOSEN[4 - back]) == ["password1"]
        assert world.user("诺敏").check_password(self.CHOSEN[-1])

    def test_leave_the_sixth_free(self, client, log_in, choose, world):
        for password in self.CHOSEN:
            choose(password)

        assert self.try_again(client, log_in, self.CHOSEN[-1], PASSWORD) == []
        assert world.user("诺敏").check_password(PASSWORD)

    def test_outlive_a_reset(self, client, log_in, choose, reset):
        choose(self.CHOSEN[0])
        assert self.try_again(client, log_in, reset(), self.CHOSEN[0]) == ["password1"]

    def test_are_kept_as_hashes_and_no_more_of_them(self, choose, reset, world):
        for password in self.CHOSEN * 2:
            choose(password)
        kept = FormerPassword.objects.filter(account=world.user("诺敏")).order_by("pk")

        assert [identify_hasher(row.password).verify(password, row.password) for row, password in
                zip(kept, self.CHOSEN, strict=False)] == [True] * 4  # fmt: skip
        assert kept.count() == 4

    def test_of_an_account_without_a_password_are_none(self, choose, world):
        user = world.user("诺敏")
        user.set_unusable_password()
        user.save()
        choose(self.CHOSEN[0])
        assert not FormerPassword.objects.exists()
