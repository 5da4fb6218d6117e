"""Signed-in clients for the benchmarks."""

from django.conf import settings
from django.test import Client

from wuli.kernel.orgs.models import Posting, User


def account_of(duty: str, kind: str = "group") -> User:
    """The account of someone who holds `duty` at a unit of that kind; opened for the benchmark if there is none."""
    posting = Posting.objects.filter(duty=duty, unit__kind=kind).select_related("person").order_by("pk")[0]
    user = User.objects.filter(person=posting.person).first()
    return user or User.objects.create(
        username=f"bench-{posting.person.number}", person=posting.person, created_at="2020-01-01T00:00:00Z"
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
