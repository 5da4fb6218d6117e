"""Coming in with the company's own identity."""

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from tests.kernel.orgs.accounts import company
from tests.kernel.orgs.accounts.conftest import TEN_O_CLOCK
from wuli.config import company_login
from wuli.kernel.orgs.accounts.company import CompanyLoginAdapter
from wuli.kernel.orgs.actions import accounts, people
from wuli.kernel.orgs.models import User

NORA = {"sub": "s-1", "preferred_username": "20001", "name": "诺敏", "email": "nora@tongzhou.example"}


@pytest.fixture
def site_with(settings, monkeypatch, world):
    """A site with these providers set up, whose servers answer like this."""

    def set_up(variables, server):
        settings.SOCIALACCOUNT_PROVIDERS = company_login.providers(variables)
        monkeypatch.setattr(CompanyLoginAdapter, "get_requests_session", lambda self: server)
        return server

    return set_up


def come(client, door, *, code="good", process="login", callback=None, **more):
    """Press the button, go to the provider, come back from it with its answer."""
    args = ["oidc"] if door == "openid_connect" else []
    leaving = client.post(f"{reverse(f'{door}_login', args=args)}?process={process}", **more)
    state = company.query_of(leaving["Refresh"].removeprefix("0;url="))["state"]
    said = {"code": code, "state": state} if callback is None else {**callback, "state": state}
    return client.get(reverse(f"{door}_callback", args=args), said)


def test_only_what_is_set_up_is_offered(client, site_with):
    assert "或用企业账号登录" not in client.get(reverse("account_login")).content.decode()

    site_with(company.WECOM | company.OIDC | {"WULI_OIDC_NAME": "同舟通行证"}, None)

    page = client.get(reverse("account_login")).content.decode()
    assert "企业微信" in page
    assert "同舟通行证" in page
    assert "钉钉" not in page


@pytest.mark.parametrize("door", ["wecom", "dingtalk", "feishu", "openid_connect"])
def test_what_is_not_set_up_is_not_there(client, world, door):
    args = ["oidc"] if door == "openid_connect" else []
    assert client.post(reverse(f"{door}_login", args=args)).status_code == 404
    assert client.get(reverse(f"{door}_callback", args=args)).status_code == 404


def test_a_provider_set_up_by_half_is_said_at_start():
    with pytest.raises(ValueError, match="WULI_OIDC_SECRET"):
        company_login.providers({"WULI_OIDC_ISSUER": "x", "WULI_OIDC_CLIENT_ID": "y"})


@pytest.mark.parametrize(
    ("door", "variables", "server"),
    [
        pytest.param("openid_connect", company.OIDC, lambda: company.issuer(NORA), id="OIDC"),
        pytest.param("wecom", company.WECOM, lambda: company.wecom({"userid": "20001"}), id="WeCom"),
        pytest.param("dingtalk", company.DINGTALK, lambda: company.dingtalk({"job_number": "20001"}), id="DingTalk"),
        pytest.param("feishu", company.FEISHU, lambda: company.feishu({"employee_no": "20001"}), id="Feishu"),
    ],
)
class TestEveryProvider:
    def test_someone_on_the_roll_comes_in_and_is_linked(
        self, client, site_with, world, events, door, variables, server
    ):
        site_with(variables, server())

        answer = come(client, door)

        assert answer.url == reverse("home")
        assert client.session[SESSION_KEY] == str(world.user("诺敏").pk)
        assert [event.verb for event in events()] == ["account.linked", "account.signed_in"]

    def test_nothing_of_them_is_kept_but_the_number(self, client, site_with, door, variables, server):
        site_with(variables, server())
        come(client, door)

        client.post(reverse("account_logout"))
        come(client, door)

        assert SocialAccount.objects.get().extra_data == {"number": "20001"}

    def test_the_second_time_the_link_is_used(self, client, site_with, door, variables, server, events):
        site_with(variables, server())
        for _time in range(2):
            come(client, door)
            client.post(reverse("account_logout"))

        assert SocialAccount.objects.count() == 1
        assert len(events("linked")) == 1

    def test_someone_without_an_account_gets_one(self, client, site_with, world, events, door, variables, server):
        world.user("诺敏").delete()
        site_with(variables, server())

        come(client, door)

        account = world.user("诺敏")
        assert (account.username, account.has_usable_password()) == ("20001", False)
        assert client.session[SESSION_KEY] == str(account.pk)
        assert [event.verb for event in events()] == ["account.opened", "account.linked", "account.signed_in"]

    def test_someone_who_left_is_refused_with_a_page(
        self, client, site_with, world, events, clock, door, variables, server
    ):
        people.leave(person=world.person("诺敏"), on=TEN_O_CLOCK.date(), by=world.user("赵系"), at=TEN_O_CLOCK)
        site_with(variables, server())

        answer = come(client, door)

        assert answer.status_code == 403
        assert "花名册上没有工号“20001”的在册人员" in answer.content.decode()
        assert SESSION_KEY not in client.session
        assert not SocialAccount.objects.exists()
        assert [event.changes["number"] for event in events("sign_in_failed")] == [[None, "20001"]]

    def test_an_answer_nobody_asked_for_opens_nothing(self, client, site_with, door, variables, server):
        site_with(variables, server())
        args = ["oidc"] if door == "openid_connect" else []

        answer = client.get(reverse(f"{door}_callback", args=args), {"code": "good", "state": "made-up"})

        assert answer.status_code == 401
        assert SESSION_KEY not in client.session

    def test_whoever_cancels_is_told_so(self, client, site_with, door, variables, server):
        site_with(variables, server())

        answer = come(client, door, callback={"error": "access_denied"})

        assert answer.url == reverse("socialaccount_login_cancelled")


