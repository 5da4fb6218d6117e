import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation

from tests import world as named
from tests.kernel.journal import guards


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, without the triggers that refuse to empty the journal (tests of them put them up again)."""
    with django_db_blocker.unblock():
        guards.take_down()
        _note_migrations()


def _note_migrations():
    """A database made straight from the models is up to date, as `migrate` should find it."""
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        recorder.ensure_schema()
        for app, name in MigrationLoader(None).disk_migrations:
            recorder.record_applied(app, name)


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
