"""Chores of the house itself: what the libraries keep is not kept for longer than it is of use."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from wuli.base import ticking

TASKS_KEPT = timedelta(days=30)
"""Long enough to look into a failed task; its traceback may tell of people."""


def register() -> None:
    ticking.register("sessions.forget", forget_sessions)
    ticking.register("tasks.forget", forget_tasks)


def forget_sessions(at: datetime) -> int:
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def forget_tasks(at: datetime) -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT).delete()[0]
