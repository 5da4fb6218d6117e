"""What a password must be, and when it must be changed."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.world import PASSWORD
from wuli.kernel.orgs.actions import accounts
from wuli.kernel.orgs.models import User

NEW = "Qing-Hai-4500"


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        pytest.param("Ab3-Ab3-A", "10", id="too short"),
        pytest.param("abcdefghij12", "三种", id="two kinds of signs"),
        pytest.param("ABCDEFGHIJ12", "三种", id="two kinds, capitals"),
        pytest.param("Password123", "常见", id="too common"),
        pytest.param("Abc-20001-xyz", "工号", id="holds the number"),
        pytest.param("Nuomin-2020-x", "拼音", id="holds the name in pinyin"),
        pytest.param("Pass-诺敏-2020", "姓名", id="holds the name"),
        pytest.param(NEW, "", id="good"),
        pytest.param("矿山冶炼电解铜板带箔Aa1", "", id="Chinese signs are welcome"),
    ],
)
def test_a_password_is_strong_enough(world, password, fault):
    try:
        validate_password(password, world.user("诺敏"))
        said = ""
    except ValidationError as wrong:
        said = "".join(wrong.messages)

    assert (fault in said) if fault else said == ""


@pytest.fixture
def newcomer(world, clock):
    """诺敏 with a temporary password."""
    outcome = accounts.change(
        verb="reset_password", account=world.user("诺敏"), reason="忘记密码", by=world.user("赵系"), at=clock.moment
    )
    return outcome.password


def test_a_temporary_password_leads_to_the_change_and_nowhere_else(client, log_in, newcomer):
    log_in(client, "20001", newcomer)

    for page in ("home", "orgs:units", "orgs:settings", "mfa_index"):
        answer = client.get(reverse(page))
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("account_change_password"))
    assert client.get(reverse("account_change_password")).status_code == 200


def test_a_part_or_a_program_is_told_instead(client, log_in, newcomer):
    log_in(client, "20001", newcomer)

    part = client.get(reverse("home"), headers={"HX-Request": "true"})
    assert (part.status_code, "请先修改临时密码" in part.content.decode()) == (403, True)
    program = client.get(reverse("home"), headers={"Accept": "application/json"})
    assert (program.status_code, program.json()["code"]) == (403, "not_yet")


def test_after_the_change_one_goes_on_to_where_one_was_going(client, log_in, newcomer, events, world):
    log_in(client, "20001", newcomer)
    asked = client.get(reverse("orgs:units"))
    form = client.get(asked.url).content.decode()
    assert f'name="next" value="{reverse("orgs:units")}"' in form

    answer = change(client, newcomer, NEW, next=reverse("orgs:units"))

    assert answer.url == reverse("orgs:units")
    assert client.get(reverse("orgs:units")).status_code == 200
    assert not world.user("诺敏").must_change_password
    assert events()[-1].verb == "account.password_changed"


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        pytest.param("", NEW, NEW, "oldpassword", id="without the old one"),
        pytest.param("Wrong-2020-wrong", NEW, NEW, "oldpassword", id="with a wrong old one"),
        pytest.param(PASSWORD, "short", "short", "password1", id="to a weak one"),
        pytest.param(PASSWORD, NEW, NEW + "x", "password2", id="to two different ones"),
        pytest.param(PASSWORD, PASSWORD, PASSWORD, "password1", id="to the same"),
    ],
)
def test_a_password_is_not_changed(client, log_in, events, world, old, new, again, field):
    log_in(client, "20001")

    answer = client.post(reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": again})

    assert list(answer.context["form"].errors) == [field]
    assert world.user("诺敏").check_password(PASSWORD)
    assert not events("password_changed")


def test_guessing_the_old_password_locks_the_name(client, log_in, events):
    log_in(client, "20001")

    for _time in range(5):
        answer = change(client, "Wrong-2020-wrong", NEW)

    assert "已锁定" in answer.content.decode()
    assert [event.verb for event in events()][-1] == "account.locked"


def test_a_changed_password_ends_the_sessions_elsewhere_and_keeps_this_one(client, log_in):
    elsewhere = Client()
    log_in(elsewhere, "20001")
    log_in(client, "20001")

    change(client, PASSWORD, NEW)

    assert client.get(reverse("home")).status_code == 200
    assert SESSION_KEY not in elsewhere.session
    assert reverse("account_login") in elsewhere.get(reverse("home")).url


def test_a_temporary_password_is_kept_as_safely_as_any_once_it_is_used(client, log_in, newcomer):
    assert User.objects.get(username="20001").password.startswith("pbkdf2_sha256_quick$")

    log_in(client, "20001", newcomer)

    assert User.objects.get(username="20001").password.startswith("md5$")


def test_temporary_passwords_pass_our_own_rules(world):
    made = {accounts.temporary_password() for _time in range(200)}

    assert len(made) == 200
    for password in made:
        validate_password(password, world.user("诺敏"))


def test_whoever_has_no_password_is_told_so(client, world, settings):
    user = world.user("诺敏")
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    assert client.get(reverse("account_change_password"), follow=True).redirect_chain[0][0] == reverse("orgs:settings")


def change(client, old, new, **more):
    said = {"oldpassword": old, "password1": new, "password2": new, **more}
    return client.post(reverse("account_change_password"), said)