@pytest.mark.parametrize(
    ("door", "variables", "server"),
    [
        pytest.param("openid_connect", company.OIDC, lambda: company.issuer({"sub": "s-1"}), id="OIDC"),
        pytest.param("dingtalk", company.DINGTALK, lambda: company.dingtalk({"job_number": ""}), id="DingTalk"),
        pytest.param("feishu", company.FEISHU, lambda: company.feishu({}), id="Feishu"),
    ],
)
def test_an_identity_without_a_number_is_nobody(client, site_with, door, variables, server):
    site_with(variables, server())

    answer = come(client, door)

    assert (answer.status_code, "企业身份中没有工号" in answer.content.decode()) == (403, True)
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    ("door", "variables", "server"),
    [
        pytest.param("wecom", company.WECOM, lambda: company.wecom({"openid": "o-1"}), id="WeCom: a guest"),
        pytest.param(
            "wecom", company.WECOM, lambda: company.wecom({"errcode": 40029, "errmsg": "invalid code"}),
            id="WeCom: a bad code",
        ),
        pytest.param(
            "dingtalk", company.DINGTALK,
            lambda: company.dingtalk({}, found={"errcode": 60121, "errmsg": "not found"}), id="DingTalk: a stranger",
        ),
        pytest.param(
            "dingtalk", company.DINGTALK,
            lambda: company.dingtalk({}, found={"errcode": 0, "result": {"contact_type": 1, "userid": "x"}}),
            id="DingTalk: a customer",
        ),
    ],
)  # fmt: skip
def test_what_the_provider_does_not_vouch_for_opens_nothing(client, site_with, events, door, variables, server):
    site_with(variables, server())

    answer = come(client, door)

    assert answer.status_code == 401
    assert "企业登录没有完成" in answer.content.decode()
    assert SESSION_KEY not in client.session
    assert not events()


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param({"audience": "other"}, id="not for us"),
        pytest.param({"expires": -300}, id="out of date"),
        pytest.param({"named": "https://x"}, id="not from them"),
        pytest.param({"key": company.STRANGE_KEY}, id="not signed by them"),
    ],
)
def test_a_token_that_does_not_hold_opens_nothing(client, site_with, events, forged):
    site_with(company.OIDC, company.issuer(NORA, **forged))

    answer = come(client, "openid_connect")

    assert answer.status_code == 401
    assert SESSION_KEY not in client.session
    assert not events()


def test_a_bad_code_is_refused_by_the_issuer(client, site_with):
    site_with(company.OIDC, company.issuer(NORA))

    assert come(client, "openid_connect", code="stolen").status_code == 401


def test_the_name_of_the_claim_can_be_set(client, site_with, world):
    site_with(company.OIDC | {"WULI_OIDC_CLAIM": "employee"}, company.issuer({"sub": "s-1", "employee": " 20001 "}))

    come(client, "openid_connect")

    assert client.session[SESSION_KEY] == str(world.user("诺敏").pk)


def test_an_identity_that_comes_back_with_another_number_is_refused(client, site_with):
    site_with(company.OIDC, company.issuer(NORA))
    come(client, "openid_connect")
    client.post(reverse("account_logout"))
    site_with(company.OIDC, company.issuer(NORA | {"preferred_username": "30001"}))

    answer = come(client, "openid_connect")

    assert answer.status_code == 403
    assert "已关联到诺敏，与工号“30001”不符" in answer.content.decode()
    assert SESSION_KEY not in client.session


