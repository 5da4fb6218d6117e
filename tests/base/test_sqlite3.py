"""Writers to one file wait for each other, in short steps, and not for ever."""

import sqlite3
from threading import Timer

import pytest
from django.db import ConnectionHandler
from django.db.utils import OperationalError

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "some.sqlite3"


@pytest.fixture
def writer(file):
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0.2}
    handler = ConnectionHandler({"default": {"ENGINE": "wuli.base.sqlite3", "NAME": str(file), "OPTIONS": options}})
    writer = handler["default"]
    yield writer
    writer.close()


@pytest.fixture
def other(file):
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("create table told (word)")
    other.execute("begin immediate")
    yield other
    other.close()


def write(connection):
    with connection.cursor() as cursor:
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        cursor.execute("insert into told values ('done')")
        connection.commit()
        connection.set_autocommit(True)


def test_it_waits_until_the_other_has_written(writer, other):
    Timer(0.05, other.execute, ["commit"]).start()
    write(writer)
    assert other.execute("select word from told").fetchall() == [("done",)]


def test_it_gives_up_after_the_time_that_is_set(writer, other):
    with pytest.raises(OperationalError, match="locked"):
        write(writer)


def test_what_else_waits_goes_on_waiting_by_itself(writer, other):
    other.execute("commit")
    write(writer)
    with writer.cursor() as cursor:
        assert cursor.execute("pragma busy_timeout").fetchone() == (200,)
