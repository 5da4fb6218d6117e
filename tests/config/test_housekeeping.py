"""What libraries keep is forgotten in time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django_tasks_db.models import DBTaskResult

from wuli.config import housekeeping

AT = datetime(2020, 2, 3, 10, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_sessions_go_when_they_have_expired():
    for key, seconds in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=AT + timedelta(seconds=seconds))

    assert housekeeping.forget_sessions(AT) == 1
    assert Session.objects.get().session_key == "open"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "days_ago", "gone"),
    [
        pytest.param("SUCCESSFUL", 31, 1, id="done long ago"),
        pytest.param("FAILED", 31, 1, id="failed long ago"),
        pytest.param("FAILED", 29, 0, id="failed lately"),
        pytest.param("READY", 90, 0, id="never begun"),
        pytest.param("RUNNING", 90, 0, id="at work"),
    ],
)
def test_finished_tasks_go_after_a_month(status, days_ago, gone):
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x", backend_name="default", run_after=AT, status=status,
        finished_at=AT - timedelta(days=days_ago),
    )  # fmt: skip

    assert housekeeping.forget_tasks(AT) == gone


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at its rows by itself")
def test_the_database_takes_stock_once_a_night():
    cache.clear()
    nights = [AT, AT + timedelta(hours=8), AT + timedelta(hours=9), AT + timedelta(hours=9)]  # 18:00, 02:00, 03:00

    assert [housekeeping.take_stock(at) for at in nights] == [1, 0, 1, 0]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from sqlite_stat1")
        assert cursor.fetchone()[0]