def test_an_account_switched_off_stays_shut(client, site_with, world, events):
    site_with(company.OIDC, company.issuer(NORA))
    User.objects.filter(username="20001").update(is_active=False)

    answer = come(client, "openid_connect")

    assert (answer.status_code, "账号已停用" in answer.content.decode()) == (403, True)
    assert SESSION_KEY not in client.session
    assert events()[-1].changes == {"why": [None, "closed"]}


def test_the_second_factor_is_asked_for_here_too(client, site_with, world):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(world.user("诺敏"), "JBSWY3DPEHPK3PXP")
    site_with(company.OIDC, company.issuer(NORA))

    assert come(client, "openid_connect").url == reverse("mfa_authenticate")
    assert SESSION_KEY not in client.session


def test_a_temporary_password_does_not_matter_to_whoever_comes_without_it(client, site_with, world, clock):
    accounts.change(
        verb="reset_password", account=world.user("诺敏"), reason="忘记", by=world.user("赵系"), at=clock.moment
    )
    site_with(company.OIDC, company.issuer(NORA))
    come(client, "openid_connect")

    assert client.get(reverse("home")).status_code == 200


def test_an_old_password_does_not_matter_to_whoever_comes_without_it(client, site_with, world, clock, settings):
    settings.PASSWORD_DAYS = 90
    User.objects.filter(username="20001").update(password_at=clock.moment - timedelta(days=91))
    site_with(company.OIDC, company.issuer(NORA))
    come(client, "openid_connect")

    assert client.get(reverse("home")).status_code == 200


def test_one_links_ones_own_identity_and_no_other(client, site_with, world, log_in):
    log_in(client, "20001")
    site_with(company.OIDC, company.issuer(NORA | {"sub": "s-2", "preferred_username": "30001"}))
    answer = come(client, "openid_connect", process="connect")
    assert (answer.status_code, "不是您本人" in answer.content.decode()) == (403, True)
    assert not SocialAccount.objects.exists()

    site_with(company.OIDC, company.issuer(NORA))
    assert come(client, "openid_connect", process="connect").url == reverse("socialaccount_connections")
    assert SocialAccount.objects.get().user == world.user("诺敏")


def test_a_link_is_taken_off_again(client, site_with, log_in, events):
    site_with(company.OIDC, company.issuer(NORA))
    log_in(client, "20001")
    come(client, "openid_connect", process="connect")

    client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})

    assert not SocialAccount.objects.exists()
    assert events()[-1].verb == "account.unlinked"


def test_the_only_way_in_cannot_be_taken_off(client, site_with, world):
    world.user("诺敏").delete()
    site_with(company.OIDC, company.issuer(NORA))
    come(client, "openid_connect")

    answer = client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})

    assert "这是您唯一的登录方式" in answer.content.decode()
    assert SocialAccount.objects.exists()


class TestWeCom:
    def test_outside_the_app_one_scans(self, client, site_with):
        site_with(company.WECOM, None)

        address = client.post(reverse("wecom_login"))["Refresh"].removeprefix("0;url=")

        assert address.startswith("https://login.work.weixin.qq.com/wwlogin/sso/login?")
        asked = company.query_of(address)
        assert (asked["login_type"], asked["appid"], asked["agentid"]) == ("CorpApp", "ww1", "1000002")
        assert asked["redirect_uri"] == "http://testserver/account/wecom/login/callback/"

    def test_inside_the_app_one_is_known(self, client, site_with):
        site_with(company.WECOM, None)

        leaving = client.post(
            reverse("wecom_login"), headers={"User-Agent": "Mozilla/5.0 wxwork/4.1.0 MicroMessenger/7"}
        )

        address = leaving["Refresh"].removeprefix("0;url=")
        assert address.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?")
        assert address.endswith("#wechat_redirect")
        assert company.query_of(address)["scope"] == "snsapi_base"

    def test_the_applications_token_is_fetched_once(self, client, site_with):
        server = site_with(company.WECOM, company.wecom({"userid": "20001"}))
        for _time in range(2):
            come(client, "wecom")
            client.post(reverse("account_logout"))

        assert [address.rpartition("/")[2] for address in server.addresses()] == [
            "gettoken",
            "getuserinfo",
            "getuserinfo",
        ]

    def test_after_a_failure_it_is_fetched_anew(self, client, site_with):
        server = site_with(company.WECOM, company.wecom({"errcode": 42001, "errmsg": "access_token expired"}))
        for _time in range(2):
            come(client, "wecom")

        assert [address.rpartition("/")[2] for address in server.addresses()] == ["gettoken", "getuserinfo"] * 2
