from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.world import PASSWORD
from wuli.kernel.journal.models import Event

TEN_O_CLOCK = datetime(2020, 3, 2, 2, 0, tzinfo=timezone.get_fixed_timezone(0))


class Clock:
    def __init__(self, moment):
        self.moment = moment

    def forward(self, **passed):
        self.moment += timedelta(**passed)


@pytest.fixture
def clock(monkeypatch):
    """Monday, 2 March 2020, ten in the morning in Beijing; goes on only when told."""
    told = Clock(TEN_O_CLOCK)
    monkeypatch.setattr(timezone, "now", lambda: told.moment)
    return told


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def log_in(world):
    """Send the log-in form as a browser would."""

    def send(client, number, password=PASSWORD, **more):
        return client.post(reverse("account_login"), {"login": number, "password": password, **more})

    return send


@pytest.fixture
def events(db):
    """What the journal says of accounts, oldest first."""

    def told(verb=""):
        return list(Event.objects.filter(verb__startswith=f"account.{verb}").order_by("pk"))

    return told
