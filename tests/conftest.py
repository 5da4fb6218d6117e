import pytest
from django.utils import translation

from tests import world as named
from tests.kernel.journal import guards


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, without the triggers that refuse to empty the journal (tests of them put them up again)."""
    with django_db_blocker.unblock():
        guards.take_down()


@pytest.fixture(autouse=True)
def source_language():
    """Sentences are tested in the language they are written in, whatever language a test before asked for."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def world(db):
    return named.build()


@pytest.fixture
def signed_in(client, world):
    """A client signed in as the person with this name."""

    def sign_in(name):
        client.force_login(world.user(name))
        return client

    return sign_in
