"""What being signed in costs a page that itself asks for nothing."""

import pytest
from django.http import HttpResponse
from django.urls import path

from wuli.kernel.orgs.access import signed_in as needs_an_account
from wuli.kernel.orgs.accounts.backend import AccountBackend
from wuli.kernel.orgs.models import User


@needs_an_account
def empty(request):
    return HttpResponse()


urlpatterns = [path("empty/", empty)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("engine", "queries"),
    [pytest.param("db", 2, id="session and person"), pytest.param("cached_db", 1, id="cached session: the person")],
)
def test_a_signed_in_request_asks_for_nothing_else(
    signed_in, settings, clock, django_assert_num_queries, engine, queries
):
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
    client = signed_in("诺敏")
    client.get("/empty/")

    with django_assert_num_queries(queries):
        assert client.get("/empty/").status_code == 200


@pytest.mark.urls(__name__)
def test_nor_does_an_administrators_though_it_must_know_the_second_factor(
    signed_in, settings, clock, django_assert_num_queries
):  # fmt: skip
    settings.ADMIN_SECOND_FACTOR = True
    client = signed_in("赵系")
    client.get("/empty/")

    with django_assert_num_queries(2):
        client.get("/empty/")


@pytest.mark.parametrize("name", ["诺敏", "周舟", "顾岚", "马力"])
def test_the_person_of_a_session_is_the_one_the_queryset_gives(world, name):
    """Loaded from SQL made once, with unit and branch, or none."""
    asked = User.objects.select_related("person__branch", "person__unit").get(person__name=name)

    got = AccountBackend().get_user(asked.pk)

    for one, other in [(got, asked), (got.person, asked.person), (got.person.unit, asked.person.unit)]:
        assert fields_of(one) == fields_of(other)
    assert fields_of(got.person.branch) == fields_of(asked.person.branch)


def test_it_asks_once_and_knows_unit_and_branch(world, django_assert_num_queries):
    pk = world.user("诺敏").pk

    with django_assert_num_queries(1):
        nora = AccountBackend().get_user(pk)
        assert (nora.person.unit.code, nora.person.branch.code) == ("W1-T1", "P-W1-A")


def test_nobody_is_nobody(db):
    assert AccountBackend().get_user(0) is None


def fields_of(row):
    return row and {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
