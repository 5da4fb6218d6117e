"""The named world at noon of 20 February 2020, after one evening round; readings of the nights before were taken."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.kernel.cascade import asking
from wuli.kernel.cascade.actions import freezing
from wuli.kernel.metrics.actions.readings import take_due
from wuli.kernel.metrics.rules.metrics import known

NOON = datetime(2020, 2, 20, 4, 0, tzinfo=UTC)
TODAY = date(2020, 2, 20)
NIGHT = datetime(2020, 2, 19, 16, 5, tzinfo=UTC)
"""Five past midnight in Beijing, when the 20th has begun."""
DAY = timedelta(days=1)


@pytest.fixture
def clock(monkeypatch):
    """Set the clock of the house."""

    def stands_at(moment):
        monkeypatch.setattr("wuli.base.clock.timezone.now", lambda: moment)

    stands_at(NOON)
    return stands_at


@pytest.fixture
def asked(world):
    """The evening call of 3 February: 电解一班 reports one, 铸造班 zero and late, the others are silent."""
    asked = asking.evening(world)
    asked.answer("W1-T1", asking.at(14), abnormal=1)
    asked.answer("W2-T1", asking.at(16, 30))
    return asked


@pytest.fixture
def read(asked, clock):
    """All that was due by the night to the 20th is read."""
    freezing.freeze_due(asking.at(18))
    while take_due(NIGHT):
        pass


def metric(code):
    return known()[code]
