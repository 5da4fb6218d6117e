"""Who opens, resets and closes whose account."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tests.world import DAY_ONE, PASSWORD
from wuli.base.errors import Refused
from wuli.kernel.orgs.actions import accounts, people, postings
from wuli.kernel.orgs.actions.people import Place
from wuli.kernel.orgs.models import AccountRequest, User
from wuli.kernel.orgs.queries.accounts import people_for, security_of

PAGES = [
    ("orgs:accounts", "get", ()), ("orgs:account_open_many", "get", ()), ("orgs:account", "get", ("诺敏",)),
    ("orgs:account_change", "get", ("诺敏", "reset_password")),
    ("orgs:account_change", "post", ("诺敏", "reset_password")),
]  # fmt: skip


@pytest.mark.parametrize(("door", "method", "args"), PAGES, ids=[f"{door} {method}" for door, method, _args in PAGES])
@pytest.mark.parametrize(
    ("who", "status"),
    [("赵系", 200), ("钱安", 404), ("孙审", 404), ("顾岚", 404), ("诺敏", 404), ("石强", 404), (None, 302)],
)
def test_who_may_administer_accounts(client, world, events, door, method, args, who, status):
    if who:
        client.force_login(world.user(who))
    named = [world.user(arg).pk if arg == "诺敏" else arg for arg in args]

    answer = getattr(client, method)(reverse(door, args=named), {"reason": "忘记密码"})

    assert answer.status_code == status
    assert len(events("password_reset")) == (1 if status == 200 and method == "post" else 0)
    assert world.user("诺敏").check_password(PASSWORD) == (not events("password_reset"))


class TestOpening:
    @pytest.fixture
    def newcomer(self, world):
        place = Place(world.unit("W1-T1"), world.unit("WORKS-1"))
        return people.join(
            number="20099", name="新来", place=place, on=DAY_ONE, by=None, at=world.user("赵系").created_at
        )

    def test_an_account_is_opened_with_a_password_shown_once(self, signed_in, newcomer, events, log_in):
        client = signed_in("赵系")

        answer = client.post(reverse("orgs:account_open", args=[newcomer.pk]))

        ((account, password),) = answer.context["opened"]
        assert password in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert (account.username, account.must_change_password) == ("20099", True)
        assert password not in client.get(reverse("orgs:account", args=[account.pk])).content.decode()
        assert [(event.verb, event.actor_name, event.subject_name) for event in events()] == [
            ("account.opened", "赵系", "新来")]  # fmt: skip
        assert log_in(Client(), "20099", password).status_code == 302

    def test_nobody_gets_two(self, signed_in, world, events):
        client = signed_in("赵系")

        answer = client.post(reverse("orgs:account_open", args=[world.person("诺敏").pk]), follow=True)

        assert "诺敏 已有账号" in answer.content.decode()
        assert not events()

    def test_nobody_who_left_gets_one(self, world, newcomer, events, clock):
        people.leave(person=newcomer, on=clock.moment.date(), by=world.user("赵系"), at=clock.moment)

        with pytest.raises(Refused, match="不在册"):
            accounts.open_account(person=newcomer, by=world.user("赵系"), at=clock.moment)
        assert not events()

    def test_those_with_a_duty_at_or_under_a_unit_get_theirs_together(self, signed_in, world, newcomer, events, clock):
        team = world.unit("W1-T2")
        postings.post(person=newcomer, duty="grid_keeper", unit=team, from_date=DAY_ONE, by=None, at=clock.moment)
        User.objects.filter(person__name__in=["林河", "周舟", "马力"]).delete()
        client = signed_in("赵系")

        answer = client.post(reverse("orgs:account_open_many"), {"unit": "WORKS-1"})

        assert {account.person.name for account, _password in answer.context["opened"]} == {"林河", "新来"}
        assert len({password for _account, password in answer.context["opened"]}) == 2
        assert len(events("opened")) == 2
        again = client.post(reverse("orgs:account_open_many"), {"unit": "WORKS-1"})
        assert (again.status_code, "都已有账号" in again.content.decode()) == (422, True)

    def test_an_administrators_account_has_no_password_until_another_kind_agrees(
        self, signed_in, world, newcomer, clock
    ):
        postings.post(
            person=newcomer, duty="audit_admin", unit=world.unit("G"), from_date=DAY_ONE, by=None, at=clock.moment
        )

        answer = signed_in("赵系").post(reverse("orgs:account_open", args=[newcomer.pk]))

        ((account, password),) = answer.context["opened"]
        assert (password, account.has_usable_password()) == ("", False)
        (asked,) = AccountRequest.objects.all()
        assert accounts.confirm(request=asked, by=world.user("钱安"), at=clock.moment)
        assert User.objects.get(pk=account.pk).has_usable_password()


class TestChanges:
    def test_a_reset_ends_every_session_and_the_old_password(self, signed_in, world, log_in, events):
        nora = Client()
        log_in(nora, "20001")

        answer = do(signed_in("赵系"), world, "诺敏", "reset_password")

        ((_account, password),) = answer.context["opened"]
        assert SESSION_KEY not in nora.session
        assert "登录名或密码不对" in log_in(Client(), "20001").content.decode()
        assert log_in(Client(), "20001", password).status_code == 302
        assert [(e.actor_name, e.reason) for e in events("password_reset")] == [("赵系", "本人来电")]

    def test_a_reason_is_needed(self, signed_in, world, events):
        answer = signed_in("赵系").post(reverse("orgs:account_change", args=[world.user("诺敏").pk, "switch_off"]))

        assert answer.status_code == 422
        assert not events()

    def test_off_and_on(self, signed_in, world, log_in, events):
        client = signed_in("赵系")
        do(client, world, "诺敏", "switch_off")
        assert "账号已停用" in log_in(Client(), "20001").content.decode()

        do(client, world, "诺敏", "switch_on")
        assert log_in(Client(), "20001").status_code == 302

    def test_a_lost_second_factor_is_removed_with_its_codes(self, signed_in, world, log_in, events):
        TOTP.activate(world.user("诺敏"), "JBSWY3DPEHPK3PXP")

        do(signed_in("赵系"), world, "诺敏", "remove_second_factor")

        assert log_in(Client(), "20001").url == reverse("home")
        assert [e.subject_name for e in events("second_factor_removed")] == ["诺敏"]

    @pytest.mark.parametrize(
        ("verb", "sentence"),
        [("remove_second_factor", "没有启用双因素验证"), ("switch_on", "正在使用"), ("unlock", "没有被锁定")],
    )
    def test_what_changes_nothing_is_refused(self, signed_in, world, events, verb, sentence):
        answer = do(signed_in("赵系"), world, "诺敏", verb)

        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
        assert not events()

    def test_nobody_administers_their_own_account(self, signed_in, world, events):
        answer = do(signed_in("赵系"), world, "赵系", "reset_password")

        assert (answer.status_code, "不能在这里变更自己的账号" in answer.content.decode()) == (422, True)
        assert not events()

    def test_a_verb_that_is_none_is_not_there(self, signed_in, world):
        assert do(signed_in("赵系"), world, "诺敏", "delete").status_code == 404


class TestAdministratorsAccounts:
    """Of the three, no one alone takes over the account of another."""

    @pytest.fixture
    def asked(self, world, clock):
        """赵系 asked to reset the password of 孙审, who audits."""
        return ask(world, "孙审", clock)

    def test_asking_changes_nothing_yet(self, signed_in, world, events):
        answer = do(signed_in("赵系"), world, "孙审", "reset_password")

        assert answer.status_code == 302
        assert world.user("孙审").check_password(PASSWORD)
        assert [event.verb for event in events()] == ["account.change_asked"]

    @pytest.mark.parametrize(
        ("about", "who", "may"),
        [
            pytest.param("孙审", "赵系", False, id="who asked"),
            pytest.param("孙审", "钱安", True, id="the third kind"),
            pytest.param("孙审", "孙审", True, id="the person concerned"),
            pytest.param("孙审", "诺敏", False, id="someone else"),
            pytest.param("钱安", "孙审", True, id="audit about security"),
            pytest.param("钱安", "钱安", True, id="the security administrator about the own"),
        ],
    )
    def test_who_may_agree(self, world, clock, events, about, who, may):
        request = ask(world, about, clock)

        if may:
            assert accounts.confirm(request=request, by=world.user(who), at=clock.moment)
        else:
            with pytest.raises(Refused):
                accounts.confirm(request=request, by=world.user(who), at=clock.moment)

        assert world.user(about).check_password(PASSWORD) != may
        assert len(events("change_confirmed")) == len(events("password_reset")) == int(may)

    def test_another_of_the_same_kind_does_not_count(self, world, clock, asked):
        other, group = world.person("马力"), world.unit("G")
        postings.post(person=other, duty="audit_admin", unit=group, from_date=DAY_ONE, by=None, at=clock.moment)

        with pytest.raises(Refused, match="与双方都不同类"):
            accounts.confirm(request=asked, by=world.user("马力"), at=clock.moment)

    def test_whoever_agrees_sees_the_password_and_whoever_asked_never_does(self, signed_in, world, clock, asked):
        page = signed_in("钱安").post(reverse("orgs:account_request_confirm", args=[asked.pk]))

        ((account, password),) = page.context["opened"]
        assert (account.person.name, password in page.content.decode()) == ("孙审", True)
        asker = Client()
        asker.force_login(world.user("赵系"))
        assert password not in asker.get(reverse("orgs:account", args=[account.pk])).content.decode()

    def test_it_waits_on_the_page_of_those_who_may_agree(self, client, world, asked):
        shown = {}
        for name in ("钱安", "孙审", "赵系", "诺敏"):
            client.force_login(world.user(name))
            shown[name] = len(client.get(reverse("orgs:account_requests")).context["requests"])

        assert shown == {"钱安": 1, "孙审": 1, "赵系": 0, "诺敏": 0}

    def test_others_cannot_even_find_it(self, signed_in, world, asked, events):
        client = signed_in("诺敏")
        for door in ("confirm", "decline"):
            assert client.post(reverse(f"orgs:account_request_{door}", args=[asked.pk])).status_code == 404
        assert [event.verb for event in events()] == ["account.change_asked"]

    def test_declined_it_changes_nothing_and_is_over(self, signed_in, world, asked, events, clock):
        signed_in("孙审").post(reverse("orgs:account_request_decline", args=[asked.pk]))

        assert world.user("孙审").check_password(PASSWORD)
        assert events()[-1].verb == "account.change_declined"
        with pytest.raises(Refused, match="已经办结"):
            accounts.confirm(request=asked, by=world.user("钱安"), at=clock.moment)

    def test_it_does_not_wait_for_ever(self, world, asked, clock, events):
        clock.forward(days=3)

        with pytest.raises(Refused, match="超过 3 天"):
            accounts.confirm(request=asked, by=world.user("钱安"), at=clock.moment)
        assert world.user("孙审").check_password(PASSWORD)

    def test_it_is_done_once(self, world, asked, clock, events):
        accounts.confirm(request=asked, by=world.user("钱安"), at=clock.moment)

        with pytest.raises(Refused, match="已经办结"):
            accounts.confirm(request=asked, by=world.user("钱安"), at=clock.moment)
        assert len(events("password_reset")) == 1

    def test_asking_again_takes_the_place_of_asking_before(self, world, asked, clock):
        clock.forward(days=4)
        again = ask(world, "孙审", clock)

        assert again.pk == asked.pk
        assert accounts.confirm(request=again, by=world.user("钱安"), at=clock.moment)

    @pytest.mark.parametrize("verb", ["switch_off", "remove_second_factor"])
    def test_the_same_holds_for_closing_it_and_for_its_second_factor(self, world, clock, verb):
        TOTP.activate(world.user("孙审"), "JBSWY3DPEHPK3PXP")

        outcome = accounts.change(
            verb=verb, account=world.user("孙审"), reason="试", by=world.user("赵系"), at=clock.moment
        )

        assert outcome.waits
        assert world.user("孙审").is_active
        assert world.user("孙审").authenticator_set.exists()


@pytest.mark.parametrize(
    ("state", "text", "names"),
    [
        pytest.param("", "", 12, id="everyone with an account"),
        pytest.param("", "诺", ["诺敏"], id="by name"),
        pytest.param("", "gulan", ["顾岚"], id="by pinyin"),
        pytest.param("", "3000", ["石强"], id="by number"),
        pytest.param("off", "", ["林河"], id="switched off"),
        pytest.param("temporary", "", ["周舟"], id="with a temporary password"),
        pytest.param("never", "", 11, id="never came in"),
        pytest.param("locked", "", ["才让"], id="locked"),
        pytest.param("none", "", ["马力"], id="without an account"),
    ],
)
def test_accounts_are_found_by_state_and_name(world, log_in, clock, state, text, names):
    User.objects.filter(username="20004").update(is_active=False)
    User.objects.filter(username="20005").update(must_change_password=True)
    log_in(Client(), "20001")
    for _time in range(5):
        log_in(Client(), "20003", "Wrong-2020-wrong")
    if state == "none" or text == "3000":
        User.objects.filter(username="30002").delete()

    found = people_for(world.user("赵系"), clock.moment.date(), state=state, text=text, at=clock.moment)

    assert (len(found) if isinstance(names, int) else [person.name for person in found]) == names


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(world, clock, django_assert_num_queries, rows):
    keep = ["10002", "20001", "20002"][:rows]
    User.objects.exclude(username__in=keep).delete()
    system = world.user("赵系")

    with django_assert_num_queries(4):
        found = list(people_for(system, clock.moment.date(), at=clock.moment))
        assert len(security_of([person.account for person in found], clock.moment)) == rows


def do(client, world, name, verb):
    return client.post(reverse("orgs:account_change", args=[world.user(name).pk, verb]), {"reason": "本人来电"})


def ask(world, name, clock):
    accounts.change(
        verb="reset_password", account=world.user(name), reason="忘记密码", by=world.user("赵系"), at=clock.moment
    )
    return AccountRequest.objects.get(account__person__name=name)
