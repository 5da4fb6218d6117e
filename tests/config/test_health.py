"""/healthz tells monitoring whether the site does what it promises."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from wuli.config import health
from wuli.config.models import LastTick

NOON = datetime(2020, 2, 3, 4, 0, tzinfo=UTC)


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(health.clock, "now", lambda: NOON)


@pytest.fixture
def ticked(db, at_noon):
    """The last tick ended so many seconds before noon."""

    def tick(seconds, failed=()):
        ended = NOON - timedelta(seconds=seconds)
        LastTick.objects.create(begun_at=ended, ended_at=ended, failed=list(failed))

    return tick


def waiting(minutes):
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x",
        backend_name="default",
        run_after=NOON - timedelta(days=1),
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=NOON - timedelta(minutes=minutes))


def test_a_running_site_is_well(client, ticked):
    ticked(20)
    waiting(minutes=3)

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True, "database": "ok", "tick": "ok", "tick_age": 20, "failed": [], "worker": "ok", "queue": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        pytest.param(lambda tick: None, {"tick": "late", "tick_age": None}, id="never ticked"),
        pytest.param(lambda tick: tick(301), {"tick": "late", "tick_age": 301}, id="the tick is late"),
        pytest.param(lambda tick: tick(9, ["a.chore"]), {"tick": "ok", "failed": ["a.chore"]}, id="a chore failed"),
        pytest.param(lambda tick: (tick(9), waiting(minutes=16)), {"worker": "stuck", "queue": 1}, id="nobody works"),
    ],
)
def test_what_is_broken_is_named(client, ticked, trouble, told):
    trouble(ticked)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json().items() >= {"ok": False, **told}.items()


def test_a_lost_database_is_told_not_raised(client, ticked, monkeypatch):
    def lost(**which):
        raise OperationalError("connection refused")

    monkeypatch.setattr(LastTick.objects, "filter", lost)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "broken"


def test_it_is_cheap_whoever_asks(signed_in, ticked, django_assert_num_queries):
    ticked(20)
    client = signed_in("诺敏")

    with django_assert_num_queries(2):
        answer = client.get("/healthz")

    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
