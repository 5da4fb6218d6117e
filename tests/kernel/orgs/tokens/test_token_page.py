import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.models import ApiToken

PAGE = "/settings/tokens/"


def test_a_new_token_is_shown_once(signed_in):
    client = signed_in("诺敏")

    made = client.post(PAGE, {"name": "人力系统", "perms": ["unit.view"], "days": 30})

    secret = made.context["secret"]
    assert made.status_code == 200
    assert f'value="{secret}"' in made.text
    assert "no-store" in made["Cache-Control"]
    assert secret not in client.get(PAGE).text
    assert "人力系统" in client.get(PAGE).text


def test_only_what_one_may_do_oneself_can_be_given(signed_in):
    client = signed_in("马力")
    assert [value for value, _label in client.get(PAGE).context["form"].fields["perms"].choices] == ["unit.view"]

    refused = client.post(PAGE, {"name": "人力系统", "perms": ["person.view"], "days": 30})

    assert refused.status_code == 422
    assert "perms" in refused.context["form"].errors
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("perms", []), ("days", 0), ("days", 367), ("days", "x")],
    ids=["no purpose", "no permission", "no days", "too long", "no number"],
)
def test_a_form_that_does_not_do(signed_in, field, value):
    client = signed_in("诺敏")
    before = Event.objects.count()

    refused = client.post(PAGE, {"name": "人力系统", "perms": ["unit.view"], "days": 30} | {field: value})

    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert (ApiToken.objects.count(), Event.objects.count()) == (0, before)


def test_revoking_ones_own(signed_in):
    client = signed_in("诺敏")
    client.post(PAGE, {"name": "人力系统", "perms": ["unit.view"], "days": 30})
    token = ApiToken.objects.get()

    asked = client.get(f"{PAGE}{token.pk}/revoke/")
    assert "不能恢复" in asked.text
    assert ApiToken.objects.get().revoked_at is None

    shown = client.post(f"{PAGE}{token.pk}/revoke/", follow=True)

    assert "已撤销令牌" in shown.text
    assert ApiToken.objects.get().revoked_at
    again = client.post(f"{PAGE}{token.pk}/revoke/", follow=True)
    assert "此前已撤销" in again.text


@pytest.mark.parametrize("who", ["石强", "赵系"], ids=["a stranger", "the system administrator"])
def test_a_token_of_someone_else_is_not_there(signed_in, who):
    signed_in("诺敏").post(PAGE, {"name": "人力系统", "perms": ["unit.view"], "days": 30})
    token = ApiToken.objects.get()

    client = signed_in(who)

    assert client.post(f"{PAGE}{token.pk}/revoke/").status_code == 404
    assert "人力系统" not in client.get(PAGE).text
    assert ApiToken.objects.get().revoked_at is None


def test_nobody_without_an_account_gets_here(client, db):
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"name": "x", "perms": ["unit.view"], "days": 30}).status_code == 302
    assert not ApiToken.objects.exists()


def test_the_page_asks_the_database_as_often_for_one_token_as_for_three(signed_in):
    client, counts = signed_in("诺敏"), []
    client.get(PAGE)
    for _time in range(3):
        client.post(PAGE, {"name": "人力系统", "perms": ["unit.view"], "days": 30})
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[2]
