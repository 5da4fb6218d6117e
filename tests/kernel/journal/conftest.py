import pytest
from django.db import connection

from tests.kernel.journal import guards


@pytest.fixture
def guarded(db):
    """The journal as a site has it, with its triggers."""
    guards.put_up()


@pytest.fixture
def sql():
    """Whoever writes into the database behind the program's back."""

    def run(statement, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run
