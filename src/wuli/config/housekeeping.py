"""Chores of the house itself: what the libraries keep is not kept for longer than it is of use."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django_tasks_db.models import DBTaskResult

from wuli.base import statistics, ticking
from wuli.base.clock import business_date

TASKS_KEPT = timedelta(days=30)
"""Long enough to look into a failed task; its traceback may tell of people."""

NIGHT = timedelta(hours=3)
"""Into the group's day, when nobody waits for the database."""


def register() -> None:
    ticking.register("sessions.forget", forget_sessions)
    ticking.register("tasks.forget", forget_tasks)
    ticking.register("database.statistics", take_stock)


def forget_sessions(at: datetime) -> int:
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def forget_tasks(at: datetime) -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT).delete()[0]


def take_stock(at: datetime) -> int:
    """Let SQLite look how its rows lie, once a night. PostgreSQL does so by itself."""
    night = business_date(at - NIGHT)
    if connection.vendor != "sqlite" or not cache.add(f"database.statistics.{night}", True, 2 * 86400):
        return 0
    statistics.gather()
    return 1
